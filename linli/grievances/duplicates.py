"""What others have told already: looked for before filing, and shown without anything personal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from linli.finding.searching import matching_keys
from linli.grievances.declared import ClassList
from linli.grievances.formulas import likeness
from linli.grievances.limits import number
from linli.grievances.models import Grievance
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.places.models import Building, Region

SHOWN = 3
LOOKED_AT = 30
ALIKE = 0.12
FOUND_AS = "cases.case"
_PLACED = re.compile(r"[0-9一二三四五六七八九十]+(?:号楼|栋|幢|单元)")
# Outcomes of matters that were not handled here: joining them helps nobody.
ASIDE = ("withdrawn", "redirected", "merged", "returned")


@dataclass(frozen=True)
class Similar:
    """A matter like the one being told, as any neighbour may see it."""

    number: str
    title: str
    building: str
    told_at: datetime
    is_open: bool
    others: int
    likeness: float


def similar(
    *, text: str, class_code: str, region: Region, building: Building | None, listed: ClassList, at: datetime
) -> list[Similar]:
    """Open or recently closed matters of a class and community, at the same building or in similar words; most alike first.

    Nothing personal is in the answer: class, building, day, state, how many others joined. Sensitive classes are never
    suggested. How far back is the rule ``grievances.duplicate_days``.
    """
    days = number("duplicate_days", place=region.code, on=timezone.localdate(at))
    alike = Q(building=building) if building else Q(pk__in=[])
    for word in _key_words(text, class_code, listed):
        found_by = matching_keys(FOUND_AS, word, inside=region.code, limit=LOOKED_AT * 4)
        alike |= Q(pk__in=found_by) | Q(merged__pk__in=found_by)
    rows = (
        Grievance.objects.get_queryset()
        .filter(
            alike, case__region=region, class_code=class_code, case__data_class__in=("P1", "P2"), kept=None
        )
        .filter(Q(case__closed_on=None) | Q(case__closed_at__gte=at - timedelta(days=days)))
        .exclude(case__outcome__in=ASIDE)
        .select_related("building")
        .prefetch_related("joinings", "merged")
        .distinct()
        .order_by("-pk")[:LOOKED_AT]
    )
    found = [_shown(row, text, building) for row in rows]
    near = [one for one in found if one.likeness >= ALIKE]
    return sorted(near, key=lambda one: (one.is_open, one.likeness), reverse=True)[:SHOWN]


def _key_words(text: str, class_code: str, listed: ClassList) -> list[str]:
    """The words of the class and the buildings named that occur in the text: what the search index is asked."""
    try:
        words = listed.of(class_code).words
    except Said:
        return []
    return [*[word for word in words if word in text][:3], *_PLACED.findall(text)[:1]]


def _shown(row: Grievance, text: str, building: Building | None) -> Similar:
    here = 0.2 if building is not None and row.building_id == building.pk else 0.0
    elsewhere = building is not None and row.building_id is not None and row.building_id != building.pk
    return Similar(
        number=row.case.number,
        title=row.case.title,
        building=row.building.name if row.building else "",
        told_at=row.case.opened_at,
        is_open=row.case.closed_on is None,
        others=len(row.joinings.all()) + len(row.merged.all()),
        likeness=0.0
        if elsewhere
        else max(likeness(text, one.text) for one in (row, *row.merged.all())) + here,
    )


def candidates(grievance: Grievance, actor: Actor, *, limit: int = 8) -> list[Grievance]:
    """Open grievances an officer may merge a grievance into: same community and class, visible, most alike first."""
    rows = (
        Grievance.objects.visible_to(actor)
        .filter(
            case__region=grievance.case.region_id, class_code=grievance.class_code, case__closed_on=None, kept=None,
            case__data_class=grievance.case.data_class,
        )
        .exclude(pk=grievance.pk)
        .select_related("building")
        .order_by("-pk")[:60]
    )  # fmt: skip

    def rank(row: Grievance) -> float:
        same = grievance.building_id is not None and row.building_id == grievance.building_id
        return likeness(grievance.text, row.text) + (0.5 if same else 0.0)

    return sorted(rows, key=rank, reverse=True)[:limit]
