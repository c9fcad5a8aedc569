"""Lengthening the promised limit: the holder asks, the post declared in the procedure decides, another person."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.deadlines import compute
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, lock, place_of, record, tell
from linli.cases.procedures import Extending
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.rulebook.reading import rule
from linli.trail.writing import act

ASK, GRANT, REFUSE = "ask_extension", "grant_extension", "refuse_extension"


def open_request(case: Case) -> Passage | None:
    """The request that waits for a decision: the last word on extensions is a request."""
    last = (
        case.passages.filter(move__in=(ASK, GRANT, REFUSE))
        .select_related("opinion")
        .order_by("-number")
        .first()
    )
    return last if last is not None and last.move == ASK else None


def limits(case: Case, declared: Extending, at: datetime) -> tuple[int, int]:
    """How often a limit may be lengthened, and by how many days at most, by the rules of the place and day."""
    place, on = case.region_id, timezone.localdate(at)
    times, days = (int(rule(code, place=place, on=on).value) for code in (declared.times, declared.days))
    return times, days


@act
def ask_extension(
    *, case: Case, days: int, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Ask for so many more days, in the unit of the case's limit; the clock goes on meanwhile.

     Refused: who does not hold the case, a procedure without extension, no running limit, a last day already past
    , more days or times than the rules allow, a
     request that still waits, no reason.
    """
    locked = lock(case, seen=seen)
    declared = _declared(locked)
    _may_ask(locked, by, at)
    if not reason.strip():
        raise Said("cases.extension_reason", field="reason")
    made = list(
        locked.passages.filter(move__in=(ASK, GRANT, REFUSE))
        .order_by("number")
        .values_list("move", flat=True)
    )
    if made and made[-1] == ASK:
        raise Said("cases.extension_waits")
    times, most = limits(locked, declared, at)
    if made.count(GRANT) >= times:
        raise Said("cases.extension_times", times=times)
    if not 1 <= days <= most:
        raise Said("cases.extension_days", field="days", most=most)
    passage = record(locked, ASK, by=by, at=at, words=MoveWords(opinion=reason.strip(), figure=days))
    _told_post(locked, declared, days, by, at)
    return passage


@act
def decide_extension(
    *, case: Case, grant: bool, by: Actor, at: datetime, reason: str = "", seen: int | None = None
) -> Passage:
    """Grant or refuse the request that waits; a refusal says why. Both holder and applicant are told.

    Whoever asked does not decide. The day promised before stays readable in the passages.
    """
    locked = lock(case, seen=seen)
    request = open_request(locked)
    if request is None:
        raise Said("cases.extension_none")
    _may_decide(locked, request, by)
    if not grant and not reason.strip():
        raise Said("cases.extension_reason", field="reason")
    if grant:
        locked.extended_days += request.figure or 0
        compute(locked, on=timezone.localdate(at))
    words = MoveWords(opinion=reason.strip(), figure=request.figure)
    passage = record(locked, GRANT if grant else REFUSE, by=by, at=at, words=words, is_public=grant)
    _told_holder(locked, grant, by, at)
    if grant:
        tell(locked, "case.due_changed", by=by, at=at)
    return passage


def _declared(case: Case) -> Extending:
    declared = case.plan.extending
    if declared is None:
        raise Said("cases.extension_not_here", procedure=case.plan.title)
    return declared


def _may_ask(case: Case, by: Actor, at: datetime) -> None:
    if (by.post, by.place) != (case.hold_post, case.hold_place):
        raise Said("cases.not_in_hand", number=case.number)
    if case.due_on is None or case.is_paused:
        raise Said("cases.extension_no_clock")
    if timezone.localdate(at) > case.due_on:
        raise Said("cases.extension_late", due=case.due_on)


def _may_decide(case: Case, request: Passage, by: Actor) -> None:
    if by.post != _declared(case).post or not by.holds(case.region_id):
        raise Said("cases.extension_not_yours", post=by.role.title)
    if by.actor_word == request.actor:
        raise Said("cases.extension_own")


def _told_post(case: Case, declared: Extending, days: int, by: Actor, at: datetime) -> None:
    values = {"title": case.title, "number": case.number, "count": days, "due": case.due_on}
    to_post = (declared.post, place_of(declared.post, case.region_id))
    leave(
        template="case.extension_asked",
        to_post=to_post,
        values=values,
        link=f"case:{case.number}",
        by=by,
        at=at,
    )


def _told_holder(case: Case, grant: bool, by: Actor, at: datetime) -> None:
    template = "case.extension_granted" if grant else "case.extension_refused"
    values = {"title": case.title, "number": case.number, "due": case.due_on}
    if case.hold_post and case.hold_place:
        to_post = (case.hold_post, case.hold_place)
        leave(template=template, to_post=to_post, values=values, link=f"case:{case.number}", by=by, at=at)
