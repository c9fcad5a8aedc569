"""Figures of mediation without names: by kind, result, days and amount; small groups are not shown by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from linli.ground.said import Said
from linli.mediation.formulas import days_taken, hidden_groups
from linli.mediation.models import LEAD_RIGHT, SUPERVISE_RIGHT, Agreement, Mediation
from linli.mediation.telling import number_rule
from linli.people.actors import Actor


@dataclass(frozen=True)
class Figures:
    """Counts of mediations ended in a span. A group that is hidden has no count (``None``)."""

    ended: int
    by_kind: Mapping[str, int | None]
    by_result: Mapping[str, int]
    by_place: Mapping[str, int | None]
    median_days: int | None
    amount_cents: int


def figures(*, first: date, last: date, by: Actor) -> Figures:
    """The figures of the actor's place; for the head and supervisors. Raises ``people.no_right`` for others.

    Groups below the rule's size are hidden by kind and by place, and never alone (its count would follow from the total).
    """
    if not (by.may(LEAD_RIGHT) or by.may(SUPERVISE_RIGHT)):
        raise Said("people.no_right", right=LEAD_RIGHT, post=by.role.title)
    begin, end = by.span
    rows = Mediation.objects.get_queryset().filter(
        case__region_id__gte=begin, case__region_id__lte=end, ended_on__gte=first, ended_on__lte=last
    )
    smallest = number_rule("small_group", region=by.place, on=last)
    agreed = Agreement.objects.filter(mediation__in=rows.order_by().values("pk"))
    return Figures(
        ended=rows.count(),
        by_kind=_shown(_counts(rows, "dispute"), smallest),
        by_result=_counts(rows, "result"),
        by_place=_shown(_counts(rows, "case__region_id"), smallest),
        median_days=_median(rows),
        amount_cents=agreed.aggregate(sum=Sum("amount_cents"))["sum"] or 0,
    )


def _counts(rows: QuerySet[Mediation], name: str) -> dict[str, int]:
    found = rows.order_by().values_list(name).annotate(count=Count("pk"))
    return {str(word): count for word, count in found}


def _shown(counts: Mapping[str, int], smallest: int) -> dict[str, int | None]:
    hidden = hidden_groups(counts, smallest)
    return {name: None if name in hidden else count for name, count in sorted(counts.items())}


def _median(rows: QuerySet[Mediation]) -> int | None:
    """The middle of the days taken, of two middles the lower; nothing where none was accepted."""
    spans = rows.filter(accepted_on__isnull=False, ended_on__isnull=False).values_list(
        "accepted_on", "ended_on"
    )
    taken = sorted(days_taken(start, end) for start, end in spans if start and end)
    return taken[(len(taken) - 1) // 2] if taken else None
