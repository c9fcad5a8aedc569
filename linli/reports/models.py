"""Reports as composed, and the papers issued from them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from linli.evaluation.models import Evaluation, Score
from linli.people.actors import Actor
from linli.records.models import Document
from linli.rulebook.models import Edition


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def of(self, project: str, year: int) -> Self:
        """The reports on a project for a year, newest first."""
        return self.filter(project=project, year=year).order_by("-id")

    def released(self) -> Self:
        """Reports that were published on the board: everybody may read them."""
        return self.filter(releases__isnull=False).distinct()

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Released reports, and those on evaluations that the actor may see on a day."""
        seen = Evaluation.objects.visible_to(actor, on).values("pk")
        return self.filter(Q(releases__isnull=False) | Q(evaluation__in=seen)).distinct()


class Report(models.Model):
    """A composed report: the tree in each language, from which evaluation, score and outline, under which number."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P0", "project": "P0", "region": "P0", "trees": "P0", "digest": "P0", "actor": "P1", "post": "P0",
    }  # fmt: skip

    number = models.CharField(max_length=24, unique=True)
    project = models.CharField(max_length=40, help_text="public number of the project")
    year = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=12)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="+")
    outline = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    trees = models.JSONField(help_text="language to the tree as plain values")
    digest = models.CharField(max_length=64, help_text="SHA-256 over the canonical form of the trees")
    composed_at = models.DateTimeField()
    composed_on = models.DateField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["project", "year", "-id"], name="report_by_project")]

    def __str__(self) -> str:
        return self.number

    def plain(self, lang: str = "zh") -> dict[str, Any]:
        """The tree in a language as plain values; Chinese where there is no other."""
        known: dict[str, Any] = self.trees.get(lang) or self.trees["zh"]
        return known


class IssuedPaper(models.Model):
    """A report as a file: form, the document in the records, and the hash of its bytes."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"form": "P0", "sha256": "P0", "actor": "P1", "post": "P0"}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="papers")
    form = models.CharField(max_length=4, choices=[(form, form) for form in ("docx", "pdf", "xlsx", "zip")])
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.report_id} {self.form}"


class Release(models.Model):
    """That a report was published: the word of the publication on the board."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"publication": "P0", "actor": "P1", "post": "P0"}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="releases")
    publication = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "publication"], name="a_report_is_released_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.publication}"
