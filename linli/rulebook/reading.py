"""Reading the rulebook: the rule of a place on a day, and the working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max, Q, Sum

from linli.ground import codes
from linli.ground.clock import Calendar, packaged_calendar
from linli.ground.said import Said
from linli.rulebook.models import CalendarDay, CalendarYear, Rule
from linli.rulebook.remembering import once


def rule(code: str, *, place: str, on: date) -> Rule:
    """The rule in force for a place on a day; the nearest jurisdiction wins, then the newest start.

    ``place`` is a 12-digit region code. Raises ``Said('rulebook.no_rule')`` where no jurisdiction has one.
    """
    chain = [place, *reversed(codes.ancestors(place)), ""] if place else [""]
    rows = Rule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), code=code, jurisdiction__in=chain, valid_from__lte=on
    )
    found = once(("rule", code, place, on), lambda: list(rows))
    if not found:
        raise Said("rulebook.no_rule", rule=code, day=on)
    return min(found, key=lambda row: (chain.index(row.jurisdiction), -row.valid_from.toordinal(), -row.pk))


@dataclass(frozen=True)
class _Version:
    years: int
    last: int
    sum: int


def calendar() -> Calendar:
    """The working calendar of this installation; before any year is loaded, the packaged one."""
    row = once("calendar", lambda: CalendarYear.objects.aggregate(last=Max("year"), sum=Sum("version")))
    if row["last"] is None:
        return packaged_calendar()
    return _calendar(_Version(years=0, last=row["last"], sum=row["sum"]))


@lru_cache(maxsize=4)
def _calendar(_: _Version) -> Calendar:
    days = list(CalendarDay.objects.values_list("day", "kind"))
    return Calendar(
        years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        holidays=frozenset(day for day, kind in days if kind == "holiday"),
        workdays=frozenset(day for day, kind in days if kind == "workday"),
    )
