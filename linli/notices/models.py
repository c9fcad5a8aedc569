"""Messages to people, their ways out, and the marks of the clock."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from linli.people.actors import Actor
from linli.people.models import Person

CHANNELS = ("inapp", "email", "sms", "wecom")


def new_key() -> str:
    """A word that says nothing and cannot be guessed."""
    return secrets.token_hex(8)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_actor(self, actor: Actor) -> Self:
        """Messages to the actor's person, and to its post at its place.

        Two searches by index joined into one: for one condition over both, SQLite reads every message there is.
        """
        rows = Notice.objects.order_by().values("pk")
        to_post = rows.filter(to_post=actor.post, to_place=actor.place) if actor.place else None
        to_person = rows.filter(to_person_id=actor.person_id) if actor.person_id is not None else None
        if to_post is not None and to_person is not None:
            return self.filter(pk__in=to_post.union(to_person))
        if to_post is None and to_person is None:
            return self.none()
        return self.filter(pk__in=to_post if to_person is None else to_person)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """A message to one person, or to whoever holds a post at a place: a template's word and values for its blanks."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "template": "P0", "to_post": "P0", "to_place": "P0", "values": "P2", "link": "P1",
        "left_by": "P1", "read_by": "P1",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    template = models.CharField(max_length=60)
    to_person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    to_post = models.CharField(max_length=60, blank=True)
    to_place = models.CharField(max_length=12, blank=True)
    values = models.JSONField(default=dict)
    link = models.CharField(
        max_length=80, blank=True, help_text="a word such as case:NUMBER, resolved by the door"
    )
    left_by = models.CharField(max_length=60)
    left_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=60, blank=True)

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes = [
            models.Index(fields=["to_person", "-id"], name="notice_by_person"),
            models.Index(fields=["to_post", "to_place", "-id"], name="notice_by_post"),
            models.Index(fields=["left_at"], name="notice_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_person__isnull=False, to_post="", to_place="")
                | (Q(to_person=None) & ~Q(to_post="") & ~Q(to_place="")),
                name="a_notice_has_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.link}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> Self:
        """Waiting, and their next attempt has come."""
        return self.filter(state="pending", next_try_at__lte=at)


class Delivery(models.Model):
    """One way a notice goes out. Its key is the message's own word, so that a repeated message can be told."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"key": "P0", "channel": "P0", "state": "P0", "last_fault": "P0"}

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=10, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_fault = models.CharField(max_length=60, blank=True, help_text="a word, never a server's text")

    objects = models.Manager.from_queryset(DeliveryQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="pending"), name="delivery_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="a_notice_goes_out_once_per_channel"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="a_delivery_has_a_known_channel"),
            models.CheckConstraint(
                condition=Q(state__in=("pending", "failed"), sent_at=None)
                | Q(state="sent", sent_at__isnull=False),
                name="a_sent_delivery_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Follower(models.Model):
    """Somebody who is told whatever the person of a matter is told: an agent with a mandate, a guardian."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"link": "P1", "ground": "P1"}

    link = models.CharField(max_length=80, help_text="the word of the matter, such as case:NUMBER")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=20, help_text="agent or guardian")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "person"], name="one_follower_per_matter"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=models.F("since_at")),
                name="a_follower_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} of {self.link}"


class Silence(models.Model):
    """A person does not want the notices of one template (such as the morning digest); a row is the wish."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"template": "P0"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=60)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "template"], name="one_silence_per_template")
        ]

    def __str__(self) -> str:
        return f"{self.template} silenced"


class Wording(models.Model):
    """A template's text as an officer worded it, from a moment on; the edition of the rulebook holds the same words.

    A notice is shown in the words that were in force when it was left.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"template": "P0", "said": "P0", "actor": "P1", "post": "P0"}

    template = models.CharField(max_length=60)
    edition = models.PositiveIntegerField(help_text="number of the edition under the kind notices")
    said = models.JSONField(
        help_text="title, body, plain: each with zh and en; empty: the packaged words again"
    )
    from_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes = [models.Index(fields=["template", "from_at"], name="wording_by_template")]

    def __str__(self) -> str:
        return f"{self.template} #{self.edition}"


class ClockMark(models.Model):
    """When a task of the timetable was last done."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"task": "P0", "last_result": "P0"}

    task = models.CharField(max_length=80, unique=True)
    last_done_at = models.DateTimeField()
    last_result = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.task
