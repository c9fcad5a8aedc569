"""What shows that a project was done: acceptance, audit, disclosure at its gates, and what reports claim of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.projects.models.money import Expenditure
from linli.projects.models.project import Project


class Acceptance(models.Model):
    """An acceptance (验收): panel, what was planned and what was done item by item, conclusion, defects."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "panel": "P1", "items": "P0", "conclusion": "P0", "defects": "P0", "actor": "P1",
    }  # fmt: skip

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="acceptances")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    panel = models.JSONField(help_text="posts and bodies that took part")
    items = models.JSONField(help_text="item, unit, planned, done; numbers as decimal text")
    conclusion = models.CharField(max_length=10, choices=[("passed", "passed"), ("defects", "defects")])
    defects = models.TextField(blank=True)
    remedy_by = models.DateField(null=True, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_acceptance_per_number"),
            models.CheckConstraint(
                condition=Q(conclusion="passed") | Q(conclusion="defects", remedy_by__isnull=False),
                name="defects_have_a_day_to_remedy",
            ),
        ]

    def __str__(self) -> str:
        return f"acceptance {self.number} of {self.project_id}"


class Audit(models.Model):
    """An audit (审计): body, report number, opinion, findings with amounts, and the entries it doubts."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "body": "P0", "report_number": "P0", "opinion": "P0", "findings": "P0", "actor": "P1",
    }  # fmt: skip

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="audits")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    body = models.CharField(max_length=80)
    report_number = models.CharField(max_length=60, blank=True)
    opinion = models.CharField(max_length=12)
    findings = models.JSONField(default=list, help_text="title, amount in fen, whether it must be put right")
    doubted = models.ManyToManyField(Expenditure, related_name="doubts", blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_audit_per_number"),
            models.CheckConstraint(
                condition=Q(opinion__in=["clean", "qualified", "adverse", "disclaimed"]),
                name="audit_opinion_known",
            ),
        ]

    def __str__(self) -> str:
        return f"audit {self.number} of {self.project_id}"


class GateQuerySet(models.QuerySet["Gate"]):
    """Disclosure gates."""

    def open(self) -> GateQuerySet:
        """Not yet published."""
        return self.filter(published_on=None)

    def overdue(self, *, on: date) -> GateQuerySet:
        """Not published and past their day."""
        return self.open().filter(due_on__lt=on)


class Gate(models.Model):
    """A point of the project's life that must be disclosed: approval, receipt, each quarter, close."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "publication": "P0"}

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gates")
    kind = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(default=1)
    reached_on = models.DateField()
    due_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=60, blank=True, help_text="word of the publication")

    objects = models.Manager.from_queryset(GateQuerySet)()

    class Meta:
        ordering = ["project", "reached_on", "id"]
        indexes = [models.Index(fields=["due_on"], name="gate_by_due_day")]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "number"], name="one_gate_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["approval", "receipt", "quarter", "close"]), name="gate_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.project_id}"


class Statement(models.Model):
    """Something a report says about the project, in our own words, with the place it was taken from.

    A statement is no proof. ``claimed_points`` and ``of_points`` are hundredths of a point; ``on`` is null where
    no day is stated.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "layer": "P0", "kind": "P0", "point": "P0", "text": "P0", "level": "P0", "grade": "P0", "reference": "P0",
    }  # fmt: skip

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    layer = models.CharField(max_length=10, help_text="programme or project")
    kind = models.CharField(max_length=20)
    point = models.CharField(max_length=40)
    text = models.JSONField(help_text='{"zh": …, "en": …}')
    level = models.CharField(max_length=12, blank=True)
    on = models.DateField(null=True, blank=True)
    claimed_points = models.PositiveIntegerField(null=True, blank=True)
    of_points = models.PositiveIntegerField(null=True, blank=True)
    share_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=40)

    class Meta:
        ordering = ["project", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_statement_per_number")]

    def __str__(self) -> str:
        return f"{self.point} ({self.reference})"
