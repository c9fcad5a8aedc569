"""Answering, revisiting, reopening, and releasing an answer to everybody."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.grievances.intake import keep_reply
from linli.grievances.models import Grievance, Revisit
from linli.ground.masking import find_personal
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.writing import act, append, note


@act
def reply(*, grievance: Grievance, text: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """The handling body answers; the person is told and will be called back."""
    if not text.strip():
        raise Said("grievances.reply_missing", field="opinion")
    passage = advance(
        grievance.case,
        "reply",
        by=by,
        at=at,
        words=MoveWords(text, verb="grievances.answering.reply", seen=seen),
    )
    keep_reply(grievance, text, at)
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
) -> Revisit:
    """Record a call back. Reached: the answers close the case, or send it back when it is not resolved.

    The person may also answer for themselves on the portal (channel ``portal``); staff cannot mark a person
    reached without both answers.
    """
    if was_reached and (is_resolved is None or is_satisfied is None):
        raise Said("grievances.revisit_answers", field="is_resolved")
    answers = (is_resolved, is_satisfied) if was_reached else (None, None)
    row = Revisit.objects.create(
        grievance=grievance,
        at=at,
        on=timezone.localdate(at),
        channel=channel,
        was_reached=was_reached,
        is_resolved=answers[0],
        is_satisfied=answers[1],
        actor=by.actor_word,
    )
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
    _after_revisit(grievance, row, by, at)
    return row


def _after_revisit(grievance: Grievance, row: Revisit, by: Actor, at: datetime) -> None:
    if not row.was_reached:
        move = "not_reached"
    else:
        move = "settled" if row.is_resolved else "request_reopening"
        grievance.is_resolved, grievance.is_satisfied = row.is_resolved, row.is_satisfied
        grievance.save(update_fields=["is_resolved", "is_satisfied"])
    advance(grievance.case, move, by=by, at=at, words=MoveWords(verb="grievances.answering.revisit"))


@act
def decide_reopening(*, grievance: Grievance, reopen: bool, reason: str, by: Actor, at: datetime) -> Passage:
    """Staff answer a request to reopen: send it back to the handler, or close with a reason the person reads."""
    move = "reopen" if reopen else "close_unresolved"
    passage = advance(
        grievance.case,
        move,
        by=by,
        at=at,
        words=MoveWords(reason, verb="grievances.answering.decide_reopening"),
    )
    if reopen:
        grievance.reopen_count += 1
        grievance.save(update_fields=["reopen_count"])
    return passage


@act
def release(*, grievance: Grievance, text: str, by: Actor, at: datetime) -> Grievance:
    """Show an answer to everybody after a human wrote it for the public and no identifier is found in it."""
    by.require("grievances.handle", grievance.case.region_id)
    if grievance.replied_at is None:
        raise Said("grievances.not_answered")
    if find_personal(text):
        raise Said("grievances.personal_in_text", field="text")
    grievance.public_reply, grievance.released_at = text.strip(), at
    grievance.save(update_fields=["public_reply", "released_at"])
    note(
        verb="grievances.release",
        kind="grievances.grievance",
        key=grievance.case.number,
        region=grievance.case.region_id,
        by=by,
        at=at,
        data_class=grievance.case.data_class,
    )
    return grievance
