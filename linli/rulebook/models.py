"""Rules with source and dates, the calendar, policy documents, and frozen editions of sheets."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions of sheets."""

    def in_force(self, on: date) -> EditionQuerySet:
        """Editions valid on a day; of one code the newest number counts."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def of_kind(self, kind: str) -> EditionQuerySet:
        """Editions of one kind of sheet, e.g. ``procedures`` or ``items``."""
        return self.filter(kind=kind)


class Edition(models.Model):
    """One published, frozen state of a sheet. A case, a ballot, an evaluation points at the one it began under."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "kind": "P0", "code": "P0", "digest": "P0", "body": "P0", "source": "P0", "title": "P0",
    }  # fmt: skip

    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    title = models.JSONField(default=dict, help_text='{"zh": …, "en": …}')
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()

    objects = models.Manager.from_queryset(EditionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "number"], name="one_edition_per_number"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="edition_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code} #{self.number}"


class Rule(models.Model):
    """A number or word of law or policy, valid for a jurisdiction and a span of days, with its source.

    ``operator`` keeps "more than" and "at least" apart (民法典 art. 1259: 以上 includes the number, 超过 does not).
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "code": "P0", "jurisdiction": "P0", "value": "P0", "unit": "P0", "operator": "P0", "source": "P0", "surety": "P0",
    }  # fmt: skip

    code = models.CharField(max_length=80)
    jurisdiction = models.CharField(
        max_length=12, blank=True, help_text="region code; empty means the nation"
    )
    value = models.JSONField()
    unit = models.CharField(max_length=30, blank=True)
    operator = models.CharField(
        max_length=12, blank=True, help_text="at_least, more_than, at_most, less_than or empty"
    )
    source = models.CharField(max_length=200)
    surety = models.CharField(
        max_length=1, default="M", help_text="V verified, M from memory, E our estimate"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "jurisdiction", "valid_from"], name="rule_by_code")]
        constraints = [
            models.CheckConstraint(condition=Q(surety__in=["V", "M", "E"]), name="rule_surety_known"),
            models.CheckConstraint(
                condition=Q(operator__in=["", "at_least", "more_than", "at_most", "less_than", "equal"]),
                name="rule_operator_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.jurisdiction or 'CN'} from {self.valid_from}"


class CalendarYear(models.Model):
    """A year whose holiday notice is loaded; ``version`` grows when an officer edits it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"source": "P0"}

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from its weekday: a public holiday or a make-up workday."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "name": "P0"}

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    kind = models.CharField(max_length=10, choices=[("holiday", "holiday"), ("workday", "workday")])
    name = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class PolicyDocument(models.Model):
    """A policy document (政策文件): number, issuer, date, what it governs, and the kept file where there is one."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P0",
        "title": "P0",
        "issuer": "P0",
        "summary": "P0",
        "file_hash": "P0",
        "jurisdiction": "P0",
    }

    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    jurisdiction = models.CharField(max_length=12, blank=True)
    summary = models.TextField(blank=True)
    file_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title", "number"], name="one_policy_per_title")]

    def __str__(self) -> str:
        return self.title
