"""The street whistle (街乡吹哨、部门报到): bodies are called, report in, do the work, and both sides rate each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from linli.cases.linking import Called, bring_in
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance, place_of
from linli.cases.opening import Opening, open_case
from linli.ground.clock import due_moment
from linli.ground.said import Said
from linli.notices.texts import text
from linli.people.actors import Actor
from linli.places.models import Region
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.trail.writing import act

RIGHT = "cases.whistle"
RATE = "cases.whistling.rate_part"
SHEET = "whistle"


@dataclass(frozen=True)
class Whistle:
    """What is whistled for: the matter in a line, what is asked, where, and a case it comes from, if any."""

    title: str
    question: str
    region: Region
    subject: str = "whistle"
    parent: Case | None = None
    grade: str = "important"


@act
def blow(*, whistle: Whistle, posts: Sequence[str], by: Actor, at: datetime) -> Case:
    """Call bodies to a matter. Each gets a part, to report in within the hours of rule ``cases.report_in_hours``.

    Reporting in, the work done and both ratings are moves of the part (sheet ``part_whistle``); the whistle closes
    when every part has been closed. Refused: no right here, nobody called, no words.
    """
    by.require(RIGHT, whistle.region.code)
    if not posts:
        raise Said("cases.whistle_nobody", field="posts")
    if not whistle.question.strip():
        raise Said("cases.question_missing", field="question")
    day = timezone.localdate(at)
    opening = Opening(
        procedure=edition("procedures", SHEET, day),
        subject=whistle.subject,
        title=whistle.title,
        region=whistle.region,
        channel="whistle",
        data_class=whistle.parent.data_class if whistle.parent else "P2",
        grade=whistle.grade,
        parent=whistle.parent,
        first_move="blow",
        words=whistle.question.strip(),
    )
    case = open_case(opening=opening, by=by, at=at)
    hours = int(rule("cases.report_in_hours", place=whistle.region.code, on=day).value)
    by_then = due_moment(at, hours)
    bodies = [
        Called("called", post, place_of(post, whistle.region.code), report_by=by_then)
        for post in dict.fromkeys(posts)
    ]
    bring_in(case=case, bodies=bodies, question=whistle.question.strip(), by=by, at=at)
    return case


@act
def rate_part(
    *, part: Case, figure: int, words: str = "", by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """One side rates the other: the street the body by stars (1 to 5), the body the whistle by no or yes (0 or 1)."""
    move = next((one for one in part.plan.moves_from(part.step) if one.verb == RATE), None)
    if move is None:
        raise Said("cases.not_from_here", move=part.plan.title, step=part.at_step.title)
    said = MoveWords(words.strip(), RATE, seen=seen, figure=figure)
    return advance(part, move.code, by=by, at=at, words=said)


@act
def whistle_for(*, case: Case, by: Actor, at: datetime) -> Case:
    """The clock's whistle for a case that is late: calls the post that holds it."""
    values = {"title": case.title, "number": case.number, "due": case.next_due_on.isoformat()}
    words = text("case.whistle_late", values).plain
    whistle = Whistle(title=case.title, question=words, region=case.region, subject=case.subject, parent=case)
    return blow(whistle=whistle, posts=[case.hold_post], by=by, at=at)
