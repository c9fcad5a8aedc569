"""What comes after an application was filed: facts beside its passages, reviews, and handlers' declared relatives."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.cases.models import Case
from linli.people.models import Person
from linli.places.models import Region
from linli.services.models.applications import Application, OfCase


class Record(models.Model):
    """A fact of a matter that its passages do not hold: checked, sent to a department, answered, numbered, agreed.

    Codes, numbers and days only; what was said about it is the passage's opinion, which can be erased.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "kind": "P0", "number": "P2", "body": "P1", "outcome": "P1", "passed": "P1", "actor": "P1", "post": "P0",
    }  # fmt: skip

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    day = models.DateField(null=True, blank=True)
    passed = models.JSONField(default=list, help_text="questions and papers that were passed on")
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(OfCase["Record"])()

    class Meta:
        indexes = [models.Index(fields=["case", "kind"], name="service_record_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class Review(models.Model):
    """A decided matter looked at again: each year, or drawn (``relative``, ``share``); a case of its own."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"why": "P1", "result": "P2"}

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, help_text="yearly, relative or share")
    period = models.DateField(help_text="the anniversary, or the first day of the drawn month")
    due_on = models.DateField()
    result = models.CharField(max_length=10, blank=True, help_text="continue, adjust, stop or empty")
    done_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(OfCase["Review"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "why", "period"], name="one_review_per_period"),
            models.CheckConstraint(
                condition=Q(why__in=["yearly", "relative", "share"]), name="a_review_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(result="", done_on=None)
                | Q(result__in=["continue", "adjust", "stop"], done_on__isnull=False),
                name="a_reviews_result_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} review {self.case_id}"


class Kinship(models.Model):
    """A handler's declared near relative (近亲属备案) among the residents: their matters are kept apart and drawn."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"relation": "P2", "declared_by": "P1"}

    handler = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    declared_by = models.CharField(max_length=60)
    declared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handler", "relative"], condition=Q(ended_on=None), name="one_declared_kinship"
            ),
            models.CheckConstraint(condition=~Q(handler=F("relative")), name="nobody_is_their_own_kin"),
        ]

    def __str__(self) -> str:
        return f"kinship {self.pk}"
