"""Moving a case along its procedure. Nothing moves in any other way."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from linli.cases import checking
from linli.cases.deadlines import compute
from linli.cases.models import FAR, OWN_DOOR, Case, Hand, Hold, Opinion, Passage
from linli.cases.procedures import Move, Step
from linli.ground import codes
from linli.ground.digest import commitment
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.notices.texts import template as notice
from linli.people.actors import Actor
from linli.people.roles import role
from linli.places.models import level_of
from linli.trail.writing import act, append

LINK = "case"


@dataclass(frozen=True)
class MoveWords:
    """What accompanies a move: the opinion, the verb that makes it, and the blanks of its notice."""

    opinion: str = ""
    verb: str = ""
    blanks: Mapping[str, object] = field(default_factory=dict)
    seen: int | None = None
    extend_days: int = 0


@dataclass(frozen=True)
class Entered:
    """What a passage records of a move."""

    move: str
    from_step: str
    to_step: str
    verb: str = ""
    opinion: str = ""
    is_public: bool = False


def place_of(post: str, region: str) -> str:
    """The place that a post holds over a region: the ancestor of the post's level, or the region itself."""
    if post in ("", checking.APPLICANT):
        return region
    level = role(post).level
    if level in ("none", "community"):
        return region
    if level == "nation":
        return "0" * 12
    for code in codes.ancestors(region):
        if level_of(code) == level:
            return code
    return region


def is_applicant(case: Case, actor: Actor) -> bool:
    """Whether the actor is the person the case is about, their guardian, or who filed it at the residents' door."""
    filed_it = case.filed_by == actor.actor_word and case.channel == OWN_DOOR
    if filed_it and actor.post in ("resident", checking.APPLICANT):
        return True
    if actor.person_id is None or case.person_id is None:
        return False
    return actor.person_id == case.person_id or (
        case.person is not None and case.person.guardian_id == actor.person_id
    )


def is_open_to(case: Case, move: Move, actor: Actor) -> bool:
    """Whether a move is open to an actor: the post matches and its place contains the case's place."""
    if checking.APPLICANT in move.posts and is_applicant(case, actor):
        return True
    if checking.HOLDER in move.posts and (actor.post, actor.place) == (case.hold_post, case.hold_place):
        return True
    return actor.post in move.posts and actor.holds(case.region_id)


def moves_for(case: Case, actor: Actor) -> tuple[Move, ...]:
    """The moves an actor may make now, in the order of the sheet."""
    if case.closed_on is not None:
        return ()
    return tuple(move for move in case.plan.moves_from(case.step) if is_open_to(case, move, actor))


@act
def advance(case: Case, move: str, /, *, by: Actor, at: datetime, words: MoveWords | None = None) -> Passage:
    """Make a move and write its passage.

    Refused, with nothing changed: a move that does not leave the step, a post or place it is not open to, a
    missing opinion, missing papers, open sub-cases where the step waits for them, a move that belongs to another
    verb, and a case that somebody else has moved since it was seen (``words.seen`` passages).
    """
    said = words or MoveWords()
    locked = Case.objects.select_for_update(of=("self",)).select_related("person", "region").get(pk=case.pk)
    declared = _checked(locked, move, said, by)
    came_from = locked.step
    target = locked.plan.step(checking.target(declared, came_from))
    _apply(locked, declared, target, said, by, at)
    entered = Entered(move, came_from, target.code, declared.verb, said.opinion, declared.public_opinion)
    passage = write_passage(locked, entered=entered, by=by, at=at)
    locked.save()
    if target.code != came_from and not target.final:
        Hand.objects.bulk_create(
            [Hand(case=locked, post=locked.hold_post, place=locked.hold_place)], ignore_conflicts=True
        )
    if declared.notice:
        tell(locked, declared.notice, by=by, at=at, blanks=said.blanks)
    _copy(locked, case)
    return passage


def _checked(case: Case, code: str, said: MoveWords, by: Actor) -> Move:
    if said.seen is not None and said.seen != case.passages_count:
        raise Said("cases.moved_meanwhile", number=case.number)
    if case.closed_on is not None:
        raise Said("cases.closed", number=case.number)
    move = case.plan.move(code)
    if case.step not in move.source:
        raise Said("cases.not_from_here", move=move.title, step=case.at_step.title)
    if not is_open_to(case, move, by):
        raise Said("cases.not_open_to", move=move.title, post=by.role.title)
    if move.verb != said.verb:
        raise Said("cases.needs_verb", move=move.title, verb=move.verb or said.verb)
    if move.opinion == "required" and not said.opinion.strip():
        raise Said("cases.opinion_missing", field="opinion", move=move.title)
    _papers_there(case, move)
    if case.at_step.waits_for_parts and move.kind == "forward" and case.parts.filter(closed_on=None).exists():
        raise Said("cases.parts_open", move=move.title)
    return move


def _papers_there(case: Case, move: Move) -> None:
    if not move.papers:
        return
    there = set(case.papers.filter(kind__in=move.papers).values_list("kind", flat=True))
    lacking = [kind for kind in move.papers if kind not in there]
    if lacking:
        raise Said("cases.papers_missing", move=move.title, papers="、".join(lacking))


def _apply(case: Case, move: Move, target: Step, said: MoveWords, by: Actor, at: datetime) -> None:
    day = timezone.localdate(at)
    entering = target.code != case.step
    if move.effect == "start_clock" and case.clock_from is None:
        case.clock_from = day
    if move.effect == "extend":
        if said.extend_days <= 0:
            raise Said("cases.extension_missing", field="days")
        case.extended_days += said.extend_days
    case.passages_count += 1
    if entering:
        case.step, case.step_since = target.code, at
        case.hold_post = target.post
        case.hold_place = place_of(target.post, case.region_id)
        _pause_or_run(case, target, by, day)
    if target.final:
        compute(case, on=day)  # the last hold ends here, so the promised day is counted once more
        case.closed_at, case.closed_on, case.outcome = at, day, target.outcome
        case.hold_post = case.hold_place = ""
        case.next_due_on, case.is_paused = FAR, False
    elif entering or move.effect:
        compute(case, on=day)


def _pause_or_run(case: Case, target: Step, by: Actor, day: date) -> None:
    if target.pauses == case.is_paused:
        return
    if target.pauses:
        Hold.objects.create(case=case, reason=target.code, from_on=day, actor=by.actor_word)
    else:
        Hold.objects.filter(case=case, to_on=None).update(to_on=day)
    case.is_paused = target.pauses


def write_passage(case: Case, *, entered: Entered, by: Actor, at: datetime) -> Passage:
    """Append a passage, its opinion beside it, and its ledger entry."""
    salt = secrets.token_hex(16) if entered.opinion else ""
    passage = Passage.objects.create(
        case=case,
        number=case.passages_count,
        at=at,
        on=timezone.localdate(at),
        move=entered.move,
        from_step=entered.from_step,
        to_step=entered.to_step,
        actor=by.actor_word,
        post=by.post,
        place=by.place,
        verb=entered.verb,
        due_on=case.due_on,
        step_due_on=case.step_due_on,
        opinion_digest=commitment(entered.opinion, salt, settings.LINLI_DIGEST) if entered.opinion else "",
    )
    if entered.opinion:
        Opinion.objects.create(passage=passage, text=entered.opinion, salt=salt, is_public=entered.is_public)
    append(
        region=case.region_id,
        kind="cases.passage",
        row_key=f"{case.number}#{passage.number}",
        content=content(case, passage),
        at=at,
    )
    return passage


def content(case: Case, passage: Passage) -> dict[str, object]:
    """What the ledger's digest of a passage covers; the opinion only by its salted commitment."""
    return {
        "case": case.number,
        "number": passage.number,
        "move": passage.move,
        "from": passage.from_step,
        "to": passage.to_step,
        "post": passage.post,
        "place": passage.place,
        "actor": passage.actor,
        "on": passage.on.isoformat(),
        "opinion": passage.opinion_digest,
    }


def tell(
    case: Case, template: str, *, by: Actor, at: datetime, blanks: Mapping[str, object] | None = None
) -> None:
    """Leave a notice about the case to the person it is about, where there is one.

    The case fills the blanks ``title``, ``number`` and ``due``; any other blank comes from ``blanks``.
    """
    if case.person is None:
        return
    own = {"title": case.title, "number": case.number, "due": case.due_on or case.step_due_on}
    known: dict[str, object] = {**own, **(blanks or {})}
    values = {name: known[name] for name in notice(template).blanks if name in known}
    leave(template=template, to_person=case.person, values=values, link=f"{LINK}:{case.number}", by=by, at=at)


def _copy(source: Case, target: Case) -> None:
    for name in [column.attname for column in Case._meta.concrete_fields]:
        setattr(target, name, getattr(source, name))
