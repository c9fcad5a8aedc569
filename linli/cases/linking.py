"""Several bodies at one matter (联动): parts by the responsibility matrix, one lead, one outward answer.

Whoever received the matter stays answerable until the lead accepts (首问负责). A body may refuse its part while its
days last; then there is one round: the asker lets it go or insists, and where it insists the street decides for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.cases.bodies import Cooperation
from linli.cases.matters import Body, Matter, matter_for
from linli.cases.models import Case, Hand, Passage
from linli.cases.moving import MoveWords, advance, lock, place_of, record
from linli.cases.opening import Opening, open_cases
from linli.ground.clock import due_day
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition
from linli.rulebook.reading import calendar, rule
from linli.trail.writing import act, append

LINK = "cases.linking.link"
ACCEPT = "cases.linking.accept_lead"
REFUSE = "cases.linking.refuse_part"
DECIDE = "cases.linking.decide_dispute"
PROCEDURES = {
    "lead": "part_lead",
    "assist": "part_assist",
    "outside": "part_outside",
    "called": "part_whistle",
}


@dataclass(frozen=True)
class Called:
    """One body to be brought to a matter, in a role; ``post`` and ``place``, or the ``name`` of an outside body."""

    role: str
    post: str = ""
    place: str = ""
    name: str = ""
    is_needed: bool = True
    is_binding: bool = False
    report_by: datetime | None = None

    @property
    def procedure(self) -> str:
        """The sheet its part follows."""
        return PROCEDURES["outside" if self.name else self.role]


@dataclass(frozen=True)
class _Terms:
    """What holds for all bodies brought in together."""

    refuse_by: date
    line: tuple[Edition, Matter] | None


def answerable(case: Case) -> tuple[str, str]:
    """Post and place that answer for a matter now: the lead once it has accepted, the first receiver until then."""
    return case.hold_post, case.hold_place


@act
def link(
    *,
    case: Case,
    question: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    leave_out: Sequence[str] = (),
) -> list[Cooperation]:
    """Bring in the bodies that the responsibility matrix names for the case's subject.

    The case moves to the step its procedure declares for it; lead and assisting bodies get a part each with the
    ``question``, informed ones a notice only. ``leave_out`` names assisting posts or outside bodies not needed this
    time. Refused: a subject the matrix does not know, a procedure that cannot be linked, no question.
    """
    if not question.strip():
        raise Said("cases.question_missing", field="question")
    day = timezone.localdate(at)
    found = matter_for(case.subject, place=case.region_id, on=day)
    if found is None:
        raise Said("cases.matter_unknown", subject=case.subject)
    first = (case.hold_post, case.hold_place)
    advance(case, _linking_move(case), by=by, at=at, words=MoveWords(verb=LINK, seen=seen))
    bodies = _bodies(case, found[1], first, leave_out)
    return bring_in(case=case, bodies=bodies, question=question.strip(), by=by, at=at, line=found)


def _linking_move(case: Case) -> str:
    for move in case.plan.moves_from(case.step):
        if move.verb == LINK:
            return move.code
    raise Said("cases.not_linkable", step=case.at_step.title)


def _bodies(case: Case, matter: Matter, first: tuple[str, str], leave_out: Sequence[str]) -> list[Called]:
    """The first receiver, the lead (unless it is the first receiver), and the others as the matrix names them."""

    def at_post(role: str, body: Body) -> Called:
        if body.outside is not None:
            return Called(role, name=body.outside.zh, is_needed=body.is_needed)
        return Called(role, body.post, place_of(body.post, case.region_id), is_needed=body.is_needed)

    found = [Called("first", *first)]
    lead = at_post("lead", Body(matter.lead))
    if (lead.post, lead.place) != first:
        found.append(lead)
    found += [at_post("assist", body) for body in matter.assist]
    found += [at_post("inform", Body(post)) for post in matter.inform]
    return [
        one for one in found if one.role in ("first", "lead") or not {one.post, one.name} & set(leave_out)
    ]


@act
def bring_in(
    *,
    case: Case,
    bodies: Sequence[Called],
    question: str,
    by: Actor,
    at: datetime,
    line: tuple[Edition, Matter] | None = None,
) -> list[Cooperation]:
    """Open a part for every body that works, tell those informed, and record who was brought in how."""
    working = [one for one in bodies if one.role not in ("first", "inform")]
    parts = iter(_open(case, working, question, by, at))
    start = case.cooperations.count()
    terms = _Terms(last_day_to_refuse(case, timezone.localdate(at)), line)
    rows = []
    for number, one in enumerate(bodies, start=start + 1):
        part = next(parts) if one in working else None
        rows.append(_row(case, number, one, part, terms, by, at))
    Cooperation.objects.bulk_create(rows)
    for row in rows:
        append(
            region=case.region_id, kind="cases.cooperation", row_key=f"{case.number}#{row.number}",
            content=content(case, row), at=at,
        )  # fmt: skip
        _tell(case, row, by, at)
    return rows


def last_day_to_refuse(case: Case, on: date) -> date:
    """The last day on which a body asked today may refuse (rule ``cases.refusal_days``, working days)."""
    days = int(rule("cases.refusal_days", place=case.region_id, on=on).value)
    return due_day(start=on, days=days, unit="working", calendar=calendar()).on


def _open(case: Case, bodies: Sequence[Called], question: str, by: Actor, at: datetime) -> list[Case]:
    """A part for each body: the matter's title and place, without its person."""
    day = timezone.localdate(at)
    openings = [
        Opening(
            procedure=edition("procedures", body.procedure, day),
            subject=case.subject,
            title=case.title,
            region=case.region,
            channel=case.channel if case.channel != "portal" else "counter",
            data_class=case.data_class,
            grade=case.grade,
            parent=case,
            first_move="ask",
            hold_post=body.post or case.hold_post,
            hold_place=body.place or case.hold_place,
            words=question,
        )
        for body in bodies
    ]
    return open_cases(openings=openings, by=by, at=at) if openings else []


def _row(
    case: Case, number: int, one: Called, part: Case | None, terms: _Terms, by: Actor, at: datetime
) -> Cooperation:
    line = terms.line
    may_refuse = one.role in ("lead", "assist") and not one.name and not one.is_binding
    return Cooperation(
        case=case,
        number=number,
        role=one.role,
        part=part,
        post=one.post,
        place=one.place,
        name=one.name,
        matters=line[0] if line else None,
        matter=line[1].code if line else "",
        is_needed=one.is_needed,
        is_binding=one.is_binding,
        refuse_by=terms.refuse_by if may_refuse else None,
        report_by=one.report_by,
        actor=by.actor_word,
        at=at,
        on=timezone.localdate(at),
    )


def content(case: Case, row: Cooperation) -> dict[str, object]:
    """What the ledger's digest of a cooperation covers."""
    return {
        "case": case.number,
        "number": row.number,
        "role": row.role,
        "part": row.part.number if row.part else "",
        "body": row.post or row.name,
        "place": row.place,
        "matter": row.matter,
        "needed": row.is_needed,
        "binding": row.is_binding,
    }


def _tell(case: Case, row: Cooperation, by: Actor, at: datetime) -> None:
    """A notice in plain words to the body; outside bodies are told by whoever holds the matter."""
    if row.role == "first" or not row.post:
        return
    template = {
        "lead": "case.lead",
        "assist": "case.assist",
        "inform": "case.inform",
        "called": "case.whistle",
    }[row.role]
    told = row.part or case
    due = timezone.localdate(row.report_by) if row.report_by else row.refuse_by or told.next_due_on
    values = {"title": case.title, "number": told.number, "due": due}
    leave(
        template=template,
        to_post=(row.post, row.place),
        values=values,
        link=f"case:{told.number}",
        by=by,
        at=at,
    )


@act
def accept_lead(*, part: Case, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """The lead accepts: from now on it holds the matter and answers for it; the first receiver is told."""
    parent = _parent(part)
    first = (parent.hold_post, parent.hold_place)
    passage = advance(part, "accept", by=by, at=at, words=MoveWords(verb=ACCEPT, seen=seen))
    _hand_over(parent, part.cooperation, by, at)
    values = {"title": parent.title, "number": parent.number, "due": parent.due_on}
    leave(
        template="case.lead_accepted", to_post=first, values=values, link=f"case:{parent.number}", by=by, at=at
    )  # fmt: skip
    return passage


def _parent(part: Case) -> Case:
    """The matter a part belongs to, locked: always before the part, so that two acts cannot wait crosswise."""
    if part.parent is None:
        raise Said("cases.no_part", number=part.number)
    return lock(part.parent)


def _hand_over(parent: Case, lead: Cooperation, by: Actor, at: datetime) -> None:
    parent.hold_post, parent.hold_place = lead.post, lead.place
    record(parent, "lead_accepts", by=by, at=at)
    Hand.objects.bulk_create([Hand(case=parent, post=lead.post, place=lead.place)], ignore_conflicts=True)


@act
def refuse_part(
    *, part: Case, reason: str, words: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """The body refuses its part with a reason of the list, while its days last and unless the street has bound it."""
    body = part.cooperation
    if body.is_binding or body.refuse_by is None:
        raise Said("cases.refusal_bound")
    if timezone.localdate(at) > body.refuse_by:
        raise Said("cases.refusal_late", until=body.refuse_by)
    if part.passages.filter(move="decide_stays").exists():
        raise Said("cases.refusal_decided")
    asker = _parent(part)
    passage = advance(part, "refuse", by=by, at=at, words=MoveWords(words, REFUSE, seen=seen, reason=reason))
    values = {"title": part.title, "number": part.number, "due": part.next_due_on}
    to_post = (asker.hold_post, asker.hold_place)
    leave(
        template="case.part_refused", to_post=to_post, values=values, link=f"case:{part.number}", by=by, at=at
    )
    return passage


@act
def decide_dispute(
    *, part: Case, stays: bool, words: str, by: Actor, at: datetime, other: str = "", seen: int | None = None
) -> Passage:
    """The street decides who does it, with reasons; nobody may refuse it again.

    ``stays``: the body keeps it. Otherwise it is released, and ``other`` may name the post that does it instead, bound
    from the start. A lead that stays, or is named instead, leads at once.
    """
    body, parent = part.cooperation, _parent(part)
    move = "decide_stays" if stays else "decide_release"
    passage = advance(part, move, by=by, at=at, words=MoveWords(words, DECIDE, seen=seen))
    taken: Cooperation | None = body if stays else None
    if other and not stays:
        called = Called(
            body.role, other, place_of(other, part.region_id), is_needed=body.is_needed, is_binding=True
        )
        [taken] = bring_in(case=parent, bodies=[called], question=words, by=by, at=at)
    if taken is not None and taken.role == "lead":
        _hand_over(parent, taken, by, at)
    told = {(body.post, body.place), (parent.hold_post, parent.hold_place)}
    for to_post in sorted(told):
        values = {"title": part.title, "number": part.number}
        leave(
            template="case.dispute_decided",
            to_post=to_post,
            values=values,
            link=f"case:{part.number}",
            by=by,
            at=at,
        )
    return passage


@dataclass(frozen=True)
class Answer:
    """What one body answered, for whoever composes the outward answer."""

    cooperation: Cooperation
    text: str


def answers(case: Case) -> list[Answer]:
    """The bodies' answers, in their order: the last words of each part that was answered; two statements."""
    bodies = list(
        case.cooperations.filter(part__outcome="answered").select_related("part").order_by("number")
    )
    passages = Passage.objects.filter(case__in=[body.part_id for body in bodies]).select_related("opinion")
    last = {passage.case_id: passage for passage in passages.order_by("number")}
    return [Answer(body, _text(last.get(body.part_id or 0))) for body in bodies]


def _text(passage: Passage | None) -> str:
    opinion = getattr(passage, "opinion", None)
    return opinion.text if opinion is not None else ""
