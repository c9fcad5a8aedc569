"""The clock of a case: the one place where its limits are computed.

The promised limit runs from the day the clock started (acceptance) over the case's holds; a step's own limit runs
from the day the step was entered. The nearer of the two orders the inbox (``next_due_on``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from linli.cases.models import FAR, Case, Hold
from linli.cases.procedures import Step, Unit
from linli.ground.clock import Calendar, Due, due_day
from linli.rulebook.reading import calendar

Span = tuple[date, date]


def spans(holds: Sequence[Hold], until: date) -> list[Span]:
    """Held spans of a case; one still running counts to ``until``."""
    return [(hold.from_on, max(hold.to_on or until, hold.from_on)) for hold in holds]


def promised(case: Case, holds: Sequence[Span], days: Calendar) -> Due | None:
    """The outward due day with its explanation, or ``None`` while no clock runs."""
    if case.clock_from is None or case.limit_days is None:
        return None
    return due_day(
        start=case.clock_from,
        days=case.limit_days + case.extended_days,
        unit=cast(Unit, case.limit_unit),
        calendar=days,
        holds=holds,
    )


def step_due(step: Step, entered: date, days: Calendar) -> Due | None:
    """The limit of one step, counted from the day it was entered."""
    if step.limit is None:
        return None
    return due_day(start=entered, days=step.limit.days, unit=step.limit.unit, calendar=days)


def compute(case: Case, *, on: date) -> None:
    """Set ``due_on``, ``step_due_on`` and ``next_due_on`` on the row (not saved) as they stand on a day."""
    if case.closed_on is not None:
        case.next_due_on = FAR
        return
    days = calendar()
    holds = spans(list(case.holds.all()), on) if case.pk and case.clock_from else []
    whole = promised(case, holds, days)
    step = case.at_step
    part = None if step.final else step_due(step, on, days)
    case.due_on = whole.on if whole else None
    case.due_is_certain = all(due.certain for due in (whole, part) if due)
    case.step_due_on = part.on if part else None
    case.next_due_on = min((day for day in (case.due_on, case.step_due_on) if day), default=FAR)


def explanation(case: Case, *, on: date) -> Due | None:
    """The promised day computed again for a page, with every skipped and held day named."""
    return promised(case, spans(list(case.holds.order_by("from_on")), on), calendar())
