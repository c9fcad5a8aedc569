"""Answering, revisiting, reopening, and closing where nobody can be asked."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.grievances.following import follow, keep_reply, responded
from linli.grievances.limits import number
from linli.grievances.models import Grievance, Revisit
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.writing import act, append


@act
def reply(*, grievance: Grievance, text: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """The handling body answers; the person is told and will be called back."""
    if not text.strip():
        raise Said("grievances.reply_missing", field="opinion")
    passage = advance(
        grievance.case, "reply", by=by, at=at, words=MoveWords(text, verb="grievances.answering.reply", seen=seen),
    )  # fmt: skip
    responded(grievance, at)
    keep_reply(grievance, text, by, at)
    return passage


@act
def revisit(
    *,
    grievance: Grievance,
    was_reached: bool,
    channel: str,
    by: Actor,
    at: datetime,
    is_resolved: bool | None = None,
    is_satisfied: bool | None = None,
    seen: int | None = None,
) -> Revisit:
    """Record a call back. Reached: the answers close the case, or send it back when it is not resolved.

    The person may also answer for themselves on the portal (channel ``portal``); staff cannot mark a person
    reached without both answers, and who gave the answer does not ask whether it was good.
    """
    if by.post != "resident":
        _not_who_answered(grievance, by)
    if was_reached and (is_resolved is None or is_satisfied is None):
        raise Said("grievances.revisit_answers", field="is_resolved")
    answers = (is_resolved, is_satisfied) if was_reached else (None, None)
    row = Revisit.objects.create(
        grievance=grievance, at=at, on=timezone.localdate(at), channel=channel, was_reached=was_reached,
        is_resolved=answers[0], is_satisfied=answers[1], actor=by.actor_word,
    )  # fmt: skip
    append(
        region=grievance.case.region_id,
        kind="grievances.revisit",
        row_key=f"{grievance.case.number}#{row.pk}",
        content={
            "case": grievance.case.number,
            "reached": was_reached,
            "resolved": answers[0],
            "satisfied": answers[1],
        },
        at=at,
    )
    _after_revisit(grievance, row, by, at, seen)
    follow(grievance, at)
    return row


def _not_who_answered(grievance: Grievance, by: Actor) -> None:
    if grievance.answered_by and grievance.answered_by == by.actor_word:
        raise Said("grievances.answered_it_yourself")


def _after_revisit(grievance: Grievance, row: Revisit, by: Actor, at: datetime, seen: int | None) -> None:
    if not row.was_reached:
        move = "not_reached"
    else:
        move = "settled" if row.is_resolved else "request_reopening"
        grievance.is_resolved, grievance.is_satisfied = row.is_resolved, row.is_satisfied
        grievance.save(update_fields=["is_resolved", "is_satisfied"])
    advance(
        grievance.case, move, by=by, at=at, words=MoveWords(verb="grievances.answering.revisit", seen=seen)
    )


@act
def decide_reopening(
    *, grievance: Grievance, reopen: bool, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Staff answer a request to reopen: send it back to the handler, or close with a reason the person reads.

    Decided by another officer than who gave the answer.
    """
    _not_who_answered(grievance, by)
    passage = advance(
        grievance.case, "reopen" if reopen else "close_unresolved", by=by, at=at, words=MoveWords(reason,
        verb="grievances.answering.decide_reopening", seen=seen),
    )  # fmt: skip
    if reopen:
        grievance.reopen_count += 1
        grievance.is_resolved = grievance.is_satisfied = None
        grievance.save(update_fields=["reopen_count", "is_resolved", "is_satisfied"])
    follow(grievance, at)
    return passage


@act
def close_silent(
    *, grievance: Grievance, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Close an answered grievance whose person could not be reached: after recorded attempts on different days.

    How many is the rule ``grievances.silent_attempts``; only attempts since the newest answer count.
    """
    on = timezone.localdate(at)
    least = number("silent_attempts", place=grievance.case.region_id, on=on)
    tried = Revisit.objects.filter(grievance=grievance, was_reached=False, at__gte=grievance.replied_at or at)
    days = tried.order_by().values("on").distinct().count()
    if days < least:
        raise Said("grievances.too_few_attempts", days=days, least=least)
    words = MoveWords(reason, "grievances.answering.close_silent", seen=seen)
    passage = advance(grievance.case, "close_silent", by=by, at=at, words=words)
    follow(grievance, at)
    return passage


@act
def close_unnamed(*, grievance: Grievance, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """Close an answered grievance of which nobody is known to ask: some days after the answer, so that it can be read.

    How many is the rule ``grievances.unnamed_close_days``.
    """
    if grievance.case.person_id is not None:
        raise Said("grievances.somebody_to_ask")
    on = timezone.localdate(at)
    least = number("unnamed_close_days", place=grievance.case.region_id, on=on)
    if grievance.replied_at and (on - timezone.localdate(grievance.replied_at)).days < least:
        raise Said("grievances.unnamed_too_early", days=least)
    words = MoveWords(verb="grievances.answering.close_unnamed", seen=seen)
    passage = advance(grievance.case, "close_unnamed", by=by, at=at, words=words)
    follow(grievance, at)
    return passage
