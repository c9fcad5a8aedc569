"""The goals of a project as they were declared, and their approval."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.evaluation.models.reading import new_key
from linli.rulebook.models import Edition


class GoalDeclaration(models.Model):
    """The goals of a project for a period, as declared under one edition of a frame, with what the linter said."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "project": "P0", "region": "P0", "findings": "P0", "actor": "P1", "post": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    project = models.CharField(max_length=40, help_text="public number of the project")
    region = models.CharField(max_length=12)
    frame = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    findings = models.JSONField(default=list, help_text="what the goal linter found when they were declared")
    declared_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["project", "-id"], name="goals_by_project")]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="goal_span_in_order")
        ]

    def __str__(self) -> str:
        return f"goals of {self.project} {self.first_on}–{self.last_on}"


class DeclaredIndicator(models.Model):
    """One declared goal: an indicator with the project's own words, target, baseline (last year's actual) and weight."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "code": "P0", "goal": "P0", "unit": "P0", "operator": "P0", "source": "P0", "declared": "P0",
    }  # fmt: skip

    declaration = models.ForeignKey(GoalDeclaration, on_delete=models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    goal = models.TextField(help_text="the goal in the project's words")
    unit = models.CharField(max_length=40, blank=True)
    operator = models.CharField(max_length=10, blank=True)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    baseline = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    weight = models.PositiveIntegerField(help_text="hundredths of a point")
    source = models.TextField(blank=True, help_text="where the evidence will come from")
    declared = models.JSONField(help_text="all that was declared, as linting.DeclaredGoal reads it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "code"], name="an_indicator_is_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.operator}{self.target}"


class GoalApproval(models.Model):
    """That a declaration was approved, by whom and when."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"actor": "P1", "post": "P0", "place": "P0"}

    declaration = models.OneToOneField(GoalDeclaration, on_delete=models.PROTECT, related_name="approval")
    approved_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"approval of {self.declaration_id}"
