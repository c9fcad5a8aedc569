"""Merging what is the same matter, with a trace; joining it without filing anew; parting again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.grievances.models import Grievance, Joining
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.trail.writing import act, append, note

MERGE = "grievances.merging.merge"
PART = "grievances.merging.part"


@act
def merge(
    *, grievance: Grievance, kept: Grievance, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Handle a grievance together with another (the kept one): its own clock stands, its person gets every answer.

    Both are open and of one community. What was already merged into the first goes along to the kept one. The first
    person reads why, and the number of nobody else.
    """
    by.require("grievances.handle", grievance.case.region_id)
    _mergeable(grievance, kept)
    blanks = {"kept": kept.case.title}
    words = MoveWords(reason, MERGE, blanks, seen)
    passage = advance(grievance.case, "merge", by=by, at=at, words=words)
    Grievance.objects.get_queryset().filter(Q(kept=grievance) | Q(pk=grievance.pk)).update(kept=kept)
    grievance.kept = kept
    _move_joinings(grievance, kept, at)
    _record("grievances.merge", grievance, kept, by, at)
    return passage


def _mergeable(grievance: Grievance, kept: Grievance) -> None:
    if grievance.pk == kept.pk:
        raise Said("grievances.merge_itself", field="kept")
    if grievance.case.region_id != kept.case.region_id:
        raise Said("grievances.merge_elsewhere", field="kept")
    if kept.case.closed_on is not None:
        raise Said("grievances.merge_closed", field="kept", number=kept.case.number)
    if kept.kept_id is not None:
        raise Said("grievances.merge_into_merged", field="kept", number=kept.case.number)
    if kept.case.data_class != grievance.case.data_class:
        raise Said("grievances.merge_class", field="kept")


def _move_joinings(grievance: Grievance, kept: Grievance, at: datetime) -> None:
    there = kept.joinings.values("person")
    moved = grievance.joinings.exclude(person__in=there).exclude(person=kept.case.person_id)
    for row in moved:
        row.grievance = kept
        row.save(update_fields=["grievance"])
        _enter_joining(row, at)


def _enter_joining(row: Joining, at: datetime) -> None:
    case = row.grievance.case
    content = {"case": case.number, "on": row.on.isoformat()}
    append(
        region=case.region_id,
        kind="grievances.joining",
        row_key=f"{case.number}#{row.pk}",
        content=content,
        at=at,
    )


def _record(verb: str, grievance: Grievance, kept: Grievance, by: Actor, at: datetime) -> None:
    case = grievance.case
    content = {"case": case.number, "kept": kept.case.number, "passage": case.passages_count}
    append(
        region=case.region_id,
        kind=verb,
        row_key=f"{case.number}#{case.passages_count}",
        content=content,
        at=at,
    )
    note(
        verb=verb, kind="grievances.grievance", key=case.number, region=case.region_id, by=by, at=at,
        data_class=case.data_class, facts={"kept": kept.case.number},
    )  # fmt: skip


@act
def part(*, grievance: Grievance, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """Undo a merge, with a reason: the case goes back to be dispatched, its clock runs on."""
    kept = grievance.kept
    if kept is None:
        raise Said("grievances.not_merged")
    passage = advance(grievance.case, "part_again", by=by, at=at, words=MoveWords(reason, PART, seen=seen))
    grievance.kept = None
    grievance.save(update_fields=["kept"])
    _record("grievances.part", grievance, kept, by, at)
    return passage


@act
def join(*, grievance: Grievance, person: Person, channel: str, by: Actor, at: datetime) -> Joining:
    """Somebody has the same trouble (我也遇到): counted as a person, told every answer, no case of their own.

    Joining again, or what one told oneself, changes nothing new; a closed matter has to be told anew.
    """
    if by.post != "resident":
        by.require("grievances.file", grievance.case.region_id)
    target = grievance.kept or grievance
    if target.case.closed_on is not None:
        raise Said("grievances.join_closed")
    if target.case.data_class not in ("P1", "P2") or target.case.person_id == person.pk:
        raise Said("grievances.join_own")
    row, made = Joining.objects.get_or_create(
        grievance=target, person=person,
        defaults={"channel": channel, "actor": by.actor_word, "at": at, "on": timezone.localdate(at)},
    )  # fmt: skip
    if made:
        case = target.case
        _enter_joining(row, at)
        note(verb="grievances.join", kind="grievances.grievance", key=case.number, region=case.region_id, by=by, at=at,
             data_class=case.data_class)  # fmt: skip
    return row
