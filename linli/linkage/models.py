"""Pairings and what they did; work points of departments, the items they hand over, and what a station is equipped with."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region, Station
from linli.records.models import Document

ACTIVITIES = ["talk", "exchange", "sharing", "service"]


class OfRegion(models.QuerySet["Pairing"]):
    """Pairings."""

    def visible_to(self, actor: Actor) -> OfRegion:
        """Those of the place for posts that read them, and the public facts of a published one for everybody."""
        if not actor.may("linkage.read"):
            return self.none()
        first, last = actor.span
        return self.filter(region_id__gte=first, region_id__lte=last)

    def running(self, on: date) -> OfRegion:
        """In force on a day, not ended early."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), from_on__lte=on, to_on__gte=on)

    def review_due(self, *, on: date) -> OfRegion:
        """Running for a year or more without a look back in the year that ends on ``on``."""
        since = on.replace(year=on.year - 1, day=min(on.day, 28))
        looked = PairingReview.objects.filter(pairing=OuterRef("pk"), on__gt=since)
        return self.running(on).filter(~Exists(looked), from_on__lte=since)


class PlatformMember(models.Model):
    """A unit in a community's regional party platform (党建区域化): from a day to a day, with what it offers."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"name": "P0", "kind": "P0", "offers": "P1", "actor": "P1"}

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, help_text="organ, school, company, social or other")
    offers = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(to_on=None), name="one_membership_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="platform_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A one-to-one pairing (一帮一结对共建) of a unit's party organisation with the community's, for a term, with a plan."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "partner": "P0", "plan": "P1", "end_reason": "P1", "actor": "P1",
    }  # fmt: skip

    key = models.CharField(max_length=24, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    plan = models.TextField()
    planned = models.PositiveSmallIntegerField(help_text="activities planned for a year")
    agreement = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(OfRegion)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="pairing_dates_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(end_reason=""), name="pairing_ends_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PairingActivity(models.Model):
    """What a pairing did: a talk, an exchange of party work experience, sharing of information, a joint service."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "title": "P0", "result": "P1", "actor": "P1"}

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    on = models.DateField()
    people = models.PositiveIntegerField(help_text="people who took part")
    result = models.CharField(max_length=300)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=ACTIVITIES), name="activity_kind_known")]

    def __str__(self) -> str:
        return self.title


class PairingReview(models.Model):
    """The yearly look back at a pairing: what was planned and done as counted that day, and what is said of it."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"words": "P1", "next_plan": "P1", "actor": "P1"}

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    planned = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    words = models.TextField()
    next_plan = models.TextField(blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.on}"


class WorkPoint(models.Model):
    """A department's work point in a community (部门工作点): who runs it, with how many people and devices, what it does."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "name": "P0", "department": "P0", "address": "P0", "items": "P0", "actor": "P1",
    }  # fmt: skip

    key = models.CharField(max_length=24, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    department = models.CharField(max_length=80)
    address = models.CharField(max_length=120, blank=True)
    staff = models.PositiveSmallIntegerField(default=0)
    devices = models.PositiveSmallIntegerField(default=0)
    items = models.JSONField(default=list, help_text="what it does, one line each")
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        Station, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(ended_on__isnull=False), name="a_merged_point_has_ended"
            )
        ]

    def __str__(self) -> str:
        return self.name


class HandedItem(models.Model):
    """An item that a department hands to the station (承接事项), with basis and money (费随事转). Never edited."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "title": "P0",
        "basis": "P0",
        "service_item": "P0",
        "actor": "P1",
        "state": "P0",
    }

    point = models.ForeignKey(WorkPoint, on_delete=models.PROTECT, related_name="handed")
    title = models.CharField(max_length=120)
    service_item = models.CharField(max_length=60, blank=True, help_text="code of the item in the catalogue")
    basis = models.CharField(max_length=200)
    yearly_cents = models.BigIntegerField(help_text="money that comes with it, fen a year; 0: none")
    from_on = models.DateField()
    state = models.CharField(max_length=10, default="taken", help_text="taken or given_back")
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(yearly_cents__gte=0), name="handed_money_not_negative"),
            models.CheckConstraint(condition=Q(state__in=["taken", "given_back"]), name="handed_state_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="handed_item_has_basis"),
        ]

    def __str__(self) -> str:
        return self.title


class MergePlan(models.Model):
    """A plan to merge work points into a station by a day, and what came of it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"key": "P0", "words": "P1", "outcome": "P1", "actor": "P1"}

    key = models.CharField(max_length=24, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    points = models.ManyToManyField(WorkPoint, related_name="plans")
    words = models.TextField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.key


class Device(models.Model):
    """A device of a station: what, how many, in which state, who keeps it. A new state is a new line."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"what": "P0", "state": "P0", "keeper": "P1", "actor": "P1"}

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=80)
    count = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, help_text="working, broken or gone")
    keeper = models.CharField(max_length=60, help_text="post that keeps it")
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["working", "broken", "gone"]), name="device_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.what


class Upkeep(models.Model):
    """A station's rules on the wall and its lasting mechanism (管理制度、长效机制): a version with its next look."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "kind": "P0",
        "title": "P0",
        "text": "P0",
        "funding": "P0",
        "actor": "P1",
    }

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, help_text="rules or mechanism")
    title = models.CharField(max_length=120)
    text = models.TextField()
    funding = models.CharField(
        max_length=120, blank=True, help_text="where the money of the mechanism comes from"
    )
    from_on = models.DateField()
    review_on = models.DateField(help_text="day by which it is looked at again")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["rules", "mechanism"]), name="upkeep_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="mechanism") | ~Q(funding=""), name="a_mechanism_names_its_money"
            ),
        ]

    def __str__(self) -> str:
        return self.title
