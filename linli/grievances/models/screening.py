"""Regular screening for conflicts: rounds, conflicts, looks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.people.actors import Actor
from linli.places.models import Region
from linli.rulebook.models import Edition


class ScreeningRound(models.Model):
    """One regular look for conflicts in a community (矛盾纠纷排查): when it began, by when, who ended it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "occasion": "P1", "opened_by": "P2", "closed_by": "P2", "summary": "P2",
    }  # fmt: skip

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    occasion = models.CharField(max_length=60, blank=True, help_text="empty: the regular cycle")
    opened_on = models.DateField()
    due_on = models.DateField()
    opened_by = models.CharField(max_length=60)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="round_numbered_once"),
            models.UniqueConstraint(fields=["region"], condition=Q(closed_on=None),
            name="one_open_round_per_community"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"round {self.region_id}/{self.number}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Conflicts found by screening."""

    def visible_to(self, actor: Actor) -> ConflictQuerySet:
        """Those of the actor's place, for posts that screen."""
        if not actor.may("grievances.screen"):
            return self.none()
        first, last = actor.span
        return self.filter(region_id__gte=first, region_id__lte=last)

    def due(self, *, on: date) -> ConflictQuerySet:
        """Open and to be looked at again by a day."""
        return self.filter(closed_on=None, next_on__lte=on)


class Conflict(models.Model):
    """A conflict found in a round: kind, risk by declared criteria, owner, measures, next look, closing."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P1", "kind": "P2", "text": "P3", "criteria": "P2", "risk": "P2", "owner_post": "P1", "measures": "P3",
        "entered_by": "P2", "closing": "P3",
    }  # fmt: skip

    key = models.CharField(max_length=40, unique=True)
    round = models.ForeignKey(ScreeningRound, on_delete=models.PROTECT, related_name="conflicts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    classes = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    text = models.TextField()
    parties = models.PositiveSmallIntegerField()
    criteria = models.JSONField(default=list)
    risk = models.CharField(max_length=10)
    owner_post = models.CharField(max_length=60)
    measures = models.TextField()
    next_on = models.DateField()
    entered_by = models.CharField(max_length=60)
    entered_on = models.DateField()
    looks_count = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    closing = models.TextField(blank=True)

    objects = models.Manager.from_queryset(ConflictQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "next_on"], name="conflict_by_look", condition=Q(closed_on=None))
        ]

    def __str__(self) -> str:
        return self.key


class ConflictLook(models.Model):
    """One look at a conflict after it was entered: the risk then, what was done, when next."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"risk": "P2", "criteria": "P2", "measures": "P3", "actor": "P2"}

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="looks")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=60)
    risk = models.CharField(max_length=10)
    criteria = models.JSONField(default=list)
    measures = models.TextField()
    next_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conflict", "number"], name="look_numbered_once")]

    def __str__(self) -> str:
        return f"{self.conflict_id}#{self.number}"
