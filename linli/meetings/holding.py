"""Holding a meeting: the roll, the positions, the resolutions, the minutes and their signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from linli.ground.canonical import canonical
from linli.ground.digest import digest
from linli.ground.said import Said
from linli.meetings.formulas import Threshold, has_quorum, is_carried
from linli.meetings.models import (
    STANCES,
    AgendaItem,
    Meeting,
    Minutes,
    Position,
    Resolution,
    Roll,
    Seat,
    Signature,
)
from linli.people.actors import Actor
from linli.rulebook.reading import rule
from linli.trail.writing import act, append

CALL = "meetings.call"
HERE = ("present", "deputy")


@dataclass(frozen=True)
class Came:
    """Who came for a seat: present, deputy, excused or absent, and who sat there."""

    state: str
    who: str = ""


@act
def take_roll(*, meeting: Meeting, came: Mapping[int, Came], by: Actor, at: datetime) -> list[Roll]:
    """Take the roll of every seat, once, on the day of the meeting or after. ``came``: seat to who came."""
    by.require(CALL, meeting.region_id)
    if timezone.localdate(at) < meeting.on:
        raise Said("meetings.not_yet", on=meeting.on)
    seats = list(meeting.seats.order_by("id"))
    if Roll.objects.filter(seat__meeting=meeting).exists():
        raise Said("meetings.roll_taken")
    if {seat.pk for seat in seats} != set(came):
        raise Said("meetings.roll_incomplete", field="roll")
    if any(one.state not in ("present", "deputy", "excused", "absent") for one in came.values()):
        raise Said("meetings.roll_state", field="roll")
    if any(one.state == "deputy" and not one.who.strip() for one in came.values()):
        raise Said("meetings.deputy_named", field="roll")
    rows = Roll.objects.bulk_create(
        [
            Roll(
                seat=seat,
                state=came[seat.pk].state,
                who=came[seat.pk].who.strip(),
                at=at,
                actor=by.actor_word,
            )
            for seat in seats
        ]
    )
    content = {"number": meeting.number, "states": [came[seat.pk].state for seat in seats]}
    append(region=meeting.region_id, kind="meetings.roll", row_key=meeting.number, content=content, at=at)
    return rows


@dataclass(frozen=True)
class Presence:
    """Seats that count, those of them that are there, and whether that is a quorum."""

    due: int
    present: int
    has_quorum: bool


def presence(meeting: Meeting) -> Presence:
    """The quorum by the rule that stood when the meeting was called. One statement."""
    states = list(meeting.seats.filter(votes=True).values_list("roll__state", flat=True))
    here = sum(1 for state in states if state in HERE)
    threshold = Threshold(meeting.quorum_percent, meeting.quorum_operator)
    return Presence(len(states), here, has_quorum(present=here, due=len(states), threshold=threshold))


@dataclass(frozen=True)
class Stance:
    """Where a seat stands on a line: agree, against, abstain or only a remark; and what it said."""

    seat: Seat
    stance: str
    text: str = ""


@dataclass(frozen=True)
class Decided:
    """What is put to the meeting on a line, with the position of every body that is there."""

    text: str
    stances: Sequence[Stance]


@act
def resolve(*, item: AgendaItem, decided: Decided, by: Actor, at: datetime) -> Resolution:
    """Write the positions on a line and what follows from them. Carried only with a quorum and the rule's majority.

    Only bodies that are there speak. Without a quorum nothing is resolved.
    """
    meeting = item.meeting
    by.require(CALL, meeting.region_id)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Said("meetings.minutes_written")
    if Resolution.objects.filter(item=item).exists():
        raise Said("meetings.resolved_already", order=item.order)
    if not decided.text.strip():
        raise Said("meetings.resolution_text", field="text")
    there = presence(meeting)
    if not there.has_quorum:
        raise Said("meetings.no_quorum", present=there.present, due=there.due)
    _require_stances(meeting, decided.stances)
    _write_positions(item, decided.stances, by, at)
    voting = [one for one in decided.stances if one.seat.votes]
    agree = sum(1 for one in voting if one.stance == "agree")
    against = sum(1 for one in voting if one.stance == "against")
    threshold = Threshold(meeting.majority_percent, meeting.majority_operator)
    row = Resolution.objects.create(
        item=item, text=decided.text.strip(), present=there.present, agree=agree, against=against,
        carried=is_carried(agree=agree, present=there.present, threshold=threshold), at=at, actor=by.actor_word,
    )  # fmt: skip
    _record(row, meeting, at)
    return row


def _write_positions(item: AgendaItem, stances: Sequence[Stance], by: Actor, at: datetime) -> None:
    Position.objects.bulk_create(
        [
            Position(
                item=item, seat=one.seat, stance=one.stance, text=one.text.strip(), at=at, actor=by.actor_word
            )
            for one in stances
        ]
    )


def _record(row: Resolution, meeting: Meeting, at: datetime) -> None:
    """The ledger keeps the counts, and the text by its digest."""
    content = {
        "meeting": meeting.number,
        "item": row.item.order,
        "present": row.present,
        "agree": row.agree,
        "against": row.against,
        "carried": row.carried,
        "text": digest(canonical({"text": row.text}), settings.LINLI_DIGEST),
    }
    key = f"{meeting.number}#{row.item.order}"
    append(region=meeting.region_id, kind="meetings.resolution", row_key=key, content=content, at=at)


def _require_stances(meeting: Meeting, stances: Sequence[Stance]) -> None:
    here = set(Roll.objects.filter(seat__meeting=meeting, state__in=HERE).values_list("seat_id", flat=True))
    if any(one.stance not in STANCES for one in stances):
        raise Said("meetings.stance_unknown", field="stances")
    given = [one.seat.pk for one in stances]
    if set(given) - here or len(given) != len(set(given)):
        raise Said("meetings.not_there", field="stances")


@act
def write_minutes(*, meeting: Meeting, text: str, by: Actor, at: datetime) -> Minutes:
    """Write the minutes once the roll is taken. What was resolved and who said what stands in its own rows."""
    by.require(CALL, meeting.region_id)
    if not Roll.objects.filter(seat__meeting=meeting).exists():
        raise Said("meetings.roll_first")
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Said("meetings.minutes_written")
    if not text.strip():
        raise Said("meetings.minutes_text", field="text")
    there = presence(meeting)
    value = digest(canonical({"meeting": meeting.number, "text": text.strip()}), settings.LINLI_DIGEST)
    row = Minutes.objects.create(
        meeting=meeting,
        text=text.strip(),
        digest=value,
        had_quorum=there.has_quorum,
        at=at,
        actor=by.actor_word,
    )
    content = {"number": meeting.number, "digest": value, "present": there.present, "due": there.due}
    append(region=meeting.region_id, kind="meetings.minutes", row_key=meeting.number, content=content, at=at)
    return row


@act
def sign_minutes(*, minutes: Minutes, by: Actor, at: datetime) -> Signature:
    """Sign the minutes for the body one speaks for. Only the post of the seat, and only if it was there."""
    meeting = minutes.meeting
    seat = meeting.seats.filter(organisation=by.organisation_id, post=by.post).select_related("roll").first()
    if by.organisation_id is None or seat is None or not by.holds(meeting.region_id):
        raise Said("meetings.no_seat")
    if seat.roll.state not in HERE:
        raise Said("meetings.was_not_there")
    if Signature.objects.filter(seat=seat).exists():
        raise Said("meetings.signed_already")
    row = Signature.objects.create(
        minutes=minutes, seat=seat, digest=minutes.digest, at=at, actor=by.actor_word, post=by.post
    )
    content = {"number": meeting.number, "capacity": seat.capacity, "digest": minutes.digest}
    append(
        region=meeting.region_id,
        kind="meetings.signature",
        row_key=f"{meeting.number}#{seat.pk}",
        content=content,
        at=at,
    )
    return row


def awaited(meeting: Meeting) -> list[Seat]:
    """Seats whose signature the rule asks for, that were there and have not signed yet."""
    words = rule("meetings.signing_capacities", place=meeting.region_id, on=meeting.called_on).value
    seats = meeting.seats.filter(capacity__in=words, roll__state__in=HERE, signature=None).exclude(post="")
    return list(seats.select_related("organisation").order_by("id"))
