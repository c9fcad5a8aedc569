"""The clock's ladder: remind, raise, whistle, and at last the declared move; each rung once in a stay at a step."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.deadlines import next_rung
from linli.cases.models import FAR, Case
from linli.cases.moving import MoveWords, advance, place_of, record
from linli.cases.procedures import Rung
from linli.cases.whistling import whistle_for
from linli.ground.clock import working_days_between
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.rulebook.reading import calendar
from linli.trail.writing import act, attempt, note


@act
def escalate_overdue(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Climb one rung with every case whose next rung is due; returns how many climbed.

    Repeating it changes nothing: a rung made sets the day of the next one. Each rung leaves its passage, the last
    one is an ordinary move of the clock's post. A move that is refused is noted and not tried again in this stay.
    """
    today = timezone.localdate(at)
    due = Case.objects.filter(closed_on=None, is_paused=False, next_rung_on__lte=today)
    climbed = 0
    for case in (
        due.select_for_update(of=("self",))
        .select_related("person", "region")
        .order_by("next_rung_on", "id")[:limit]
    ):
        try:
            with attempt():
                climbed += climb(case=case, by=by, at=at)
        except Said as refusal:
            Case.objects.filter(pk=case.pk).update(next_rung_on=FAR)
            facts = {"refusal": refusal.code}
            note(
                verb="cases.escalate", kind="cases.case", key=case.number, region=case.region_id, by=by, at=at,
                data_class=case.data_class, facts=facts,
            )  # fmt: skip
    return climbed


@act
def climb(*, case: Case, by: Actor, at: datetime) -> int:
    """Make the case's next rung, if it has one; 1 where it was made. ``case`` is locked by the caller."""
    step, made = case.at_step, case.rungs_made
    if made < len(step.rungs):
        case.rungs_made = made + 1
        case.next_rung_on = next_rung(case, step)
        rung = step.rungs[made]
        record(case, f"clock_{rung.does}", by=by, at=at, words=MoveWords(figure=_late(case, at)))
        _CLIMBS[rung.does](case, rung, by, at)
        return 1
    if step.escalation is None or made > len(step.rungs):
        return 0
    advance(case, step.escalation.move, by=by, at=at)
    return 1


def _late(case: Case, at: datetime) -> int:
    """Working days past the nearest limit, none before it."""
    return max(working_days_between(case.next_due_on, timezone.localdate(at), calendar()), 0)


def _remind(case: Case, rung: Rung, by: Actor, at: datetime) -> None:
    _tell_post(case, (case.hold_post, case.hold_place), by, at)


def _raise(case: Case, rung: Rung, by: Actor, at: datetime) -> None:
    _tell_post(case, (rung.post, place_of(rung.post, case.region_id)), by, at)
    _remind(case, rung, by, at)


def _whistle(case: Case, rung: Rung, by: Actor, at: datetime) -> None:
    whistle_for(case=case, by=by, at=at)


_CLIMBS = {"remind": _remind, "raise": _raise, "whistle": _whistle}


def _tell_post(case: Case, to_post: tuple[str, str], by: Actor, at: datetime) -> None:
    late = _late(case, at)
    values = {
        "title": case.title, "number": case.number, "step": case.at_step.title.zh, "due": case.next_due_on, "count": late,
    }  # fmt: skip
    template = "case.overdue" if timezone.localdate(at) > case.next_due_on else "case.due_soon"
    leave(template=template, to_post=to_post, values=values, link=f"case:{case.number}", by=by, at=at)
