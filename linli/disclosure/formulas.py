"""Arithmetic of disclosure: days shown, and the period a cycle asks for."""

from __future__ import annotations

from datetime import date, timedelta

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def days_shown(from_on: date, taken_on: date) -> int:
    """Whole days a paper hung: the day it was put up is not counted (Civil Code art. 201)."""
    return (taken_on - from_on).days


def period_of(cycle: str, on: date) -> tuple[date, date] | None:
    """First and last day of the calendar period that a cycle asks one publication for; ``None`` without a cycle."""
    months = _MONTHS.get(cycle)
    if months is None:
        return None
    first_month = (on.month - 1) // months * months + 1
    first = date(on.year, first_month, 1)
    after = first_month + months
    following = date(on.year + (after > 12), after - 12 if after > 12 else after, 1)
    return first, following - timedelta(days=1)


def last_full_period(cycle: str, on: date) -> tuple[date, date] | None:
    """The newest period of a cycle that is over on a day: what must have been shown by then."""
    now = period_of(cycle, on)
    return period_of(cycle, now[0] - timedelta(days=1)) if now else None
