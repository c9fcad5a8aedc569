"""Publications as shown, their taking down, and objections."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Region
from linli.rulebook.models import Edition

OUTCOMES = ["upheld", "partly", "dismissed"]
GROUNDS = ["over", "privacy", "ordered", "mistake"]


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications."""

    def within(self, first: str, last: str) -> PublicationQuerySet:
        """Publications of a region's subtree, by index range."""
        return self.filter(region_id__gte=first, region_id__lte=last)

    def showing(self, on: date) -> PublicationQuerySet:
        """Shown on a day: begun, not over, not taken down, not replaced by a correction."""
        replaced = Exists(Publication.objects.filter(previous=OuterRef("pk"), from_on__lte=on))
        down = Exists(TakenDown.objects.filter(publication=OuterRef("pk"), on__lte=on))
        return self.filter(~down, ~replaced, from_on__lte=on, until_on__gte=on)

    def about(self, source: str) -> PublicationQuerySet:
        """Publications that show the matter of a word such as ``case:NUMBER`` or ``project:CODE``."""
        return self.filter(source=source)

    def visible_to(self, actor: Actor) -> PublicationQuerySet:
        """What is published is public (P0): everybody may read it."""
        return self if actor.sees("P0") == "all" else self.none()


class Publication(models.Model):
    """One public showing (公示、公开): the masked text exactly as shown, where, from when to when. Never edited."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P0", "title": "P0", "body": "P0", "board": "P0", "source": "P0", "correction": "P0", "actor": "P1",
        "post": "P0", "place": "P0",
    }  # fmt: skip

    number = models.CharField(max_length=24, unique=True)
    item = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    body = models.JSONField(
        help_text='{"lead": text, "rows": [{"code", "label": {"zh","en"}, "value": {"zh","en"}}]}'
    )
    board = models.CharField(max_length=120, help_text="where it hangs, beside the portal")
    source = models.CharField(max_length=80, help_text="word of the matter: case:NUMBER, project:CODE")
    event_on = models.DateField(help_text="day of the decision or fact that is shown")
    duty_on = models.DateField(null=True, blank=True, help_text="last day by which it had to be shown")
    at = models.DateTimeField()
    from_on = models.DateField()
    until_on = models.DateField(help_text="last day shown")
    minimum_days = models.PositiveIntegerField()
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction_of"
    )
    correction = models.CharField(max_length=200, blank=True, help_text="what was corrected and why")
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12)

    objects = models.Manager.from_queryset(PublicationQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "-from_on", "-id"], name="publication_by_region"),
            models.Index(fields=["source"], name="publication_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="publication_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(previous=None, correction="") | Q(previous__isnull=False) & ~Q(correction=""),
                name="publication_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TakenDown(models.Model):
    """A publication taken down: when, by whom, on what ground. ``is_early`` marks one below its minimum days."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"ground": "P0", "reason": "P0", "actor": "P1", "post": "P0"}

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="taken_down")
    at = models.DateTimeField()
    on = models.DateField()
    days = models.PositiveIntegerField(help_text="days it was shown")
    is_early = models.BooleanField()
    ground = models.CharField(max_length=12, choices=[(word, word) for word in GROUNDS])
    reason = models.CharField(max_length=200)
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=GROUNDS), name="taken_down_ground_known")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} down {self.on}"


def new_key() -> str:
    """A public word for an objection that says nothing and cannot be guessed."""
    return secrets.token_hex(6)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Objections."""

    def open(self) -> ObjectionQuerySet:
        """Not answered yet."""
        return self.filter(answer=None)

    def overdue(self, *, on: date) -> ObjectionQuerySet:
        """Open past their last day."""
        return self.open().filter(due_on__lt=on)

    def against(self, source: str) -> ObjectionQuerySet:
        """Objections to any publication of a matter."""
        return self.filter(publication__source=source)

    def visible_to(self, actor: Actor) -> ObjectionQuerySet:
        """One's own; and for the posts that sign publications, those of their place."""
        own = Q(filed_by=actor.actor_word)
        if actor.person_id:
            own |= Q(person=actor.person_id)
        if actor.may("disclosure.publish") and actor.sees("P2") in {"all", "place", "in_hand"}:
            first, last = actor.span
            own |= Q(publication__region_id__gte=first, publication__region_id__lte=last)
        return self.filter(own)


class Objection(models.Model):
    """What somebody objects to a publication, with the day by which it must be answered. The text is erasable."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "text": "P2", "salt": "P0", "channel": "P1", "filed_by": "P2",
    }  # fmt: skip

    key = models.CharField(max_length=12, unique=True, default=new_key)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_by = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    text = models.TextField()
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    on = models.DateField()
    due_on = models.DateField()

    objects = models.Manager.from_queryset(ObjectionQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["publication", "on"], name="objection_by_publication")]

    def __str__(self) -> str:
        return self.key


class Answer(models.Model):
    """The answer to an objection, shown with the publication; a wrong answer is followed by a correction, not edited."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"outcome": "P0", "text": "P0", "actor": "P1", "post": "P0"}

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=[(word, word) for word in OUTCOMES])
    text = models.TextField()
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="answer_outcome_known")]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.outcome}"
