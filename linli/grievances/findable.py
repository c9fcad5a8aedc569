"""What grievances are found by: number, class, words, place; the person only where they did not ask to stay unnamed."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.finding.indexing import Findable, Row
from linli.grievances.models import Grievance

KIND = "cases.case"


def drawn(grievance: Grievance) -> Row:
    """The row of a grievance's case, at the case's data class."""
    case = grievance.case
    building = grievance.building.name if grievance.building else ""
    texts = [case.number, case.title, grievance.text, grievance.spot, building]
    if case.person is not None and not grievance.is_anonymous:
        texts.append(case.person.name)
    return Row(case.pk, case.region_id, case.data_class, tuple(texts))


def rows() -> QuerySet[Grievance]:
    """All grievances."""
    return Grievance.objects.get_queryset().select_related("case__person", "building")


FINDABLES = (Findable("grievances.grievance", KIND, rows, drawn),)
