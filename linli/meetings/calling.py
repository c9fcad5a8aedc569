"""Calling a joint meeting, and reminding of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone

from linli.cases.models import Case
from linli.cases.opening import next_number
from linli.ground.said import Said
from linli.meetings.models import CAPACITIES, AgendaItem, Meeting, Seat
from linli.notices.leaving import leave
from linli.notices.models import Notice
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.people.roles import role
from linli.places.models import Region
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import act, append

# The four bodies that a joint meeting joins (domain: 四方联动).
FOUR = frozenset({"party", "committee", "owners", "property"})


@dataclass(frozen=True)
class Member:
    """A body asked to come: in which capacity, which post speaks for it (empty: none at the desk)."""

    organisation: Organisation
    capacity: str
    post: str = ""
    votes: bool = True


@dataclass(frozen=True)
class Line:
    """A line of the agenda, with its paper and the matter it is about."""

    title: str
    text: str = ""
    material: Document | None = None
    about: Case | None = None


@dataclass(frozen=True)
class Call:
    """When, where and about what."""

    title: str
    on: date
    begins: str
    venue: str
    agenda: Sequence[Line]


@act
def call(*, region: Region, called: Call, members: Sequence[Member], by: Actor, at: datetime) -> Meeting:
    """Call a joint meeting: every body is told at once, the rules of quorum and majority are kept as they stand today.

    All four bodies must be asked. A call later than the rule's days is taken and marked, for an urgent matter cannot
    wait.
    """
    by.require("meetings.call", region.code)
    today = timezone.localdate(at)
    _require_sound(called, members, today)
    quorum = rule("meetings.quorum_percent", place=region.code, on=today)
    majority = rule("meetings.majority_percent", place=region.code, on=today)
    days = int(rule("meetings.notice_days", place=region.code, on=today).value)
    meeting = Meeting.objects.create(
        number=next_number(region, today.year), region=region, title=called.title.strip(), on=called.on,
        begins=called.begins, venue=called.venue.strip(), called_at=at, called_on=today,
        notice_in_time=called.on >= today + timedelta(days=days), quorum_percent=int(quorum.value),
        quorum_operator=quorum.operator, majority_percent=int(majority.value), majority_operator=majority.operator,
        actor=by.actor_word, post=by.post,
    )  # fmt: skip
    Seat.objects.bulk_create(
        [
            Seat(meeting=meeting, organisation=one.organisation, capacity=one.capacity, post=one.post, votes=one.votes)
            for one in members
        ]
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=meeting, order=order, title=line.title.strip(), text=line.text.strip(),
                material=line.material, about=line.about,
            )
            for order, line in enumerate(called.agenda, start=1)
        ]
    )  # fmt: skip
    content = {
        "number": meeting.number,
        "on": called.on.isoformat(),
        "bodies": sorted(one.organisation.key for one in members),
        "agenda": len(called.agenda),
    }
    append(region=region.code, kind="meetings.meeting", row_key=meeting.number, content=content, at=at)
    _tell(meeting, "meetings.called", by, at)
    return meeting


def _require_sound(called: Call, members: Sequence[Member], today: date) -> None:
    if not called.title.strip() or not called.venue.strip():
        raise Said("meetings.title_and_place", field="title")
    if called.on < today:
        raise Said("meetings.day_passed", field="on")
    if not _is_clock(called.begins):
        raise Said("meetings.time_shape", field="begins")
    if not called.agenda or any(not line.title.strip() for line in called.agenda):
        raise Said("meetings.agenda_missing", field="agenda")
    _require_bodies(members)


def _require_bodies(members: Sequence[Member]) -> None:
    if FOUR - {one.capacity for one in members}:
        raise Said("meetings.four_bodies", field="members")
    if {one.capacity for one in members} - set(CAPACITIES):
        raise Said("meetings.capacity_unknown", field="members")
    for post in {one.post for one in members if one.post}:
        role(post)
    if len({one.organisation.pk for one in members}) != len(members):
        raise Said("meetings.body_twice", field="members")


def _is_clock(text: str) -> bool:
    hour, _, minute = text.partition(":")
    return hour.isdigit() and minute.isdigit() and len(text) == 5 and int(hour) < 24 and int(minute) < 60


def _tell(meeting: Meeting, template: str, by: Actor, at: datetime) -> int:
    """One notice to every post that speaks for a body."""
    values = {
        "title": meeting.title,
        "day": meeting.on,
        "time": meeting.begins,
        "place": meeting.venue,
    }
    posts = sorted({seat.post for seat in meeting.seats.all() if seat.post})
    for post in posts:
        leave(
            template=template, values=values, link=f"meeting:{meeting.number}", by=by, at=at,
            to_post=(post, meeting.region_id),
        )  # fmt: skip
    return len(posts)


@act
def remind(*, by: Actor, at: datetime) -> int:
    """Remind every body of tomorrow's meetings, once. Returns how many notices were left."""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    told = Notice.objects.filter(template="meetings.reminder", link=OuterRef("word"))
    due = Meeting.objects.filter(on=tomorrow, minutes=None).annotate(word=Concat(Value("meeting:"), "number"))
    return sum(_tell(meeting, "meetings.reminder", by, at) for meeting in due.filter(~Exists(told)))
