"""Tasks pushed down to a community: with basis, cost and deadline, or not at all; refusable with the list as reason.

Source: 城市居民委员会组织法（2025年修订）第四十三条 (entrusted matters need a legal basis, the entrusting department
pays); lists of duties and assisting matters by the local government.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.cases.bodies import PushedTask
from linli.cases.duties import Duties, duties_for
from linli.cases.models import Case, Hand, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.places.models import Region
from linli.rulebook.parsing import parsed
from linli.rulebook.publishing import edition
from linli.trail.writing import act, append

RIGHT = "cases.push"
SHEET = "pushed_task"
REFUSE = "cases.pushing.refuse_task"


@dataclass(frozen=True)
class Pushed:
    """A task as the place above states it; ``cost_cents`` is what it takes, ``paid_by`` whose money that is."""

    title: str
    words: str
    region: Region
    basis: str
    cost_cents: int | None
    paid_by: str
    wanted_by: date | None
    duty: str = ""


@act
def push_task(*, task: Pushed, by: Actor, at: datetime) -> Case:
    """Give a community a task. Refused without basis, cost (nought must be said) with payer, and deadline to come."""
    by.require(RIGHT, task.region.code)
    day = timezone.localdate(at)
    cost_cents, wanted_by = _complete(task, day)
    duties, sheet = duties_for(place=task.region.code, on=day)
    if task.duty:
        sheet.line(task.duty)
    opening = Opening(
        procedure=edition("procedures", SHEET, day), subject=SHEET, title=task.title.strip(), region=task.region,
        channel="above", first_move="push", words=task.words.strip(),
    )  # fmt: skip
    case = open_case(opening=opening, by=by, at=at)
    row = PushedTask.objects.create(
        case=case, from_post=by.post, from_place=by.place, basis=task.basis.strip(), cost_cents=cost_cents,
        paid_by=task.paid_by.strip(), wanted_by=wanted_by, duties=duties, duty=task.duty,
    )  # fmt: skip
    Hand.objects.bulk_create([Hand(case=case, post=by.post, place=by.place)], ignore_conflicts=True)
    append(
        region=case.region_id,
        kind="cases.pushed_task",
        row_key=case.number,
        content=content(case, row),
        at=at,
    )
    values = {"title": case.title, "number": case.number, "due": task.wanted_by}
    to_post = (case.hold_post, case.hold_place)
    leave(template="task.pushed", to_post=to_post, values=values, link=f"case:{case.number}", by=by, at=at)
    return case


def _complete(task: Pushed, day: date) -> tuple[int, date]:
    """Cost and deadline of a task that lacks nothing."""
    stated = {"title": task.title, "words": task.words, "basis": task.basis, "paid_by": task.paid_by}
    for name, value in stated.items():
        if not value.strip():
            raise Said("cases.task_incomplete", field=name)
    if task.cost_cents is None:
        raise Said("cases.task_incomplete", field="cost")
    if task.wanted_by is None:
        raise Said("cases.task_incomplete", field="wanted_by")
    if task.wanted_by <= day:
        raise Said("cases.task_deadline", field="wanted_by", day=day)
    if task.cost_cents < 0:
        raise Said("cases.task_cost", field="cost")
    return task.cost_cents, task.wanted_by


def content(case: Case, row: PushedTask) -> dict[str, object]:
    """What the ledger's digest of a pushed task covers."""
    return {
        "case": case.number, "from": row.from_post, "place": row.from_place, "basis": row.basis,
        "cost_cents": row.cost_cents, "paid_by": row.paid_by, "wanted_by": row.wanted_by.isoformat(), "duty": row.duty,
    }  # fmt: skip


def lists_of(row: PushedTask) -> Duties:
    """The duty lists the task was pushed under."""
    return parsed(row.duties_id, Duties)


@act
def refuse_task(
    *, case: Case, reason: str, words: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """The committee refuses a task: a line of what is not the community's, or a ground, and why. Those above are told."""
    row = case.pushed
    line = next((one for one in lists_of(row).refusable if one.code == reason), None)
    if line is None:
        raise Said("cases.duty_unknown", field="reason", code=reason)
    passage = advance(case, "refuse", by=by, at=at, words=MoveWords(words, REFUSE, seen=seen, reason=reason))
    values = {"title": case.title, "number": case.number, "reason": line.title.zh}
    to_post = (row.from_post, row.from_place)
    leave(template="task.refused", to_post=to_post, values=values, link=f"case:{case.number}", by=by, at=at)
    return passage
