"""Group demands: several persons, one class, one place, within days; found in one query, kept as a row that links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, Count, F, Min, Q, Value, When
from django.utils import timezone

from linli.cases.moving import place_of
from linli.grievances.formulas import is_group
from linli.grievances.intake import class_list
from linli.grievances.limits import number
from linli.grievances.models import Grievance, GroupDemand
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.trail.writing import act, append

ASIDE = ("withdrawn", "redirected", "returned")


@dataclass(frozen=True)
class Found:
    """One matter that several tell: where, how many persons and cases."""

    region: str
    class_code: str
    building: int | None
    place: str
    persons: int
    cases: int
    first: int


@dataclass(frozen=True)
class Thresholds:
    """From when on several are a group (dated rules of the place)."""

    persons: int
    cases: int
    days: int
    representatives: int


def thresholds(*, place: str, on: date) -> Thresholds:
    """The thresholds of a place on a day; at most so many representatives speak for a group (信访工作条例 art. 20)."""
    names = ("group_persons", "group_cases", "group_days", "group_representatives")
    return Thresholds(*(number(name, place=place, on=on) for name in names))


def _told_since(since: date) -> Any:
    """Grievances told since a day, with the words of their place: the building, or else the spot."""
    spot = When_(When(building=None, then=F("spot")), default=Value(""), output_field=CharField())
    rows = Grievance.objects.get_queryset().filter(case__opened_on__gte=since)
    return rows.exclude(case__outcome__in=ASIDE).exclude(building=None, spot="").annotate(where=spot)


def detect(*, place: str, on: date, span: tuple[str, str] | None = None) -> list[Found]:
    """Groups of a place (or of every community in a span of region codes) on a day, by its thresholds: one query.

    Persons: who told (unnamed ones cannot be counted as persons) and who joined; cases: each told one, merged ones
    included. A building and a class make one place, without a building the spot in the same words.
    """
    limit = thresholds(place=place, on=on)
    rows = _told_since(on - timedelta(days=limit.days - 1))
    first, last = span or (place, place)
    counted = (
        rows.filter(case__region_id__gte=first, case__region_id__lte=last)
        .order_by()
        .values("case__region_id", "class_code", "building_id", "where")
        .annotate(
            cases=Count("pk", distinct=True),
            told=Count("case__person", distinct=True),
            joined=Count("joinings", distinct=True),
            first=Min("pk"),
        )
        .filter(Q(cases__gte=min(2, limit.cases)) | Q(joined__gt=0))
    )
    found = [
        Found(row["case__region_id"], row["class_code"], row["building_id"], row["where"], row["told"] + row["joined"],
              row["cases"], row["first"])
        for row in counted
    ]  # fmt: skip
    return [
        one
        for one in found
        if is_group(
            persons=one.persons, cases=one.cases, least_persons=limit.persons, least_cases=limit.cases
        )
    ]


@act
def raise_groups(*, region: str, by: Actor, at: datetime) -> list[GroupDemand]:
    """Enter the groups of a community that are not entered yet, link their cases, tell the street; again: only counts change.

    The first told is the main case. Returns the rows newly made.
    """
    on = timezone.localdate(at)
    days = number("group_days", place=region, on=on)
    made = []
    for found in detect(place=region, on=on):
        row = _known(found, on - timedelta(days=days))
        if row is None:
            row = _enter(found, by, at)
            made.append(row)
        _link(row, found, on - timedelta(days=days - 1))
    return made


def _known(found: Found, since: date) -> GroupDemand | None:
    same = GroupDemand.objects.filter(
        region=found.region, class_code=found.class_code, building=found.building, spot=found.place
    )
    return same.filter(Q(raised_on__gte=since) | Q(main__case__closed_on=None)).order_by("-pk").first()


def _enter(found: Found, by: Actor, at: datetime) -> GroupDemand:
    on = timezone.localdate(at)
    main = Grievance.objects.get_queryset().select_related("building").get(pk=found.first)
    row = GroupDemand.objects.create(
        number=f"QT-{main.case.number}-{on:%m%d}", region_id=found.region, class_code=found.class_code,
        building_id=found.building, spot=found.place, main=main, raised_at=at, raised_on=on, persons=found.persons,
        cases=found.cases,
    )  # fmt: skip
    content = {"number": row.number, "main": main.case.number, "persons": row.persons, "cases": row.cases}
    append(region=found.region, kind="grievances.group", row_key=row.number, content=content, at=at)
    _, listed = class_list(on)
    where = main.building.name if main.building else found.place
    values = {
        "place": where, "title": listed.of(found.class_code).title.zh, "persons": found.persons, "cases": found.cases,
        "days": number("group_days", place=found.region, on=on),
    }  # fmt: skip
    post = "street_officer"
    leave(template="grievance.group", to_post=(post, place_of(post, found.region)), values=values,
          link=f"case:{main.case.number}", by=by, at=at)  # fmt: skip
    return row


def _link(row: GroupDemand, found: Found, since: date) -> None:
    told = _told_since(since).filter(case__region=found.region, class_code=found.class_code, group=None)
    told = (
        told.filter(building=found.building)
        if found.building
        else told.filter(building=None, spot=found.place)
    )
    Grievance.objects.filter(pk__in=list(told.values_list("pk", flat=True))).update(group=row)
    GroupDemand.objects.filter(pk=row.pk).update(persons=found.persons, cases=found.cases)
