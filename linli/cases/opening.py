"""Opening a case: number, procedure edition, first passage, clock, notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from linli.cases import moving
from linli.cases.deadlines import compute
from linli.cases.models import Case, Counter, Hand, Opinion, Passage
from linli.cases.procedures import Limit, procedure_of
from linli.ground.references import reference
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import CommunityProfile, Region
from linli.rulebook.models import Edition
from linli.trail.writing import act


@dataclass(frozen=True)
class Opening:
    """What a room says of the case it opens."""

    procedure: Edition
    subject: str
    title: str
    region: Region
    channel: str
    person: Person | None = None
    data_class: str = ""
    grade: str = "ordinary"
    limit: Limit | None = None
    parent: Case | None = None
    first_move: str = "file"
    hold_post: str = ""
    hold_place: str = ""
    words: str = ""


def next_number(region: Region, year: int) -> str:
    """The next public number under a community's letters: not guessable, never the row's number.

    Communities that share letters share the sequence, so that a number stands once in the whole installation.
    """
    [number] = next_numbers(region, year, 1)
    return number


def next_numbers(region: Region, year: int, count: int) -> list[str]:
    """Several numbers in a row, as ``next_number`` gives one."""
    found: CommunityProfile | None = getattr(region, "profile", None)
    letters = (found.number_letters if found else "") or "LL"
    last = _counted(letters, year, count)
    key = bytes.fromhex(settings.KEYS.index)
    return [reference(letters, year, order, key) for order in range(last - count + 1, last + 1)]


def _counted(letters: str, year: int, count: int) -> int:
    """So many more under the letters in the year, in one statement; its row stays locked until the act ends."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (letters, year, last) VALUES (%s, %s, %s)"  # noqa: S608
            f" ON CONFLICT (letters, year) DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            [letters, year, count],
        )
        return int(cursor.fetchone()[0])


@act
def open_case(*, opening: Opening, by: Actor, at: datetime) -> Case:
    """Open a case on the edition given and write its first passage (move ``opening.first_move``)."""
    [case] = open_cases(openings=[opening], by=by, at=at)
    return case


@act
def open_cases(*, openings: Sequence[Opening], by: Actor, at: datetime) -> list[Case]:
    """Open several cases of one region at once, each as ``open_case`` does, in as few statements as one."""
    numbers = next_numbers(openings[0].region, timezone.localdate(at).year, len(openings))
    cases = [_drawn(opening, number, by, at) for opening, number in zip(openings, numbers, strict=True)]
    for case in cases:
        compute(case, on=case.opened_on)
    Case.objects.bulk_create(cases)
    Hand.objects.bulk_create([Hand(case=case, post=case.hold_post, place=case.hold_place) for case in cases])
    _first_passages(cases, openings, by, at)
    for case in cases:
        if case.plan.filed_notice:
            moving.tell(case, case.plan.filed_notice, by=by, at=at)
    return cases


def _first_passages(cases: Sequence[Case], openings: Sequence[Opening], by: Actor, at: datetime) -> None:
    drawn = [
        moving.passage_of(
            case,
            entered=moving.Entered(opening.first_move, "", case.step, opinion=opening.words, is_public=True),
            by=by,
            at=at,
        )
        for case, opening in zip(cases, openings, strict=True)
    ]
    Passage.objects.bulk_create([passage for passage, _ in drawn])
    opinions = [opinion for _, opinion in drawn if opinion is not None]
    for opinion in opinions:
        opinion.passage = opinion.passage  # takes over the number that the passage has now
    if opinions:
        Opinion.objects.bulk_create(opinions)
    for case, (passage, _) in zip(cases, drawn, strict=True):
        moving.enter_passage(case, passage, at)


def _drawn(opening: Opening, number: str, by: Actor, at: datetime) -> Case:
    """The case's row before its clock is computed."""
    plan = procedure_of(opening.procedure)
    start = plan.step(plan.start)
    day = timezone.localdate(at)
    limit = opening.limit or plan.limit
    post = opening.hold_post or start.post
    return Case(
        number=number,
        procedure=opening.procedure,
        kind=plan.kind,
        subject=opening.subject,
        title=opening.title,
        region=opening.region,
        person=opening.person,
        filed_by=by.actor_word,
        channel=opening.channel,
        data_class=opening.data_class or plan.data_class,
        grade=opening.grade,
        parent=opening.parent,
        step=start.code,
        step_since=at,
        hold_post=post,
        hold_place=opening.hold_place or moving.place_of(post, opening.region.code),
        passages_count=1,
        opened_at=at,
        opened_on=day,
        limit_days=limit.days if limit else None,
        limit_unit=limit.unit if limit else "",
    )
