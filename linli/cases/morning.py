"""The morning digest: each working day one message to everybody who holds a post with something in its hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from linli.cases.models import Case
from linli.ground.clock import Calendar
from linli.notices.leaving import leave
from linli.notices.models import Notice, Silence
from linli.people.actors import Actor
from linli.people.models import Appointment
from linli.rulebook.reading import calendar
from linli.trail.writing import act

TEMPLATE = "staff.digest"
LINK = "inbox:mine"
FROM = time(8, 0)


@dataclass(frozen=True)
class Load:
    """What lies in the hands of a post: entered since the last working morning, due today, overdue, waiting."""

    fresh: int = 0
    today: int = 0
    late: int = 0
    waiting: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(
            self.fresh + other.fresh,
            self.today + other.today,
            self.late + other.late,
            self.waiting + other.waiting,
        )

    @property
    def is_empty(self) -> bool:
        """Nothing to tell."""
        return not (self.fresh or self.today or self.late or self.waiting)


@act
def leave_digests(*, by: Actor, at: datetime) -> int:
    """Leave the digest of this morning to everybody it concerns; returns how many were left.

    Nothing before eight o'clock, on rest days, a second time on one day, to who has silenced it, or where a post has
    nothing. Who holds several posts gets one message with the sum.
    """
    day = timezone.localdate(at)
    days = calendar()
    if timezone.localtime(at).time() < FROM or not days.is_working_day(day):
        return 0
    had = set(
        Notice.objects.filter(template=TEMPLATE, left_at__gte=_morning(day)).values_list(
            "to_person", flat=True
        )
    )
    silent = set(Silence.objects.filter(template=TEMPLATE).values_list("person", flat=True))
    loads = _of_persons(_of_posts(day, _morning(_working_day_before(day, days))), day)
    left = 0
    for person, load in sorted(loads.items()):
        if person not in had and person not in silent and not load.is_empty:
            values = {
                "day": day,
                "fresh": load.fresh,
                "today": load.today,
                "late": load.late,
                "waiting": load.waiting,
            }
            leave(template=TEMPLATE, to_person=person, values=values, link=LINK, by=by, at=at)
            left += 1
    return left


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, FROM))


def _working_day_before(day: date, days: Calendar) -> date:
    found = day - timedelta(days=1)
    while not days.is_working_day(found):
        found -= timedelta(days=1)
    return found


def _of_posts(day: date, since: datetime) -> dict[tuple[str, str], Load]:
    """Loads by post and place, in one statement."""
    running = Q(is_paused=False)
    rows = (
        Case.objects.open()
        .order_by()
        .values_list("hold_post", "hold_place")
        .annotate(
            fresh=Count("pk", filter=Q(step_since__gte=since)),
            today=Count("pk", filter=running & Q(next_due_on=day)),
            late=Count("pk", filter=running & Q(next_due_on__lt=day)),
            waiting=Count("pk", filter=Q(is_paused=True)),
        )
    )
    return {(post, place): Load(*counts) for post, place, *counts in rows}


def _of_persons(loads: dict[tuple[str, str], Load], day: date) -> dict[int, Load]:
    held: Iterable[tuple[int, str, str]] = (
        Appointment.objects.in_force(day)
        .filter(post__in={post for post, _ in loads})
        .values_list("person_id", "post", "place_id")
        .distinct()
    )
    found: dict[int, Load] = defaultdict(Load)
    for person, post, place in held:
        found[person] += loads.get((post, place), Load())
    return found
