"""Stations: opening one, whom it serves, its hours and exceptions, and the yearly count of facilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Q, Sum
from django.utils import timezone

from linli.ground.clock import Calendar
from linli.ground.said import Said
from linli.places import formulas
from linli.places.models import (
    CommunityProfile,
    Estate,
    Facility,
    Region,
    SpecialDay,
    Station,
    StationCover,
    Stock,
)
from linli.trail.writing import act, append, note

Hours = Mapping[str, Sequence[Sequence[str]]]
KEEP = "places.stations"


class Officer(Protocol):
    """Who acts, as far as this room needs to know: words for the trail, and whether the post may."""

    @property
    def actor_word(self) -> str: ...

    @property
    def post(self) -> str: ...

    @property
    def place(self) -> str: ...

    def require(self, right: str, region: str) -> None:
        """Refuse unless the post has the right over the region."""
        ...


@act
def enter_estate(
    *, community: Region, code: str, name: str, kind: str, by: Officer, at: datetime, **facts: Any
) -> Estate:
    """Enter a housing estate; the same code again renews its facts."""
    by.require(KEEP, community.code)
    estate, _ = Estate.objects.update_or_create(
        code=code, defaults={"community": community, "name": name, "kind": kind, **facts}
    )
    note(verb="places.enter_estate", kind="places.estate", key=code, region=community.code, by=by, at=at)
    return estate


@act
def open_station(
    *, community: Region, code: str, name: str, hours: Hours, by: Officer, at: datetime, **facts: Any
) -> Station:
    """Enter a station and let it serve the community it stands in from this day on."""
    by.require(KEEP, community.code)
    _require_hours(hours)
    if Station.objects.filter(code=code).exists():
        raise Said("places.station_code_taken", field="code", code=code)
    station = Station.objects.create(
        code=code, name=name.strip(), community=community, opening_hours=_plain(hours), **facts
    )
    note(verb="places.open_station", kind="places.station", key=code, region=community.code, by=by, at=at)
    cover(station=station, community=community, from_on=timezone.localdate(at), by=by, at=at)
    return station


@act
def cover(*, station: Station, community: Region, from_on: date, by: Officer, at: datetime) -> StationCover:
    """Let a station serve a community, a second one too (共用). What it serves already stays as it is."""
    by.require(KEEP, community.code)
    if community.level != "community":
        raise Said("places.cover_level", field="community", name=community.name)
    if station.ended_on is not None and station.ended_on <= from_on:
        raise Said("places.station_ended", name=station.name)
    known = StationCover.objects.filter(station=station, community=community, to_on=None).first()
    if known is not None:
        return known
    row = StationCover.objects.create(station=station, community=community, from_on=from_on)
    content = {"station": station.code, "community": community.code, "from": from_on.isoformat()}
    append(region=community.code, kind="places.cover", row_key=row.pk, content=content, at=at)
    return row


@act
def end_cover(*, cover: StationCover, on: date, by: Officer, at: datetime) -> StationCover:
    """A station stops serving a community after a day; what it served until then stays on record."""
    by.require(KEEP, cover.community_id)
    if on < cover.from_on:
        raise Said("places.cover_order", field="on", first=cover.from_on)
    cover.to_on = on
    cover.save(update_fields=["to_on"])
    content = {"station": cover.station.code, "community": cover.community_id, "to": on.isoformat()}
    append(region=cover.community_id, kind="places.cover_end", row_key=cover.pk, content=content, at=at)
    return cover


@act
def set_hours(*, station: Station, hours: Hours, by: Officer, at: datetime) -> Station:
    """Set a station's weekly hours. The community's profile shows the same ones where the station stands."""
    by.require(KEEP, station.community_id)
    _require_hours(hours)
    station.opening_hours = _plain(hours)
    station.save(update_fields=["opening_hours"])
    CommunityProfile.objects.filter(region_id=station.community_id).update(opening_hours=_plain(hours))
    note(
        verb="places.set_hours",
        kind="places.station",
        key=station.code,
        region=station.community_id,
        by=by,
        at=at,
    )
    return station


@act
def announce_exception(
    *,
    station: Station,
    days: tuple[date, date],
    spans: Sequence[formulas.Span],
    reason: str,
    by: Officer,
    at: datetime,
) -> SpecialDay:
    """Announce other hours, or closing (no spans), from a day to a day. A closing is announced, not entered later.

    公共文化和服务场所闭馆应当提前公告: a day that has passed is refused.
    """
    by.require(KEEP, station.community_id)
    first, last = days
    if last < first:
        raise Said("places.days_order", field="to_on")
    if first < timezone.localdate(at):
        raise Said("places.exception_passed", field="from_on")
    if not reason.strip():
        raise Said("places.reason_missing", field="reason")
    if not formulas.well_formed(spans):
        raise Said("places.hours_shape", field="spans")
    row = SpecialDay.objects.create(
        station=station, from_on=first, to_on=last, spans=[list(span) for span in spans],
        reason=reason.strip(), at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "station": station.code,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "spans": [list(span) for span in spans],
    }
    append(region=station.community_id, kind="places.special_day", row_key=row.pk, content=content, at=at)
    return row


@act
def end_station(*, station: Station, on: date, by: Officer, at: datetime) -> Station:
    """A station closes for good on a day; the communities that it served are then without it."""
    by.require(KEEP, station.community_id)
    station.ended_on = on
    station.save(update_fields=["ended_on"])
    content = {"station": station.code, "on": on.isoformat()}
    append(
        region=station.community_id, kind="places.station_end", row_key=station.code, content=content, at=at
    )
    return station


@act
def take_stock(*, community: Region, by: Officer, at: datetime) -> Stock:
    """Count a community's facilities as they stand today: areas, activity areas, households, station.

    The figures of 国办发〔2021〕56号: area per 100 households, share open to activities, coverage of stations. Areas
    of facilities without a stated one are not guessed: they do not count. Once a day.
    """
    by.require(KEEP, community.code)
    today = timezone.localdate(at)
    if Stock.objects.filter(community=community, on=today).exists():
        raise Said("places.stock_today")
    here = Facility.objects.filter(community=community)
    sums = here.aggregate(
        area=Sum("area_centiares"),
        activity=Sum("activity_centiares", filter=Q(area_centiares__isnull=False)),
    )
    profile = CommunityProfile.objects.filter(region=community).first()
    row = Stock.objects.create(
        community=community, on=today, year=today.year, households=profile.households if profile else None,
        area_metres=(sums["area"] or 0) // 100, activity_metres=(sums["activity"] or 0) // 100,
        facilities=here.count(), at=at, actor=by.actor_word,
        has_station=StationCover.objects.in_force(today).filter(community=community).exists(),
    )  # fmt: skip
    content = {
        "community": community.code,
        "on": today.isoformat(),
        "households": row.households,
        "area": row.area_metres,
        "activity": row.activity_metres,
        "station": row.has_station,
    }
    append(region=community.code, kind="places.stock", row_key=row.pk, content=content, at=at)
    return row


def week(station: Station, first: date, *, calendar: Calendar, days: int = 7) -> list[formulas.OpenDay]:
    """A station's opening on the days from ``first`` on, exceptions and public holidays counted in. One statement."""
    rows = station.special_days.filter(to_on__gte=first, from_on__lte=first + timedelta(days=days))
    specials = [
        formulas.Special(row.from_on, row.to_on, tuple((span[0], span[1]) for span in row.spans), row.reason)
        for row in rows.order_by("id")
    ]
    return formulas.week_from(station.opening_hours, first, specials=specials, calendar=calendar, days=days)


def _require_hours(hours: Hours) -> None:
    for weekday, spans in hours.items():
        pairs = [(span[0], span[1]) for span in spans if len(span) == 2]
        if weekday not in {"1", "2", "3", "4", "5", "6", "7"} or len(pairs) != len(spans):
            raise Said("places.hours_shape", field="hours")
        if not formulas.well_formed(pairs):
            raise Said("places.hours_shape", field="hours")


def _plain(hours: Hours) -> dict[str, list[list[str]]]:
    return {weekday: [list(span) for span in spans] for weekday, spans in hours.items() if spans}
