"""Supervision of property bodies and owners' committees: inspections, notices, re-checks, marks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from linli.cases.models import Case
from linli.disclosure.models import Publication
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Estate, Region
from linli.records.models import Document
from linli.rulebook.models import Edition

SOURCE = "mark"  # the word under which a mark is published
RESULTS = ["met", "fault", "not_looked"]


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Inspections."""

    def visible_to(self, actor: Actor) -> InspectionQuerySet:
        """Those whose case the actor may open: the supervisors, and from the notice on the body inspected."""
        return self.filter(case__in=Case.objects.visible_to(actor))


class InspectionManager(models.Manager["Inspection"]):
    """Selects case and body with every inspection."""

    def get_queryset(self) -> InspectionQuerySet:
        rows = InspectionQuerySet(self.model, using=self._db)
        return rows.select_related("case__region", "body", "estate", "checklist")

    def visible_to(self, actor: Actor) -> InspectionQuerySet:
        """Those whose case the actor may open."""
        return self.get_queryset().visible_to(actor)


class Inspection(models.Model):
    """One inspection of a body by a checklist; the case carries notice, answer and re-check."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"actor": "P1"}

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    estate = models.ForeignKey(Estate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checklist = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    actor = models.CharField(max_length=60)

    objects = InspectionManager()

    def __str__(self) -> str:
        return f"inspection {self.case_id}"


class Finding(models.Model):
    """What was seen under one line of the checklist. Never edited; what is better later is seen at the re-check."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"item": "P0", "result": "P1", "note": "P1", "actor": "P1"}

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    item = models.CharField(max_length=40)
    result = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result__in=RESULTS), name="finding_result_known"),
            models.CheckConstraint(condition=~Q(result="fault") | ~Q(note=""), name="a_fault_is_described"),
            models.UniqueConstraint(fields=["inspection", "item"], name="one_finding_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.item}"


class Rectification(models.Model):
    """A rectification notice (整改通知书): number, what must be put right, by when. A failed re-check gives another."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P1",
        "demand": "P1",
        "items": "P1",
        "actor": "P1",
        "rule": "P0",
    }

    number = models.CharField(max_length=40, unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="rectifications")
    round = models.PositiveSmallIntegerField()
    demand = models.TextField()
    items = models.JSONField(default=list, help_text="codes of the checklist's lines that must be put right")
    issued_on = models.DateField()
    due_on = models.DateField()
    rule = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "round"], name="one_notice_per_round"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="rectification_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Recheck(models.Model):
    """The re-check (复查) after a notice: looked at by somebody who does not belong to the body inspected.

    ``answered_on`` is the day the body said it was done; ``in_time`` whether that was by the notice's last day.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"note": "P1", "open_items": "P1", "actor": "P1"}

    rectification = models.OneToOneField(Rectification, on_delete=models.PROTECT, related_name="recheck")
    passed = models.BooleanField()
    open_items = models.JSONField(default=list, help_text="codes of lines that are still not right")
    note = models.CharField(max_length=300)
    answered_on = models.DateField()
    in_time = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"recheck of {self.rectification_id}"


class MarkQuerySet(models.QuerySet["Mark"]):
    """Marks."""

    def visible_to(self, actor: Actor) -> MarkQuerySet:
        """Published ones are public; before, only for the supervisors of the place."""
        shown = Publication.objects.filter(source=Concat(Value(f"{SOURCE}:"), OuterRef("key")))
        allowed = Q(Exists(shown))
        if actor.may("property.read"):
            first, last = actor.span
            allowed |= Q(region_id__gte=first, region_id__lte=last)
        return self.filter(allowed)


class Mark(models.Model):
    """A body's mark for a span of days, counted from records by a scoring sheet (评分). Never edited.

    ``lines`` keep for each indicator part, whole, points and marks in hundredths; ``None`` where there was no record.
    It is shown to everybody by a publication of the source ``mark:KEY``.
    ``marks`` of ``reachable`` hundredths were reached; ``points`` is what the sheet gives in all.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"key": "P0", "lines": "P1", "grade": "P0", "actor": "P1"}

    key = models.CharField(max_length=24, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scoring = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    lines = models.JSONField(default=list)
    marks = models.PositiveIntegerField()
    reachable = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    grade = models.CharField(max_length=12, blank=True, help_text="empty where too little was recorded")
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(MarkQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), marks__lte=F("reachable"), reachable__lte=F("points")),
                name="marks_within_what_is_reachable",
            )
        ]

    def __str__(self) -> str:
        return self.key
