"""Public numbers and keys of the room, and the days its rules give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.cases.opening import next_number
from linli.ground.clock import due_day
from linli.places.models import Region
from linli.rulebook.reading import calendar, rule


@dataclass(frozen=True)
class Day:
    """A day counted by a rule, with the rule's source."""

    on: date
    source: str
    days: int


def number(region: Region, on: date) -> str:
    """The next public number in the region: the same sequence as its cases."""
    return next_number(region, on.year)


def last_day(code: str, *, region: str, event: date, on: date | None = None) -> Day:
    """The last day that a rule in days gives after an event, as it stood on ``on`` (else on the event's day)."""
    found = rule(code, place=region, on=on or event)
    unit = "working" if found.unit == "工作日" else "natural"
    due = due_day(start=event, days=int(found.value), unit=unit, calendar=calendar())  # type: ignore[arg-type]
    return Day(due.on, found.source, int(found.value))


def whole(code: str, *, region: str, on: date) -> int:
    """A rule's whole number."""
    return int(rule(code, place=region, on=on).value)
