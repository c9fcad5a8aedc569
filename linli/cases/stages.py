"""A case's time told stage by stage: gross and net days, the last day of each, its light, and the promises made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from linli.cases.deadlines import Span, spans, step_due
from linli.cases.models import FAR, Case, Passage
from linli.cases.procedures import Step
from linli.ground.clock import Calendar, Due, due_day, working_days_between
from linli.rulebook.reading import calendar, rule

Light = Literal["green", "yellow", "red", "still", ""]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """One stay at a step. Gross days are calendar days after the first; net days leave out the held ones.

    ``working`` counts the working days among the net ones. ``light`` says how it ended or stands: red past its last
    day, yellow near it, green else, still while the clock is held, empty without a limit. ``due`` holds the explanation.
    """

    step: Step
    entered_on: date
    left_on: date | None
    gross: int
    net: int
    working: int
    due: Due | None
    light: Light


@dataclass(frozen=True)
class Promise:
    """A day promised: when it was said, for which move, by which calendar; ``is_current`` for the one that counts."""

    made_on: date
    due_on: date
    move: str
    calendar: str
    is_current: bool


def yellow_days(case: Case, on: date) -> int:
    """From how many working days before the last day the light is yellow (rule ``cases.yellow_days``)."""
    return int(rule("cases.yellow_days", place=case.region_id, on=on).value)


def light(due_on: date | None, on: date, *, yellow: int, days: Calendar) -> Light:
    """The light of a last day seen from a day; with none there is none."""
    if due_on is None or due_on == FAR:
        return ""
    if on > due_on:
        return "red"
    return "yellow" if working_days_between(on, due_on, days) <= yellow else "green"


def soon_until(on: date, *, place: str) -> date:
    """The last day that still counts as due soon, seen from a day at a place."""
    left = int(rule("cases.yellow_days", place=place, on=on).value)
    return due_day(start=on, days=left, unit="working", calendar=calendar()).on if left else on


def stages(case: Case, passages: Sequence[Passage], *, on: date) -> tuple[Stage, ...]:
    """Every stay at a step, from the case's passages in order; two statements (holds and rule) and the calendar."""
    days, yellow = calendar(), yellow_days(case, on)
    held = spans(list(case.holds.all()), on)
    stays = _stays(passages)
    found = []
    for number, (code, entered) in enumerate(stays):
        step = case.plan.step(code)
        if step.final:
            continue
        left = stays[number + 1][1] if number + 1 < len(stays) else None
        found.append(_stage(step, entered, left, held, days, yellow=yellow, on=on))
    return tuple(found)


def _stays(passages: Sequence[Passage]) -> list[tuple[str, date]]:
    """Each step with the day it was entered, in the order of the passages."""
    stays: list[tuple[str, date]] = []
    for passage in passages:
        if passage.from_step != passage.to_step:
            stays.append((passage.to_step, passage.on))
    return stays


def _stage(
    step: Step,
    entered: date,
    left: date | None,
    held: Sequence[Span],
    days: Calendar,
    *,
    yellow: int,
    on: date,
) -> Stage:
    until = left or on
    inside = [entered + _DAY * n for n in range(1, (until - entered).days + 1)]
    running = [day for day in inside if not any(first <= day <= last for first, last in held)]
    due = step_due(step, entered, days)
    shown: Light = "still" if step.pauses else light(due.on if due else None, until, yellow=yellow, days=days)
    if left is not None and shown == "yellow":
        shown = "green"  # left in time
    working = sum(1 for day in running if days.is_working_day(day))
    return Stage(step, entered, left, len(inside), len(running), working, due, shown)


def promises(case: Case, passages: Sequence[Passage]) -> tuple[Promise, ...]:
    """Every day promised, oldest first, as the passages stated it then; a day that a hold still shifts is none."""
    found: list[Promise] = []
    for passage in passages:
        step = case.plan.step(passage.to_step)
        if passage.due_on is None or step.pauses or (step.final and found):
            continue
        if found and found[-1].due_on == passage.due_on:
            continue
        found.append(Promise(passage.on, passage.due_on, passage.move, passage.calendar, False))
    return tuple(Promise(one.made_on, one.due_on, one.move, one.calendar, one is found[-1]) for one in found)
