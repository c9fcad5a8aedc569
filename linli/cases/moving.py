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
from linli.cases.procedures import APPLICANT, ASKER, BODY, HOLDER, LEAD, WORDS_FOR_POSTS, Move, Step
from linli.ground import codes
from linli.ground.digest import commitment
from linli.ground.said import Said
from linli.notices.leaving import followers, leave
from linli.notices.texts import template as notice
from linli.people.actors import Actor
from linli.people.roles import role
from linli.places.models import level_of
from linli.trail.writing import act, append

LINK = "case"
MOVED = "case.moved"  # what is told where a move names no notice of its own
ACCEPTED = "accepted"  # the outcome of a lead's part once the lead has taken the matter over
CALL_OFF = "cases.linking.call_off"
RECOUNT = "recount"
WHISTLE = "cases.whistle"
FIGURES = {"stars": (1, 5), "yes_no": (0, 1)}


@dataclass(frozen=True)
class MoveWords:
    """What accompanies a move: the opinion, the verb that makes it, and the blanks of its notice."""

    opinion: str = ""
    verb: str = ""
    blanks: Mapping[str, object] = field(default_factory=dict)
    seen: int | None = None
    extend_days: int = 0
    reason: str = ""
    figure: int | None = None


@dataclass(frozen=True)
class Entered:
    """What a passage records of a move."""

    move: str
    from_step: str
    to_step: str
    verb: str = ""
    opinion: str = ""
    is_public: bool = False
    reason: str = ""
    figure: int | None = None


def place_of(post: str, region: str) -> str:
    """The place that a post holds over a region: the ancestor of the post's level, or the region itself."""
    if not post or post in WORDS_FOR_POSTS:
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
    if filed_it and actor.post in ("resident", APPLICANT):
        return True
    if actor.person_id is None or case.person_id is None:
        return False
    return actor.person_id == case.person_id or (
        case.person is not None and case.person.guardian_id == actor.person_id
    )


def holding(case: Case, post: str) -> tuple[str, str]:
    """The post and place that a declared post means for a case; the words for bodies are looked up."""
    if post == BODY:
        found = case.cooperation
        return found.post, found.place
    if post == ASKER and case.parent is not None:
        return case.parent.hold_post, case.parent.hold_place
    if post == LEAD:
        accepted = case.cooperations.filter(role=LEAD, part__outcome=ACCEPTED).order_by("-number").first()
        return (accepted.post, accepted.place) if accepted else (case.hold_post, case.hold_place)
    return post, place_of(post, case.region_id)


def is_open_to(case: Case, move: Move, actor: Actor) -> bool:
    """Whether a move is open to an actor: the post matches and its place contains the case's place."""
    if APPLICANT in move.posts and is_applicant(case, actor):
        return True
    if HOLDER in move.posts and (actor.post, actor.place) == (case.hold_post, case.hold_place):
        return True
    if actor.post in move.posts and actor.holds(case.region_id):
        return True
    bodies = [post for post in move.posts if post in (BODY, ASKER, LEAD)]
    return any(holding(case, post) == (actor.post, actor.place) for post in bodies)


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
    locked = lock(case, seen=said.seen)
    declared = _checked(locked, move, said, by)
    came_from = locked.step
    target = locked.plan.step(checking.target(declared, came_from))
    _apply(locked, declared, target, said, by, at)
    entered = Entered(
        move, came_from, target.code, declared.verb, said.opinion, declared.public_opinion, said.reason, _stated(said)
    )  # fmt: skip
    passage = write_passage(locked, entered=entered, by=by, at=at)
    locked.save()
    if target.code != came_from and not target.final:
        Hand.objects.bulk_create(
            [Hand(case=locked, post=locked.hold_post, place=locked.hold_place)], ignore_conflicts=True
        )
    if target.final:
        _call_off(locked, by, at)
    if declared.notice or _is_news(locked, came_from, target, by):
        blanks = {"step": target.public, **said.blanks}
        tell(locked, declared.notice or MOVED, by=by, at=at, blanks=blanks)
    _copy(locked, case)
    return passage


@act
def record(
    case: Case,
    word: str,
    /,
    *,
    by: Actor,
    at: datetime,
    words: MoveWords | None = None,
    is_public: bool = False,
) -> Passage:
    """Write what befell a case that stays where it is: one of the words every procedure knows (``STANDING``).

    Only the acts that own those words call this; they have checked who may. ``case`` is as ``lock`` gave it, with
    what the act changed on it; it is saved here.
    """
    said = words or MoveWords()
    case.passages_count += 1
    standing = case.plan.move(word)
    entered = Entered(
        word, case.step, case.step, standing.verb, said.opinion, is_public, said.reason, said.figure
    )  # fmt: skip
    passage = write_passage(case, entered=entered, by=by, at=at)
    case.save()
    return passage


def lock(case: Case, *, seen: int | None = None) -> Case:
    """The case's row, locked until the act ends. Refused where it is closed or was moved since it was ``seen``."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("person", "region").get(pk=case.pk)
    if seen is not None and seen != locked.passages_count:
        raise Said("cases.moved_meanwhile", number=locked.number)
    if locked.closed_on is not None:
        raise Said("cases.closed", number=locked.number)
    return locked


def _stated(said: MoveWords) -> int | None:
    return said.extend_days or said.figure


def _checked(case: Case, code: str, said: MoveWords, by: Actor) -> Move:
    move = case.plan.move(code)
    if case.step not in move.source:
        raise Said("cases.not_from_here", move=move.title, step=case.at_step.title)
    if not is_open_to(case, move, by):
        raise Said("cases.not_open_to", move=move.title, post=by.role.title)
    if move.verb != said.verb:
        raise Said("cases.needs_verb", move=move.title, verb=move.verb or said.verb)
    _said_enough(move, said)
    _papers_there(case, move)
    if case.at_step.waits_for_parts and move.kind == "forward" and _is_waiting(case):
        raise Said("cases.parts_open", move=move.title)
    return move


def _said_enough(move: Move, said: MoveWords) -> None:
    if move.opinion == "required" and not said.opinion.strip():
        raise Said("cases.opinion_missing", field="opinion", move=move.title)
    if move.reasons and said.reason not in {reason.code for reason in move.reasons}:
        raise Said("cases.reason_missing", field="reason", move=move.title)
    if move.figure:
        least, most = FIGURES[move.figure]
        if said.figure is None or not least <= said.figure <= most:
            raise Said("cases.figure_missing", field="figure", move=move.title, least=least, most=most)


def _is_waiting(case: Case) -> bool:
    """Whether a part that the matter needs is still open; a whistle blown for it is none."""
    waiting = case.parts.filter(closed_on=None).exclude(kind=WHISTLE)
    return waiting.exclude(cooperation__is_needed=False).exists()


def _call_off(case: Case, by: Actor, at: datetime) -> None:
    """A matter that ends calls off the parts still open, where their procedure knows how."""
    if not case.at_step.final or not case.plan.has_parts:
        return
    for part in (
        Case.objects.select_for_update(of=("self",)).filter(parent=case, closed_on=None).order_by("id")
    ):
        found = [move for move in part.plan.moves_from(part.step) if move.verb == CALL_OFF]
        if found:
            target = part.plan.step(found[0].target)
            came_from = part.step
            _apply(part, found[0], target, MoveWords(), by, at)
            write_passage(
                part, entered=Entered(found[0].code, came_from, target.code, CALL_OFF), by=by, at=at
            )
            part.save()


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
        case.hold_post, case.hold_place = ("", "") if target.final else holding(case, target.post)
        case.step, case.step_since, case.rungs_made = target.code, at, 0
        _pause_or_run(case, target, by, day)
    if target.final:
        compute(case, on=day)  # the last hold ends here, so the promised day is counted once more
        case.closed_at, case.closed_on, case.outcome = at, day, target.outcome
        case.hold_post = case.hold_place = ""
        case.next_due_on = case.next_rung_on = FAR
        case.is_paused = False
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
    passage, opinion = passage_of(case, entered=entered, by=by, at=at)
    passage.save(force_insert=True)
    if opinion is not None:
        opinion.passage = passage
        opinion.save(force_insert=True)
    enter_passage(case, passage, at)
    return passage


def passage_of(case: Case, *, entered: Entered, by: Actor, at: datetime) -> tuple[Passage, Opinion | None]:
    """A passage and its opinion as rows that are not saved yet."""
    salt = secrets.token_hex(16) if entered.opinion else ""
    passage = Passage(
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
        reason=entered.reason,
        figure=entered.figure,
        calendar=case.calendar,
    )
    if not entered.opinion:
        return passage, None
    return passage, Opinion(passage=passage, text=entered.opinion, salt=salt, is_public=entered.is_public)


def enter_passage(case: Case, passage: Passage, at: datetime) -> None:
    """Enter a saved passage in its region's chain when the act ends."""
    append(
        region=case.region_id,
        kind="cases.passage",
        row_key=f"{case.number}#{passage.number}",
        content=content(case, passage),
        at=at,
    )


def content(case: Case, passage: Passage) -> dict[str, object]:
    """What the ledger's digest of a passage covers; the opinion only by its salted commitment.

    Reason, figure and calendar are covered where the passage states them.
    """
    asks_more = passage.reason or passage.figure is not None
    stated = {"reason": passage.reason, "figure": passage.figure} if asks_more else {}
    counted = {"due": str(passage.due_on), "calendar": passage.calendar} if passage.move == RECOUNT else {}
    return {
        **stated,
        **counted,
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


def _is_news(case: Case, came_from: str, target: Step, by: Actor) -> bool:
    """Whether the person hears by a move that names no notice something they did not read before or do themselves."""
    if case.person_id is None or target.code == came_from or is_applicant(case, by):
        return False
    return target.public.zh != case.plan.step(came_from).public.zh


def tell(
    case: Case, template: str, *, by: Actor, at: datetime, blanks: Mapping[str, object] | None = None
) -> None:
    """Leave a notice about the case to the person it is about, where there is one, to a guardian and an agent.

    The case fills the blanks ``title``, ``number`` and ``due``; any other blank comes from ``blanks``.
    """
    if case.person is None:
        return
    own = {"title": case.title, "number": case.number, "due": case.due_on or case.step_due_on}
    known: dict[str, object] = {**own, **(blanks or {})}
    values = {name: known[name] for name in notice(template).blanks if name in known}
    link = f"{LINK}:{case.number}"
    also = followers(link) if case.passages_count > 1 else []  # nobody follows what was opened just now
    if case.person.guardian_id:
        also.append(case.person.guardian_id)
    leave(template=template, to_person=case.person, also=also, values=values, link=link, by=by, at=at)


def _copy(source: Case, target: Case) -> None:
    for name in [column.attname for column in Case._meta.concrete_fields]:
        setattr(target, name, getattr(source, name))
