"""The clock of a case: the one place where its limits are computed.

The promised limit runs from the day the clock started (acceptance) over the case's holds; a step's own limit runs
from the day the step was entered. The nearer of the two orders the inbox (``next_due_on``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from django.db.models import Max, Sum
from django.utils import timezone

from linli.cases.models import FAR, Case, Hold
from linli.cases.procedures import Step, Unit
from linli.ground.clock import Calendar, Due, due_day
from linli.rulebook.models import CalendarYear
from linli.rulebook.reading import calendar
from linli.rulebook.remembering import once

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
    """Set the case's days as they stand on a day (not saved): promised, of the step, nearest, next escalation.

    The step's limit runs from the day the step was entered, whatever happened in it since.
    """
    if case.closed_on is not None:
        case.next_due_on = case.next_rung_on = FAR
        return
    holds = spans(list(case.holds.all()), on) if case.pk and case.clock_from else []
    set_days(case, holds, calendar(), calendar_word())


def set_days(case: Case, holds: Sequence[Span], days: Calendar, word: str) -> None:
    """What ``compute`` sets, from holds and a calendar at hand."""
    whole = promised(case, holds, days)
    step = case.at_step
    part = None if step.final else step_due(step, timezone.localdate(case.step_since), days)
    case.due_on = whole.on if whole else None
    case.due_is_certain = all(due.certain for due in (whole, part) if due)
    case.step_due_on = part.on if part else None
    case.next_due_on = min((day for day in (case.due_on, case.step_due_on) if day), default=FAR)
    case.calendar = word
    case.next_rung_on = next_rung(case, step)


def next_rung(case: Case, step: Step) -> date:
    """The day on which the clock escalates next: the day after the rung's days over the nearest limit."""
    left = step.climbs[case.rungs_made :]
    if not left or case.next_due_on == FAR or case.is_paused:
        return FAR
    return case.next_due_on + timedelta(days=left[0] + 1)


def calendar_word() -> str:
    """Which calendar is in force: its last year and the sum of its versions; before any year, the packaged one."""
    row = once("calendar", lambda: CalendarYear.objects.aggregate(last=Max("year"), sum=Sum("version")))
    return "packaged" if row["last"] is None else f"{row['last']}.{row['sum']}"


def explanation(case: Case, *, on: date) -> Due | None:
    """The promised day computed again for a page, with every skipped and held day named."""
    return promised(case, spans(list(case.holds.order_by("from_on")), on), calendar())
