"""Opening hours and duty: pure counting over plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from linli.ground.clock import Calendar

Span = tuple[str, str]


@dataclass(frozen=True)
class OpenDay:
    """When a place is open on a day, and why it is otherwise than on this weekday.

    ``why`` is empty (as usual), ``holiday``, ``makeup`` (a weekend day made a working day) or ``special``.
    """

    on: date
    spans: tuple[Span, ...]
    why: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Special:
    """An announced exception from a day to a day, both included."""

    from_on: date
    to_on: date
    spans: tuple[Span, ...]
    reason: str


def spans_of(hours: Mapping[str, Any], weekday: int) -> tuple[Span, ...]:
    """Opening spans of a weekday (1 is Monday) from a table of hours."""
    return tuple((str(span[0]), str(span[1])) for span in hours.get(str(weekday), []))


def open_on(
    hours: Mapping[str, Any], on: date, *, specials: Sequence[Special], calendar: Calendar
) -> OpenDay:
    """Opening of a day: an announced exception first, then the public calendar, then the weekday.

    ``specials`` come in the order in which they were announced; the last counts. A public holiday (法定节假日) is
    closed; a weekend day that the holiday notice made a working day keeps Monday's hours.
    """
    for special in reversed(specials):
        if special.from_on <= on <= special.to_on:
            return OpenDay(on, special.spans, "special", special.reason)
    if on in calendar.holidays:
        return OpenDay(on, (), "holiday")
    if on in calendar.workdays and on.isoweekday() >= 6:
        return OpenDay(on, spans_of(hours, 1), "makeup")
    return OpenDay(on, spans_of(hours, on.isoweekday()))


def week_from(
    hours: Mapping[str, Any], first: date, *, specials: Sequence[Special], calendar: Calendar, days: int = 7
) -> list[OpenDay]:
    """Opening of the days from ``first`` on."""
    return [
        open_on(hours, first + timedelta(days=ahead), specials=specials, calendar=calendar)
        for ahead in range(days)
    ]


def minutes_open(day: OpenDay) -> int:
    """Minutes that a place is open on a day."""
    return sum(_minutes(end) - _minutes(begin) for begin, end in day.spans)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def well_formed(spans: Sequence[Span]) -> bool:
    """Whether spans are HH:MM, each ends after it begins, and they follow each other without overlap."""
    last = -1
    for begin, end in spans:
        try:
            first, until = _minutes(begin), _minutes(end)
        except ValueError:
            return False
        if not (last <= first < until <= 24 * 60):
            return False
        last = until
    return True


@dataclass(frozen=True)
class Sign:
    """One standing line of the duty log."""

    who: str
    kind: str
    moment: datetime


@dataclass(frozen=True)
class Duty:
    """One person's day: minutes on duty from the pairs of in and out; ``is_open`` where the last out is missing."""

    who: str
    first: datetime | None
    last: datetime | None
    minutes: int
    is_open: bool


def duty_of(who: str, signs: Iterable[Sign]) -> Duty:
    """Pair a person's lines of one day. An ``in`` without ``out`` counts no minutes and leaves the day open."""
    began: datetime | None = None
    first = last = None
    minutes = 0
    for sign in sorted((one for one in signs if one.who == who), key=lambda one: one.moment):
        if sign.kind == "in" and began is None:
            began = sign.moment
            first = first or began
        elif sign.kind == "out" and began is not None:
            minutes += int((sign.moment - began).total_seconds()) // 60
            began, last = None, sign.moment
    return Duty(who, first, last, minutes, began is not None)


def absences(
    expected: Mapping[str, tuple[date, date | None]],
    signed: Collection[tuple[str, date]],
    days: Sequence[OpenDay],
) -> list[tuple[str, date]]:
    """Who signed nothing on a day on which the place was open: (account word, day), by day.

    ``expected``: account word to first and last day of the post; ``signed``: (account word, day) of standing lines.
    """
    here = frozenset(signed)
    return [
        (who, day.on)
        for day in days
        if day.spans
        for who, (since, until) in expected.items()
        if since <= day.on and (until is None or day.on <= until) and (who, day.on) not in here
    ]
