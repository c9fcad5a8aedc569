"""What projects are found by: name, unit, numbers, themes."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.finding.indexing import Findable, Row
from linli.projects.models import Project

KIND = "projects.project"


def drawn(project: Project) -> Row:
    """The row of a project."""
    texts = (project.name, project.unit_name, project.case.number, project.code, *project.themes)
    return Row(project.pk, project.region_code, "P1", texts)


def rows() -> QuerySet[Project]:
    """All projects."""
    return Project.objects.get_queryset().select_related("case")


FINDABLES = (Findable("projects.project", KIND, rows, drawn),)
