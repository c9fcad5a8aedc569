"""Tasks of a carried resolution: each is a case in the one inbox; its result comes back to the meeting's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.procedures import Limit
from linli.ground.said import Said
from linli.meetings.models import Resolution, Seat, Task
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.rulebook.publishing import edition
from linli.trail.writing import act, append

PROCEDURE = "joint_task"
VERB = "meetings.tasking.assign"
CALL = "meetings.call"


@dataclass(frozen=True)
class Asked:
    """A task: which body does what by which day."""

    seat: Seat
    text: str
    due_on: date


@act
def assign(*, resolution: Resolution, asked: Asked, by: Actor, at: datetime) -> Task:
    """Give a body a task from a carried resolution. Its post at the desk gets it, with a last day.

    A day that falls on a public holiday moves to the next working day, as every promised day does.
    """
    meeting = resolution.item.meeting
    by.require(CALL, meeting.region_id)
    today = timezone.localdate(at)
    if not resolution.carried:
        raise Said("meetings.not_carried")
    if asked.seat.meeting_id != meeting.pk or not asked.seat.post:
        raise Said("meetings.seat_without_post", field="seat")
    if not asked.text.strip():
        raise Said("meetings.task_text", field="text")
    if asked.due_on <= today:
        raise Said("meetings.task_day", field="due_on")
    sheet = edition("procedures", PROCEDURE, today)
    opening = Opening(
        procedure=sheet, subject="joint_meeting", title=asked.text.strip()[:120], region=meeting.region, channel="desk",
        limit=Limit((asked.due_on - today).days, "natural"), hold_post=by.post,
    )  # fmt: skip
    case = open_case(opening=opening, by=by, at=at)
    advance(case, move_to(asked.seat.post), by=by, at=at, words=MoveWords(verb=VERB))
    task = Task.objects.create(case=case, resolution=resolution, seat=asked.seat, text=asked.text.strip())
    content = {
        "case": case.number,
        "meeting": meeting.number,
        "item": resolution.item.order,
        "post": asked.seat.post,
        "due": case.due_on.isoformat() if case.due_on else "",
    }
    append(region=meeting.region_id, kind="meetings.task", row_key=case.number, content=content, at=at)
    values = {"title": case.title, "number": case.number, "due": case.due_on}
    leave(
        template="meetings.task", values=values, link=f"case:{case.number}", by=by, at=at,
        to_post=(case.hold_post, case.hold_place),
    )  # fmt: skip
    return task


def move_to(post: str) -> str:
    """The sheet's move that puts a task into the hands of a post. Raises ``Said('meetings.post_without_step')``."""
    moves = {"party_secretary", "committee_director", "committee_member", "owners_director", "property_manager",
             "grid_worker", "clerk", "street_officer"}  # fmt: skip
    if post not in moves:
        raise Said("meetings.post_without_step", field="seat", post=post)
    return f"to_{post}"


@act
def send_back(*, task: Task, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """What was reported is not enough: back to the same post with a reason."""
    by.require(CALL, task.case.region_id)
    if not reason.strip():
        raise Said("meetings.reason_missing", field="opinion")
    words = MoveWords(reason, verb=VERB, seen=seen)
    return advance(task.case, move_to(task.seat.post), by=by, at=at, words=words)


def result_of(case: Case) -> str:
    """The last thing the body reported, for the meeting's page; empty before."""
    passage = case.passages.filter(move="report").select_related("opinion").order_by("-number").first()
    opinion = getattr(passage, "opinion", None)
    return opinion.text if opinion else ""
