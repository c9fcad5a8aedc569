"""Letting an answer out to everybody: written for the public, checked by machine, released by a second post."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.grievances.following import names_known
from linli.grievances.formulas import Place, found_places
from linli.grievances.limits import words
from linli.grievances.models import Grievance, PublicReply
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.writing import act, append, note

OPEN_CLASSES = ("P1", "P2")
"""Data classes of matters whose answers may be shown to everybody."""


def places_in(grievance: Grievance, text: str, *, at: datetime) -> list[Place]:
    """What the check finds in a text for everybody, with the names known in this matter."""
    place, on = grievance.case.region_id, timezone.localdate(at)
    return found_places(
        text, names=names_known(grievance), illness_words=words("illness_words", place=place, on=on),
        child_words=words("child_words", place=place, on=on),
    )  # fmt: skip


def marked(text: str, *, place: str, at: datetime) -> list[Place]:
    """The same check without the names of the matter: to mark places in a list of several."""
    on = timezone.localdate(at)
    illness, child = words("illness_words", place=place, on=on), words("child_words", place=place, on=on)
    return found_places(text, illness_words=illness, child_words=child)


def _checked(grievance: Grievance, text: str, at: datetime) -> list[Place]:
    places = places_in(grievance, text, at=at)
    hard = [place.text for place in places if place.is_hard]
    if hard:
        raise Said("grievances.personal_in_text", field="text", count=len(hard))
    return places


@act
def propose(*, grievance: Grievance, text: str, by: Actor, at: datetime) -> PublicReply:
    """Write the answer anew for everybody. Identity, phone, bank, plate numbers and known names are refused.

    Raises ``grievances.not_answered``, ``grievances.not_for_everybody`` (sensitive matters), ``grievances.reply_waiting``.
    """
    by.require("grievances.handle", grievance.case.region_id)
    if grievance.replied_at is None:
        raise Said("grievances.not_answered")
    if grievance.case.data_class not in OPEN_CLASSES:
        raise Said("grievances.not_for_everybody")
    if not text.strip():
        raise Said("grievances.reply_missing", field="text")
    if PublicReply.objects.filter(grievance=grievance, decided_at=None).exists():
        raise Said("grievances.reply_waiting")
    places = _checked(grievance, text, at)
    row = PublicReply.objects.create(
        grievance=grievance, text=text.strip(), found=sorted({place.kind for place in places}),
        proposed_by=by.actor_word, proposed_post=by.post, proposed_at=at,
    )  # fmt: skip
    _note("grievances.propose", grievance, by, at, row.found)
    return row


def _note(verb: str, grievance: Grievance, by: Actor, at: datetime, found: list[str]) -> None:
    case = grievance.case
    note(verb=verb, kind="grievances.grievance", key=case.number, region=case.region_id, by=by, at=at,
         data_class=case.data_class, facts={"found": len(found)})  # fmt: skip


def open_proposal(grievance: Grievance) -> PublicReply:
    """The proposal that waits. Raises ``Said('grievances.nothing_proposed')``."""
    row = PublicReply.objects.filter(grievance=grievance, decided_at=None).first()
    if row is None:
        raise Said("grievances.nothing_proposed")
    return row


@act
def release(*, grievance: Grievance, by: Actor, at: datetime, has_looked: bool = False) -> Grievance:
    """Show the proposed answer to everybody: by another post than who wrote it.

    Where the check found places to look at (illness, child, landline, door), ``has_looked`` says that they were
    looked at and may stand. The check is made again, since names may have joined the matter meanwhile.
    """
    row = _decided(grievance, by, at, is_released=True, reason="")
    if _checked(grievance, row.text, at) and not has_looked:
        raise Said("grievances.look_first", field="has_looked")
    grievance.public_reply, grievance.released_at = row.text, at
    grievance.save(update_fields=["public_reply", "released_at"])
    _note("grievances.release", grievance, by, at, row.found)
    return grievance


@act
def decline(*, grievance: Grievance, reason: str, by: Actor, at: datetime) -> PublicReply:
    """Do not show it, with a reason; it may be written anew."""
    if not reason.strip():
        raise Said("grievances.reason_missing", field="reason")
    row = _decided(grievance, by, at, is_released=False, reason=reason.strip())
    _note("grievances.decline", grievance, by, at, row.found)
    return row


def _decided(grievance: Grievance, by: Actor, at: datetime, *, is_released: bool, reason: str) -> PublicReply:
    by.require("grievances.release", grievance.case.region_id)
    row = open_proposal(grievance)
    if by.actor_word == row.proposed_by or by.post == row.proposed_post:
        raise Said("grievances.second_post")
    row.decided_by, row.decided_post, row.decided_at = by.actor_word, by.post, at
    row.is_released, row.reason = is_released, reason
    row.save(update_fields=["decided_by", "decided_post", "decided_at", "is_released", "reason"])
    case = grievance.case
    content = {
        "case": case.number, "released": is_released, "by": by.actor_word, "written_by": row.proposed_by,
    }  # fmt: skip
    append(
        region=case.region_id,
        kind="grievances.public_reply",
        row_key=f"{case.number}#{row.pk}",
        content=content,
        at=at,
    )
    return row
