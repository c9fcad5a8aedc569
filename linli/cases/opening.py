"""Opening a case: number, procedure edition, first passage, clock, notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from linli.cases import moving
from linli.cases.deadlines import compute
from linli.cases.models import Case, Counter, Hand
from linli.cases.procedures import Limit, Procedure, procedure_of
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


def next_number(region: Region, year: int) -> str:
    """The next public number under a community's letters: not guessable, never the row's number.

    Communities that share letters share the sequence, so that a number stands once in the whole installation.
    """
    found: CommunityProfile | None = getattr(region, "profile", None)
    letters = (found.number_letters if found else "") or "LL"
    return reference(letters, year, _counted(letters, year), bytes.fromhex(settings.KEYS.index))


def _counted(letters: str, year: int) -> int:
    """One more under the letters in the year, in one statement; its row stays locked until the act ends."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (letters, year, last) VALUES (%s, %s, 1)"  # noqa: S608
            f" ON CONFLICT (letters, year) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [letters, year],
        )
        return int(cursor.fetchone()[0])


@act
def open_case(*, opening: Opening, by: Actor, at: datetime) -> Case:
    """Open a case on the edition given and write its first passage (move ``opening.first_move``)."""
    plan = procedure_of(opening.procedure)
    case = _drawn(opening, plan, by, at)
    compute(case, on=case.opened_on)
    case.save(force_insert=True)
    Hand.objects.create(case=case, post=case.hold_post, place=case.hold_place)
    first = moving.Entered(opening.first_move, "", case.step, is_public=True)
    moving.write_passage(case, entered=first, by=by, at=at)
    if plan.filed_notice:
        moving.tell(case, plan.filed_notice, by=by, at=at)
    return case


def _drawn(opening: Opening, plan: Procedure, by: Actor, at: datetime) -> Case:
    """The case's row before its clock is computed."""
    start = plan.step(plan.start)
    day = timezone.localdate(at)
    limit = opening.limit or plan.limit
    post = opening.hold_post or start.post
    return Case(
        number=next_number(opening.region, day.year),
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
        hold_place=moving.place_of(post, opening.region.code),
        passages_count=1,
        opened_at=at,
        opened_on=day,
        limit_days=limit.days if limit else None,
        limit_unit=limit.unit if limit else "",
    )
