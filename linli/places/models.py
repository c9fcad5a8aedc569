"""The region tree by 12-digit code, and the community's own ground: grids, buildings, homes, facilities."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from linli.ground import codes

# The code's own level words (statistical region codes) in the words that posts and screens use.
LEVEL_WORDS: dict[codes.Level, str] = {
    "province": "province", "prefecture": "city", "county": "district", "township": "street", "committee": "community",
}  # fmt: skip
LEVELS = list(LEVEL_WORDS.values())


def level_of(code: str) -> str:
    """Level of a region code in the words of posts: province, city, district, street, community."""
    return LEVEL_WORDS[codes.level(code)]


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions."""

    def within(self, code: str) -> RegionQuerySet:
        """The subtree of a region: one index range over the code."""
        if not code:
            return self
        first, last = codes.span(code)
        return self.filter(code__gte=first, code__lte=last)

    def communities(self) -> RegionQuerySet:
        """Communities and villages only."""
        return self.filter(level="community")

    def in_force(self, on: date) -> RegionQuerySet:
        """Codes valid on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class Region(models.Model):
    """A place in the administrative tree, from province to community, under its 12-digit code.

    ``stands`` says where the code comes from: official, or reserved (outside the real range, for places whose
    code is not stated or which are invented). Codes change: a successor is named, old rows keep the old code.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "code": "P0",
        "name": "P0",
        "level": "P0",
        "kind": "P0",
        "stands": "P0",
    }

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=[(level, level) for level in LEVELS])
    kind = models.CharField(max_length=12, default="urban", help_text="urban, village or resettlement")
    stands = models.CharField(max_length=10, default="official", help_text="official or reserved")
    is_sample = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(RegionQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stands__in=["official", "reserved"]), name="region_code_stands_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="region_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    @property
    def span(self) -> tuple[str, str]:
        """First and last code of the subtree."""
        return codes.span(self.code)

    def ancestors(self) -> list[Region]:
        """The chain above, province first, found in one query; levels that are not loaded are left out."""
        return list(Region.objects.filter(code__in=codes.ancestors(self.code)).order_by("code"))


class CommunityProfile(models.Model):
    """What a community tells about itself on its portal. Unknown facts stay empty and are shown as not stated."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "introduction": "P0", "service_phone": "P0", "station_address": "P0", "opening_hours": "P0", "number_letters": "P0",
    }  # fmt: skip

    region = models.OneToOneField(Region, primary_key=True, on_delete=models.PROTECT, related_name="profile")
    number_letters = models.CharField(
        max_length=4, default="LL", help_text="letters at the head of case numbers"
    )
    introduction = models.TextField(blank=True)
    service_phone = models.CharField(max_length=30, blank=True)
    station_address = models.CharField(max_length=120, blank=True)
    opening_hours = models.JSONField(default=dict, help_text="weekday number 1-7 to a list of [from, to]")
    households = models.IntegerField(null=True, blank=True)
    residents = models.IntegerField(null=True, blank=True)
    host = models.CharField(
        max_length=120, blank=True, help_text="host name mapped to this community's portal"
    )

    def __str__(self) -> str:
        return f"profile of {self.region_id}"


class Grid(models.Model):
    """The basic unit of service and management inside a community (网格), shared by all departments."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"code": "P0", "name": "P0", "boundary": "P0"}

    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="grids")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    boundary = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "code"], name="one_grid_per_code")]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building (楼栋), with its grid."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"name": "P0"}

    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="buildings")
    grid = models.ForeignKey(Grid, null=True, blank=True, on_delete=models.PROTECT, related_name="buildings")
    name = models.CharField(max_length=40)
    units = models.PositiveSmallIntegerField(default=1)
    floors = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_building_per_name")]

    def __str__(self) -> str:
        return self.name


class Home(models.Model):
    """A flat or a house (户室). Area is in hundredths of a square metre, so that shares are exact."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"unit": "P2", "number": "P2"}

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="homes")
    unit = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=10)
    area_centiares = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "number"], name="one_home_per_door")
        ]

    def __str__(self) -> str:
        return f"{self.unit}-{self.number}"


class Facility(models.Model):
    """A place or device of the community that people use: station, room, library, children's home, equipment."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"name": "P0", "kind": "P0", "address": "P0", "rules": "P0"}

    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="facilities")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    address = models.CharField(max_length=120, blank=True)
    area_centiares = models.BigIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    is_bookable = models.BooleanField(default=False)
    opening_hours = models.JSONField(default=dict)
    rules = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "code"], name="one_facility_per_code")]

    def __str__(self) -> str:
        return self.name


def full_name(region: Region) -> str:
    """Name with its chain, for instance 昆明市东川区铜都街道铜源社区 (the nation is left out)."""
    return "".join(place.name for place in [*region.ancestors(), region])


def opening_today(hours: dict[str, Any], weekday: int) -> list[tuple[str, str]]:
    """Opening spans of a weekday (1 is Monday) from an ``opening_hours`` value."""
    return [(span[0], span[1]) for span in hours.get(str(weekday), [])]
