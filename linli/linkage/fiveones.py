"""The "five ones" of a station (五个一), read from records: one place, one set of devices, one information officer,
one set of rules, one lasting mechanism. Nothing is ticked by hand; what is missing names itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.linkage.models import Device, Upkeep
from linli.people.models import Appointment
from linli.places.models import Facility, Station


@dataclass(frozen=True)
class One:
    """One of the five: its code, whether the records show it, and by what."""

    code: str
    is_met: bool
    by: str


def five_ones(station: Station, on: date) -> list[One]:
    """The five as they stand on a day, in five statements at most."""
    return [_place(station), _devices(station), _officer(station, on), *_upkeep(station, on)]


def _place(station: Station) -> One:
    """A fixed place: a facility with a stated area."""
    place = Facility.objects.filter(pk=station.facility_id).first() if station.facility_id else None
    if place is None or not place.area_centiares:
        return One("place", False, "")
    return One("place", True, f"{place.name} {place.area_centiares // 100} ㎡")


def _devices(station: Station) -> One:
    """At least one device whose last line says that it works."""
    last: dict[str, Device] = {}
    for row in Device.objects.filter(station=station).order_by("on", "id"):
        last[row.what] = row
    working = [row for row in last.values() if row.state == "working" and row.count]
    return One("devices", bool(working), "、".join(f"{row.what}×{row.count}" for row in working))


def _officer(station: Station, on: date) -> One:
    """Somebody holds the post of information officer at the community."""
    held = Appointment.objects.in_force(on).filter(post="info_officer", place=station.community_id)
    names = [row.person.name for row in held.select_related("person").order_by("id")]
    return One("officer", bool(names), "、".join(names))


def _upkeep(station: Station, on: date) -> list[One]:
    """Rules and mechanism: the last version, not past the day of its review."""
    last: dict[str, Upkeep] = {}
    for row in Upkeep.objects.filter(station=station, from_on__lte=on).order_by("from_on", "id"):
        last[row.kind] = row
    found = []
    for kind in ("rules", "mechanism"):
        version = last.get(kind)
        is_met = version is not None and version.review_on >= on
        words = f"{version.title}（{version.review_on:%Y-%m-%d} 前复核）" if version else ""
        found.append(One(kind, is_met, words))
    return found
