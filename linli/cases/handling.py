"""Acts beside the moves: papers, rating, sub-cases, escalation by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from linli.cases.models import Case, CasePaper, Rating
from linli.cases.moving import MoveWords, advance, is_applicant
from linli.cases.opening import Opening, open_case
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.records.models import Document
from linli.rulebook.publishing import edition
from linli.trail.writing import act, append, attempt, note


@act
def attach_all(
    *, case: Case, papers: Sequence[tuple[str, Document]], by: Actor, at: datetime
) -> list[CasePaper]:
    """Add papers to a case, each under a material's code. A closed case takes no more papers."""
    if case.closed_on is not None:
        raise Said("cases.closed", number=case.number)
    rows = [
        CasePaper(case=case, document=document, kind=kind, at=at, actor=by.actor_word)
        for kind, document in papers
    ]
    for kind, _ in papers:
        note(
            verb="cases.attach",
            kind="cases.case",
            key=case.number,
            region=case.region_id,
            by=by,
            at=at,
            data_class=case.data_class,
            facts={"paper": kind},
        )
    return CasePaper.objects.bulk_create(rows)


@act
def attach(*, case: Case, document: Document, kind: str, by: Actor, at: datetime) -> CasePaper:
    """Add one paper to a case, as ``attach_all`` does."""
    [paper] = attach_all(case=case, papers=[(kind, document)], by=by, at=at)
    return paper


@act
def rate(
    *, case: Case, stars: int, by: Actor, at: datetime, words: str = "", channel: str = "portal"
) -> Rating:
    """The person served rates a closed case, once. Staff cannot rate for them; assisted entry names its channel."""
    if not is_applicant(case, by):
        raise Said("cases.rating_not_yours")
    if case.closed_on is None:
        raise Said("cases.rating_too_early")
    if Rating.objects.filter(case=case).exists():
        raise Said("cases.rating_twice")
    if not 1 <= stars <= 5:
        raise Said("cases.rating_range", field="stars")
    rating = Rating.objects.create(
        case=case, stars=stars, words=words, channel=channel, at=at, on=timezone.localdate(at)
    )
    append(
        region=case.region_id,
        kind="cases.rating",
        row_key=case.number,
        content={"case": case.number, "stars": stars},
        at=at,
    )
    return rating


@act
def open_parts(*, case: Case, move: str, by: Actor, at: datetime) -> list[Case]:
    """Open the sub-cases that a move declares, one for each body; they carry the case's place and class."""
    opened = []
    for part in case.plan.move(move).opens:
        opening = Opening(
            procedure=edition("procedures", part.procedure, timezone.localdate(at)),
            subject=case.subject,
            title=case.title,
            region=case.region,
            channel=case.channel,
            person=None,
            data_class=case.data_class,
            grade=case.grade,
            parent=case,
            hold_post=part.post,
        )
        opened.append(open_case(opening=opening, by=by, at=at))
    return opened


@act
def escalate_overdue(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Make the declared escalation of every case that is late enough, as an ordinary move of the clock's post.

    Repeating it changes nothing: an escalated case stands at another step. Returns how many were moved.
    """
    today = timezone.localdate(at)
    moved = 0
    for case in Case.objects.overdue(on=today).order_by("next_due_on", "id")[:limit]:
        rule = case.at_step.escalation
        if rule is None or case.next_due_on + timedelta(days=rule.after_days) >= today:
            continue
        with attempt():
            advance(case, rule.move, by=by, at=at, words=MoveWords(opinion=""))
            moved += 1
    return moved
