"""Counting the days of open cases again when the working calendar has changed; the old promise stays readable."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from linli.cases.deadlines import calendar_word, set_days, spans
from linli.cases.models import Case, Passage
from linli.cases.moving import RECOUNT, Entered, enter_passage, passage_of, tell
from linli.people.actors import Actor
from linli.rulebook.reading import calendar
from linli.trail.writing import act

FIELDS = (
    "due_on", "due_is_certain", "step_due_on", "next_due_on", "calendar", "next_rung_on", "passages_count",
)  # fmt: skip


@act
def recount_open(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Count the days of up to ``limit`` open cases that rest on another calendar; returns how many were counted.

    Where the promised day moves, a passage keeps the new day with its calendar (the older passages keep the old one)
    and the applicant is told. A handful of statements for the whole batch, besides one notice for each person told.
    """
    word, days, today = calendar_word(), calendar(), timezone.localdate(at)
    other = Q(calendar__lt=word) | Q(calendar__gt=word)
    rows = Case.objects.filter(other, closed_on=None).select_for_update(of=("self",))
    cases = list(rows.select_related("person", "region").prefetch_related("holds").order_by("id")[:limit])
    before = {case.pk: (case.due_on, case.calendar) for case in cases}
    for case in cases:
        holds = spans(list(case.holds.all()), today) if case.clock_from else []
        set_days(case, holds, days, word)
    moved = [case for case in cases if _has_moved(case, before[case.pk])]
    _leave_passages(moved, by, at)
    Case.objects.bulk_update(cases, FIELDS)
    for case in moved:
        tell(case, "case.due_changed", by=by, at=at)
    return len(cases)


def _has_moved(case: Case, before: tuple[date | None, str]) -> bool:
    """A promise moved. A day that was never counted by a known calendar, or that a hold still shifts, is none."""
    due_on, calendar_before = before
    return bool(calendar_before and due_on and case.due_on != due_on and not case.is_paused)


def _leave_passages(cases: list[Case], by: Actor, at: datetime) -> None:
    rows: list[Passage] = []
    for case in cases:
        case.passages_count += 1
        entered = Entered(RECOUNT, case.step, case.step, f"cases.{RECOUNT}")
        rows.append(passage_of(case, entered=entered, by=by, at=at)[0])
    for case, passage in zip(cases, Passage.objects.bulk_create(rows), strict=True):
        enter_passage(case, passage, at)
