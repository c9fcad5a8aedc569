"""A meeting, who sits in it, what is on its agenda, what was said and resolved, and the tasks that follow."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region
from linli.records.models import Document

CAPACITIES = ["party", "committee", "owners", "property", "police", "unit", "residents", "street"]
STANCES = ["agree", "against", "abstain", "remark"]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def within(self, first: str, last: str) -> MeetingQuerySet:
        """Of a region's subtree."""
        return self.filter(region_id__gte=first, region_id__lte=last)

    def coming(self, on: date) -> MeetingQuerySet:
        """Not held yet on a day, soonest first."""
        return self.filter(on__gte=on, minutes=None).order_by("on", "id")

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """Meetings of the place for posts that read them; those in which the actor's body has a seat."""
        allowed = Q(pk__in=[])
        if actor.may("meetings.read"):
            first, last = actor.span
            allowed |= Q(region_id__gte=first, region_id__lte=last)
        if actor.organisation_id:
            seats = Seat.objects.filter(
                meeting=OuterRef("pk"), organisation=actor.organisation_id, post=actor.post
            )
            allowed |= Q(Exists(seats))
        return self.filter(allowed)


class Meeting(models.Model):
    """A meeting as called. ``due_words`` tells the rules of quorum and majority in force on the day of the call."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P1", "kind": "P0", "title": "P1", "venue": "P1", "begins": "P1", "actor": "P1", "post": "P1",
        "quorum_operator": "P0", "majority_operator": "P0",
    }  # fmt: skip

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=20, default="joint", help_text="joint (联席会议)")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    on = models.DateField()
    begins = models.CharField(max_length=5, help_text="HH:MM")
    venue = models.CharField(max_length=80)
    called_at = models.DateTimeField()
    called_on = models.DateField()
    notice_in_time = models.BooleanField(help_text="called as many days before as the rule asks")
    quorum_percent = models.PositiveSmallIntegerField()
    quorum_operator = models.CharField(max_length=12)
    majority_percent = models.PositiveSmallIntegerField()
    majority_operator = models.CharField(max_length=12)
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "-on"], name="meeting_by_region")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["joint"]), name="meeting_kind_known"),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100, majority_percent__lte=100), name="meeting_percents"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Seat(models.Model):
    """A body's seat in a meeting: in which capacity, and the post that is told, signs and gets tasks for it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"capacity": "P1", "post": "P1"}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12)
    post = models.CharField(max_length=60, blank=True, help_text="empty: a body without a post at the desk")
    votes = models.BooleanField(default=True, help_text="counts for quorum and majority")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="one_seat_per_body"),
            models.CheckConstraint(condition=Q(capacity__in=CAPACITIES), name="seat_capacity_known"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.capacity}"


class AgendaItem(models.Model):
    """A line of the agenda as announced; nothing is resolved that was not announced."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"title": "P1", "text": "P1"}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    material = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(
        Case,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the matter it is about",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="one_line_per_place")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.order}"


class Roll(models.Model):
    """Who came for a seat (点名): present, by deputy, excused or absent. Written once."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"state": "P1", "who": "P1", "actor": "P1"}

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="roll")
    state = models.CharField(max_length=8)
    who = models.CharField(max_length=40, blank=True, help_text="who sat there")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["present", "deputy", "excused", "absent"]), name="roll_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.state}"


class Position(models.Model):
    """What a body said to a line of the agenda, and where it stands (表态)."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"stance": "P1", "text": "P1", "actor": "P1"}

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="positions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=8)
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="one_position_per_seat"),
            models.CheckConstraint(condition=Q(stance__in=STANCES), name="position_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stance}"


class Resolution(models.Model):
    """What was resolved on a line of the agenda, with the counts it rests on. Not carried is recorded too."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"text": "P1", "actor": "P1"}

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="resolution")
    text = models.TextField()
    present = models.PositiveSmallIntegerField()
    agree = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    carried = models.BooleanField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"resolution on {self.item_id}"


class Task(models.Model):
    """A task that a carried resolution gave to a body: its case waits in the same inbox as everything else."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"text": "P1"}

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="tasks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"task {self.case_id}"


class Minutes(models.Model):
    """The minutes (会议纪要) as written; the signatures stand for exactly this text by its digest."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"text": "P1", "digest": "P0", "actor": "P1"}

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    had_quorum = models.BooleanField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"


class Signature(models.Model):
    """A body's signature under the minutes, made by its post at the desk."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"digest": "P0", "actor": "P1", "post": "P1"}

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="signature")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.minutes_id} signed for {self.seat_id}"
