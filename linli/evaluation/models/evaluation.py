"""Evaluations: by whom, of what, what stands as actual values, what is claimed, what was found."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from linli.evaluation.models.goal import GoalDeclaration
from linli.evaluation.models.reading import READ, Reading, new_key
from linli.people.actors import Actor
from linli.records.models import Document
from linli.rulebook.models import Edition

EVALUATION_KINDS = ["self", "department", "finance", "third_party", "residents"]


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations."""

    def of(self, project: str, year: int) -> Self:
        """The evaluations of a project for a year, in the order in which they were opened."""
        return self.filter(
            project=project, first_on__lte=date(year, 12, 31), last_on__gte=date(year, 1, 1)
        ).order_by("id")

    def unsealed(self, on: date) -> Self:
        """Handed in, and the day until which all of them stay closed has come."""
        return self.filter(submission__isnull=False, due_on__lte=on)

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Evaluations of the actor's place: one's own always, those of others once they are unsealed."""
        if not actor.may(READ):
            return self.none()
        first, last = actor.span
        seen = Q(actor=actor.actor_word) | Q(submission__isnull=False, due_on__lte=on)
        return self.filter(seen, region__gte=first, region__lte=last)


class Evaluation(models.Model):
    """One evaluation of a project by one party, under one edition of a frame, closed to the others until it is due."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "project": "P0", "region": "P0", "kind": "P0", "evaluator": "P0", "actor": "P1", "post": "P0",
        "place": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    project = models.CharField(max_length=40, help_text="public number of the project")
    region = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in EVALUATION_KINDS])
    frame = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    goals = models.ForeignKey(
        GoalDeclaration, null=True, on_delete=models.PROTECT, related_name="evaluations"
    )
    evaluator = models.CharField(max_length=120, help_text="the body that evaluates, never a person's name")
    first_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField()
    seed = models.BigIntegerField(help_text="seed of the weightings drawn")
    opened_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12, blank=True)

    objects = models.Manager.from_queryset(EvaluationQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["project", "first_on"], name="evaluation_by_project")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EVALUATION_KINDS), name="evaluation_kind_known"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="evaluation_span_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} evaluation of {self.project}"


class Actual(models.Model):
    """The reading that stands as an indicator's actual value, or that it does not apply and why. The newest counts."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"indicator": "P0", "reason": "P0", "actor": "P1"}

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="actuals")
    indicator = models.CharField(max_length=80)
    reading = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, help_text="why the indicator does not apply")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reading__isnull=False, reason="") | (Q(reading=None) & ~Q(reason="")),
                name="an_actual_is_a_reading_or_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.evaluation_id}"


class Claim(models.Model):
    """Points that a paper or the evaluated body claims, for an indicator or for a whole part of the frame."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"part": "P0", "source": "P0", "actor": "P1"}

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="claims")
    part = models.CharField(max_length=80, blank=True, help_text="code in the frame; empty: the whole")
    points = models.PositiveIntegerField(help_text="hundredths of a point")
    source = models.TextField(help_text="where it is claimed")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.points} for {self.part or 'the whole'}"


class Finding(models.Model):
    """A good practice, a problem, or advice that answers a problem, as an evaluation states it."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "indicator": "P0", "text": "P1", "actor": "P1"}

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(
        max_length=10, choices=[(kind, kind) for kind in ("practice", "problem", "advice")]
    )
    indicator = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="advice")
    paper = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:20]}"
