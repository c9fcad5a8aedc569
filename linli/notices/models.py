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
        """Messages to the actor's person, and to its post at its place."""
        mine = Q(to_post=actor.post, to_place=actor.place) if actor.place else Q(pk__in=[])
        if actor.person_id is not None:
            mine |= Q(to_person_id=actor.person_id)
        return self.filter(mine)

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


class ClockMark(models.Model):
    """When a task of the timetable was last done."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"task": "P0", "last_result": "P0"}

    task = models.CharField(max_length=80, unique=True)
    last_done_at = models.DateTimeField()
    last_result = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.task
