"""What the formulas gave for an evaluation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.evaluation.models.evaluation import Evaluation
from linli.evaluation.models.reading import Reading, new_key


class Score(models.Model):
    """What the formulas gave for an evaluation at a moment, in hundredths of a point. Scored again = a new row."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "grade": "P0", "parts": "P0", "dropped": "P0", "code_version": "P0", "actor": "P1", "post": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="scores")
    proven = models.IntegerField()
    claimed = models.IntegerField()
    without_evidence = models.IntegerField()
    low = models.IntegerField()
    high = models.IntegerField()
    total = models.IntegerField()
    grade = models.CharField(max_length=20)
    held = models.IntegerField(null=True, help_text="of how many weightings drawn the grade holds")
    draws = models.IntegerField(null=True)
    concentration = models.IntegerField(null=True)
    likely_low = models.IntegerField(null=True, help_text="5 per cent point over the weightings")
    likely_high = models.IntegerField(null=True, help_text="95 per cent point over the weightings")
    parts = models.JSONField(help_text="totals of every part of the frame by code")
    dropped = models.JSONField(default=list, help_text="indicators that do not apply")
    code_version = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.proven / 100} of {self.total / 100}"


class Mark(models.Model):
    """What one indicator got, from which reading, or which gap it leaves. Points in hundredths."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"indicator": "P0", "gap": "P0"}

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="marks")
    order = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=80)
    reading = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="+")
    points = models.IntegerField()
    weight = models.IntegerField()
    claimed = models.IntegerField()
    low = models.IntegerField()
    high = models.IntegerField()
    gap = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.indicator}: {self.points / 100}"


class Submission(models.Model):
    """An evaluation handed in with the score that stands; after it nothing more is entered."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"actor": "P1", "post": "P0"}

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="submission")
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"submission of {self.evaluation_id}"
