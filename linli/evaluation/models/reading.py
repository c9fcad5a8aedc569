"""Readings and the evidence lists behind them."""

from __future__ import annotations

import secrets
from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from linli.evaluation.recounting import exact_value
from linli.people.actors import Actor

READ = "evaluation.read"
READING_KINDS = ["measured", "surveyed", "attested", "derived"]


def new_key() -> str:
    """A public word for a row that says nothing about it and cannot be guessed."""
    return secrets.token_hex(6)


class EvidenceList(models.Model):
    """The rows that made a number, as the compressed table they were on the day; the same list is kept once."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"digest": "P0"}

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    packed = models.BinaryField(help_text="the table of recounting.evidence_csv, compressed (zlib)")

    def __str__(self) -> str:
        return f"{self.count} rows {self.digest[:12]}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Readings."""

    def visible_to(self, actor: Actor) -> Self:
        """Readings of the actor's place, where the role reads evaluations."""
        first, last = actor.span
        return self.filter(region__gte=first, region__lte=last) if actor.may(READ) else self.none()

    def of_span(self, word: str, region: str, first: date, last: date) -> Self:
        """Every reading of one thing, place and span, newest first."""
        return self.filter(word=word, region=region, first_on=first, last_on=last).order_by("-id")


class Reading(models.Model):
    """A fact about a moment: what a measure, a survey, a named person or a formula gave for a place and a span.

    ``whole``, ``part``, ``total``, ``base`` are the counts behind a measured value (see ``recounting.Taken``);
    ``value`` is written to six decimals, ``exact`` is the fraction the formulas take.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "kind": "P0", "word": "P0", "counting": "P0", "per": "P0", "region": "P0", "unit": "P0",
        "evidence_digest": "P0", "evidence_kinds": "P0", "rule_edition": "P0", "formula": "P0", "about": "P0",
        "algorithm": "P0", "code_version": "P0", "actor": "P1", "post": "P0", "place": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in READING_KINDS])
    word = models.CharField(max_length=80, help_text="measure, survey question or attested indicator")
    counting = models.CharField(
        max_length=10, blank=True, help_text="share, count, sum, mean, median, distinct, rate"
    )
    per = models.CharField(max_length=12, blank=True)
    region = models.CharField(max_length=12)
    first_on = models.DateField()
    last_on = models.DateField()
    unit = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    whole = models.BigIntegerField(null=True)
    part = models.BigIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    base = models.BigIntegerField(null=True)
    margin = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, help_text="half of the interval, in the unit"
    )
    evidence = models.ForeignKey(EvidenceList, on_delete=models.PROTECT, related_name="readings")
    evidence_count = models.PositiveIntegerField()
    evidence_digest = models.CharField(max_length=64)
    evidence_kinds = models.JSONField(
        null=True, help_text="kinds of the papers; none where records are the evidence"
    )
    edition = models.PositiveIntegerField(default=0, help_text="edition of the measure")
    rule_edition = models.CharField(max_length=120, blank=True, help_text="frame edition it was taken for")
    formula = models.JSONField(null=True)
    about = models.JSONField(help_text="title, definition and source as they stood; method of a survey")
    algorithm = models.CharField(max_length=10)
    code_version = models.CharField(max_length=30)
    taken_at = models.DateTimeField()
    taken_on = models.DateField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12, blank=True)

    objects = models.Manager.from_queryset(ReadingQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["word", "region", "first_on", "-id"], name="reading_by_word")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=READING_KINDS), name="reading_kind_known"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="reading_span_in_order"),
            models.CheckConstraint(
                condition=Q(margin=None) | Q(margin__gte=0), name="reading_margin_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.region} {self.first_on}–{self.last_on}: {self.value}"

    @property
    def exact(self) -> Fraction | None:
        """The value as the formulas take it."""
        return exact_value(
            {
                "kind": self.kind,
                "counting": self.counting,
                "per": self.per,
                "whole": self.whole,
                "part": self.part,
                "total": self.total,
                "base": self.base,
                "value": None if self.value is None else str(self.value),
            }
        )
