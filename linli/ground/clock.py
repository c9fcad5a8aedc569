"""Counting statutory time: days, months and hours by a calendar, with every computed day explained.

Sources: Civil Code (民法典) art. 200-204 for counting by days, months and hours; Administrative Licensing Law
art. 82 for working days. The State Council sets public holidays and make-up workdays each year by a notice,
so they are values of a ``Calendar`` and never part of this code; a year without a notice is said, not guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from chinese_calendar import constants

from linli.ground.said import Said, Saying

Span = tuple[date, date]
"""A first and a last day, both included."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are statutory rest days (法定休假日), for the years whose notice is loaded.

    ``holidays`` are days off by the notice, whatever their weekday; ``workdays`` are Saturdays and Sundays
    that the notice made working days. A day in both raises ``Said("clock.holiday_and_workday")``.
    """

    years: frozenset[int]
    holidays: frozenset[date]
    workdays: frozenset[date]

    def __post_init__(self) -> None:
        if self.holidays & self.workdays:
            raise Said("clock.holiday_and_workday", on=min(self.holidays & self.workdays))

    def knows(self, year: int) -> bool:
        """Whether the notice for ``year`` is loaded."""
        return year in self.years

    def is_rest_day(self, on: date) -> bool:
        """A day off by the notice, or a Saturday or Sunday that was not made a working day."""
        return on in self.holidays or (on.weekday() >= 5 and on not in self.workdays)

    def is_working_day(self, on: date) -> bool:
        """Every day that is no rest day."""
        return not self.is_rest_day(on)


@dataclass(frozen=True)
class Due:
    """A last day; ``certain`` is false where it rests on a year whose calendar is not published."""

    on: date
    certain: bool
    explanation: tuple[Saying, ...]


@dataclass(frozen=True)
class Remaining:
    """Days left until the last day, today not counted; negative once it has passed."""

    days: int
    working_days: int
    certain: bool

    @property
    def is_overdue(self) -> bool:
        """Whether the last day has passed; on the last day itself there is time until 24:00."""
        return self.days < 0


@lru_cache(maxsize=1)
def packaged_calendar() -> Calendar:
    """The published calendars shipped with the ``chinesecalendar`` package.

    A year counts as published when its National Day is listed: a notice may set single days of a
    neighbouring year, and those alone do not make that year known.
    """
    years = frozenset(day.year for day in constants.holidays if (day.month, day.day) == (10, 1))
    return Calendar(years, frozenset(constants.holidays), frozenset(constants.workdays))


def due_day(
    *,
    start: date,
    days: int,
    unit: Literal["natural", "working"],
    calendar: Calendar,
    holds: Sequence[Span] = (),
    weekends_stay: bool = False,
) -> Due:
    """The last day of a period of ``days`` natural or working days that begins with the event on ``start``.

    - The day of the event is not counted (Civil Code art. 201).
    - A hold includes both its ends; overlapping holds count once; held days do not count.
    - A period in natural days whose last day is a statutory rest day ends on the first day after it (art.
      203). If that day is held, the clock stands on it, so the period ends on the first day after the hold
      that is no rest day either: a last day is always one on which the clock runs.
    - ``weekends_stay``: where a local rule does not treat plain weekends as rest days, only days off by the
      notice move the end of a natural period. Working days are counted the same.
    - No days at all means the day of the event itself, moved by the same rules.

    ``certain`` is false only if the result rests on whether a day of an unpublished year is a rest day.
    Raises ``Said``: ``clock.negative_days``, ``clock.hold_backwards``, ``clock.too_far``.
    """
    if days < 0:
        raise Said("clock.negative_days", field="days", days=days)
    count = _Count(calendar, _merged(holds), weekends_stay)
    try:
        on = count.working(start, days) if unit == "working" else count.natural(start, start + days * _DAY)
        opening = Saying(f"clock.counting_{unit}", {"start": start, "first": start + _DAY, "days": days})
        return count.due(on, (opening, *count.held_between(start, on)))
    except OverflowError as beyond:
        raise Said("clock.too_far", field="days") from beyond


def due_by_months(
    start: date, months: int, *, calendar: Calendar, holds: Sequence[Span] = (), weekends_stay: bool = False
) -> Due:
    """The last day of a period of calendar months (a year is twelve), see ``month_later``.

    Held days lengthen the period by their number, and the last day is moved, both as in ``due_day``.
    """
    if months < 0:
        raise Said("clock.negative_days", field="months", days=months)
    count = _Count(calendar, _merged(holds), weekends_stay)
    try:
        on = count.natural(start, month_later(start, months))
        opening = Saying("clock.counting_months", {"start": start, "months": months})
        return count.due(on, (opening, *count.held_between(start, on)))
    except OverflowError as beyond:
        raise Said("clock.too_far", field="months") from beyond


def month_later(start: date, months: int) -> date:
    """The same-numbered day ``months`` later, or that month's last day if it has none (Civil Code art. 202).

    ``OverflowError`` beyond the year 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def due_moment(start: datetime, hours: int) -> datetime:
    """The end of a period in hours, which runs from the stated moment through rest days (art. 201).

    ``start`` must be aware (``ValueError``); the answer is in its time zone.
    """
    if start.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if hours < 0:
        raise Said("clock.negative_days", field="hours", days=hours)
    try:
        return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)
    except OverflowError as beyond:
        raise Said("clock.too_far", field="hours") from beyond


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after ``first`` up to and including ``last``; negative if ``last`` lies before ``first``."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(1 for on in _days(first + _DAY, last) if calendar.is_working_day(on)) if last > first else 0


def remaining(on: date, today: date, calendar: Calendar) -> Remaining:
    """What is left today of a period that ends on ``on``."""
    years = range(min(on, today).year, max(on, today).year + 1)
    return Remaining(
        days=(on - today).days,
        working_days=working_days_between(today, on, calendar),
        certain=all(calendar.knows(year) for year in years),
    )


@dataclass
class _Count:
    """One count: asks the calendar, keeps which days it asked about and which it passed over."""

    calendar: Calendar
    holds: tuple[Span, ...]
    weekends_stay: bool
    asked: set[date] = field(default_factory=set)
    rested: list[date] = field(default_factory=list)
    made_up: list[date] = field(default_factory=list)
    moves: list[Saying] = field(default_factory=list)

    def natural(self, start: date, on: date) -> date:
        """The last day of a period that would end on ``on``, were there no holds and no rest days.

        It jumps from hold to hold instead of walking: a period may be long, and its weekends all count.
        """
        is_empty = on == start
        for first, last in self.holds:
            if not is_empty and last > start and first <= on:
                on += (last - max(first, start + _DAY)).days * _DAY + _DAY
        return self.moved(on)

    def moved(self, on: date) -> date:
        """The first day from ``on`` that is neither a moving rest day nor held."""
        planned = on
        while self._rests(on) or self._is_held(on):
            on += _DAY
        if on != planned:
            self.moves.append(Saying("clock.moved", {"planned": planned, "on": on}))
        return on

    def working(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start`` that is not held."""
        on = start if days else start - _DAY
        for _ in range(max(days, 1)):
            on += _DAY
            while not self._works(on):
                on += _DAY
        return on

    def due(self, on: date, opening: tuple[Saying, ...]) -> Due:
        """The answer with its explanation in the order in which a clerk would check it."""
        unknown = tuple(sorted({day.year for day in self.asked if not self.calendar.knows(day.year)}))
        lines = [*opening, *self._rest_lines(), *self.moves]
        if self.made_up:
            lines.append(Saying("clock.made_up", {"days": len(self.made_up), "on": tuple(self.made_up)}))
        if unknown:
            lines.append(Saying("clock.year_unknown", {"years": unknown}))
        elif self._hangs_on_next_notice():
            lines.append(Saying("clock.year_end", {"year": max(self.asked).year + 1}))
        lines.append(Saying("clock.due", {"on": on}))
        return Due(on, not unknown, tuple(lines))

    def held_between(self, start: date, on: date) -> list[Saying]:
        """One line for each stretch of held days that lay in the period."""
        inside = [(max(first, start + _DAY), min(last, on)) for first, last in self.holds]
        return [_line("clock.held", first, last) for first, last in inside if first <= last]

    def _works(self, on: date) -> bool:
        if self._is_held(on):
            return False
        self.asked.add(on)
        if self.calendar.is_rest_day(on):
            self.rested.append(on)
            return False
        if on in self.calendar.workdays:
            self.made_up.append(on)
        return True

    def _rests(self, on: date) -> bool:
        self.asked.add(on)
        rests = on in self.calendar.holidays if self.weekends_stay else self.calendar.is_rest_day(on)
        if rests:
            self.rested.append(on)
        return rests

    def _is_held(self, on: date) -> bool:
        at = bisect_right(self.holds, (on, date.max)) - 1
        return at >= 0 and self.holds[at][0] <= on <= self.holds[at][1]

    def _rest_lines(self) -> list[Saying]:
        """Each public holiday with the weekends beside it on a line; all plain weekends together on one."""
        runs = _runs(self.rested)
        holidays = [run for run in runs if any(day in self.calendar.holidays for day in _days(*run))]
        weekends = [run for run in runs if run not in holidays]
        lines = [_line("clock.holiday", *run) for run in holidays]
        if weekends:
            days = sum((last - first).days + 1 for first, last in weekends)
            spans = tuple(_line("clock.span", *run) for run in weekends)
            lines.append(Saying("clock.weekends", {"days": days, "spans": spans}))
        return lines

    def _hangs_on_next_notice(self) -> bool:
        """Whether days were asked that next year's notice, not yet loaded, has often changed.

        New Year's Day is joined with 29-31 December by the notice of the year that follows.
        """
        return any(
            (day.month, day.day) >= (12, 29) and not self.calendar.knows(day.year + 1) for day in self.asked
        )


def _line(code: str, first: date, last: date) -> Saying:
    """A span as a sentence; one single day is said as a day."""
    days = (last - first).days + 1
    code = f"{code}_day" if days == 1 else code
    return Saying(code, {"first": first, "last": last, "days": days})


def _merged(holds: Sequence[Span]) -> tuple[Span, ...]:
    """The holds in order, overlapping and touching ones joined."""
    merged: list[Span] = []
    for first, last in sorted(holds):
        if last < first:
            raise Said("clock.hold_backwards", field="holds", first=first, last=last)
        if merged and (first <= merged[-1][1] or first - merged[-1][1] == _DAY):
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _runs(days: Sequence[date]) -> list[Span]:
    """Days in ascending order as spans of days that follow each other."""
    runs: list[Span] = []
    for on in days:
        if runs and on - runs[-1][1] == _DAY:
            runs[-1] = (runs[-1][0], on)
        else:
            runs.append((on, on))
    return runs


def _days(first: date, last: date) -> Iterator[date]:
    return (first + step * _DAY for step in range((last - first).days + 1))
