"""Stations of a community: whom they serve, when they are open, who is on duty, and the yearly count of facilities."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from linli.places.models.ground import Facility, Region


class Station(models.Model):
    """A community service station (社区服务站): where it stands, when it is open. Whom it serves: ``StationCover``."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "code": "P0", "name": "P0", "address": "P0", "phone": "P0", "opening_hours": "P0",
    }  # fmt: skip

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    opening_hours = models.JSONField(default=dict, help_text="weekday number 1-7 to a list of [from, to]")
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class StationCoverQuerySet(models.QuerySet["StationCover"]):
    """Which station serves which community."""

    def in_force(self, on: date) -> StationCoverQuerySet:
        """Serving on a day, by a station that has not ended."""
        ended = Q(station__ended_on=None) | Q(station__ended_on__gt=on)
        return self.filter(ended, Q(to_on=None) | Q(to_on__gte=on), from_on__lte=on)


class StationCover(models.Model):
    """A station serves a community from a day to a day; several covers of one station make it a shared one."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="covers")
    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="covers")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(StationCoverQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "community"], condition=Q(to_on=None), name="one_running_cover"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="cover_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} serves {self.community_id}"


class SpecialDay(models.Model):
    """Days on which a station is open otherwise than usual, or closed (no spans); announced, never edited.

    For one day the notice given last counts.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"spans": "P0", "reason": "P0", "actor": "P1"}

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="special_days")
    from_on = models.DateField()
    to_on = models.DateField()
    spans = models.JSONField(default=list, help_text="list of [from, to]; empty: closed")
    reason = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="special_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.from_on}"


class DutySignQuerySet(models.QuerySet["DutySign"]):
    """Signs of the duty log."""

    def standing(self) -> DutySignQuerySet:
        """Without those that a later one corrects."""
        return self.filter(correction=None)


class DutySign(models.Model):
    """A line of a station's duty log (值班签到): somebody came or left. A wrong line is corrected by another.

    ``at`` is when it was written, ``moment`` when the person came or left; they differ only in a correction.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "actor": "P1", "post": "P0", "kind": "P1", "reason": "P1", "written_by": "P1",
    }  # fmt: skip

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="signs")
    actor = models.CharField(max_length=60, help_text="account word of the person on duty")
    post = models.CharField(max_length=60)
    kind = models.CharField(max_length=4, help_text="in, out or none (a line that should not be)")
    on = models.DateField()
    moment = models.DateTimeField()
    at = models.DateTimeField()
    written_by = models.CharField(max_length=60)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )
    reason = models.CharField(max_length=120, blank=True)

    objects = models.Manager.from_queryset(DutySignQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["station", "on"], name="duty_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["in", "out", "none"]), name="duty_kind_known"),
            models.CheckConstraint(
                condition=Q(corrects=None, moment=F("at")) | Q(corrects__isnull=False) & ~Q(reason=""),
                name="duty_is_signed_at_once_or_corrected_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.on} {self.kind}"


class Stock(models.Model):
    """A community's facilities as counted on a day (设施盘点): the figures behind the national targets. Never edited."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"actor": "P1"}

    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="stocks")
    on = models.DateField()
    year = models.PositiveSmallIntegerField()
    households = models.PositiveIntegerField(null=True, blank=True)
    area_metres = models.PositiveIntegerField(help_text="whole square metres of all facilities")
    activity_metres = models.PositiveIntegerField(help_text="of it open to residents' activities")
    facilities = models.PositiveIntegerField()
    has_station = models.BooleanField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "on"], name="one_stock_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.on}"


def with_stations(regions: models.QuerySet[Region], on: date) -> models.QuerySet[Any]:
    """Each region with ``served_by``, how many stations serve it on a day, and ``sharing``, how many communities the
    most shared of them serves (1: a station of its own; 0: none). One statement."""
    running = Q(covers__from_on__lte=on) & (Q(covers__to_on=None) | Q(covers__to_on__gte=on))
    running &= Q(covers__station__ended_on=None) | Q(covers__station__ended_on__gt=on)
    served = StationCover.objects.in_force(on).filter(station=OuterRef("covers__station")).order_by()
    count = served.values("station").annotate(count=Count("pk")).values("count")
    sharing = models.Subquery(count, output_field=models.IntegerField())
    return regions.annotate(
        served_by=Count("covers__station", filter=running, distinct=True),
        sharing=Max(models.Case(models.When(running, then=sharing), default=0)),
    )


def without_station(regions: models.QuerySet[Region], on: date) -> models.QuerySet[Region]:
    """Those that no station serves on a day (一社区一服务站 is not met)."""
    return regions.filter(~Exists(StationCover.objects.in_force(on).filter(community=OuterRef("pk"))))
