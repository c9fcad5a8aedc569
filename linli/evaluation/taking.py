"""Taking a measure: one grouped query for every region of a level, whatever their number.

Regions without any row are left out of the answer; ``NOTHING`` is what they have. A rate also asks once for the
residents or households below each region; where one community's number is unknown, the region's rate is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Sum, Value, When, Window
from django.db.models.functions import Coalesce, Concat, RowNumber, Substr

from linli.evaluation.recounting import Taken, middle_of, taken
from linli.ground import codes
from linli.ground.measuring import Measure
from linli.places.models import Region

NATION = "0" * 12
PREFIXES: Mapping[str, int] = {
    "nation": 0,
    "province": 2,
    "city": 4,
    "district": 6,
    "street": 9,
    "community": 12,
}


@dataclass(frozen=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date


def counting_of(measure: Measure) -> str:
    """How a measure counts: its kind, or ``ratio`` where its part is the path of an amount and not a condition."""
    return "ratio" if isinstance(measure.part, str) else measure.kind


def year_of(year: int) -> Span:
    """The calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def take_level(measure: Measure, *, span: Span, level: str, within: str = "") -> dict[str, Taken]:
    """The measure for all regions of a level (inside a region, where one is given), by 12-digit code.

    ``level`` is nation, province, city, district, street or community.
    """
    kept = PREFIXES[level]
    place: Any = Value(NATION)
    if kept:
        place = Concat(Substr(measure.at, 1, kept), Value("0" * (12 - kept))) if kept < 12 else F(measure.at)
    bases = _bases(measure, _place_of(level), within) if measure.kind == "rate" else {}
    return _take(measure, rows_in(measure, span=span, region=within), place, bases)


def take_one(measure: Measure, *, span: Span, region: str) -> Taken:
    """The measure for one region."""
    bases = _bases(measure, Value(region), region) if measure.kind == "rate" else {}
    found = _take(measure, rows_in(measure, span=span, region=region), Value(region), bases)
    return found.get(region) or nothing(measure, base=bases.get(region))


def nothing(measure: Measure, base: int | None = None) -> Taken:
    """The measure over no rows at all."""
    return taken(counting_of(measure), whole=0, part=0, base=base, per=measure.per)


def rows_in(measure: Measure, *, span: Span, region: str = "") -> QuerySet[Any]:
    """The measure's population in a span of days and a region's subtree, each row with ``linli_part``: whether it
    counts as achieved, or the achieved amount.
    """
    rows: QuerySet[Any] = measure.population()
    rows = rows.filter(**{f"{measure.on}__range": (span.first, span.last)})
    if region and region != NATION:
        first, last = codes.span(region)
        rows = rows.filter(**{f"{measure.at}__gte": first, f"{measure.at}__lte": last})
    marked: QuerySet[Any] = rows.annotate(linli_part=_part_of(measure))
    return marked


def _part_of(measure: Measure) -> Any:
    """What a row counts as achieved: a flag, or the achieved amount of a ratio."""
    boolean = BooleanField()
    if measure.part is None:
        return Value(True, output_field=boolean)
    if isinstance(measure.part, str):
        return F(measure.part)
    return Case(When(measure.part, then=Value(True)), default=Value(False), output_field=boolean)


def _place_of(level: str) -> Any:
    kept = PREFIXES[level]
    return Concat(Substr("code", 1, kept), Value("0" * (12 - kept))) if kept else Value(NATION)


def _take(
    measure: Measure, rows: QuerySet[Any], place: Any, bases: Mapping[str, int | None]
) -> dict[str, Taken]:
    placed = rows.annotate(linli_place=place).order_by()
    if measure.kind == "median":
        return _medians(measure, placed)
    numbers = _numbers(measure)
    grouped = placed.values("linli_place").annotate(
        **{f"taken_{name}": value for name, value in numbers.items()}
    )
    found = {}
    for row in grouped:
        code = row["linli_place"]
        counts = {name: row[f"taken_{name}"] for name in numbers}
        found[code] = taken(counting_of(measure), base=bases.get(code), per=measure.per, **counts)
    for code, base in bases.items():
        found.setdefault(code, nothing(measure, base))
    return found


def _numbers(measure: Measure) -> dict[str, Any]:
    """What is counted in every region."""
    if isinstance(measure.part, str):
        zero = Value(0)
        return {"whole": Coalesce(Sum(measure.value), zero), "part": Coalesce(Sum("linli_part"), zero)}
    counted = Q(linli_part=True)
    if measure.kind in ("sum", "mean", "distinct"):
        counted &= Q(**{f"{measure.value}__isnull": False})
    numbers: dict[str, Any] = {"whole": Count("pk"), "part": Count("pk", filter=counted)}
    if measure.kind in ("sum", "mean"):
        numbers["total"] = Sum(measure.value, filter=counted)
    if measure.kind == "distinct":
        numbers["total"] = Count(measure.value, filter=counted, distinct=True)
    return numbers


def _medians(measure: Measure, placed: QuerySet[Any]) -> dict[str, Taken]:
    """The middle rows of every region by window functions: exact and the same on both engines.

    Rows are numbered by value among the achieved rows of their region. Kept are the one or two in the middle, and
    one of the others, so that a region without any achieved row is known as well.
    """
    counted = Q(linli_part=True, **{f"{measure.value}__isnull": False})
    marked = placed.annotate(
        linli_counted=Case(When(counted, then=Value(1)), default=Value(0)), linli_value=F(measure.value)
    )
    place, half = F("linli_place"), [F("linli_place"), F("linli_counted")]
    numbered = marked.annotate(
        linli_whole=Window(Count("pk"), partition_by=place),
        linli_many=Window(Count("pk"), partition_by=half),
        linli_rank=Window(RowNumber(), partition_by=half, order_by=[F("linli_value"), F("pk")]),
    ).annotate(linli_twice=F("linli_rank") * 2)
    middle = Q(linli_counted=1, linli_twice__gte=F("linli_many"), linli_twice__lte=F("linli_many") + 2)
    kept = numbered.filter(middle | Q(linli_counted=0, linli_rank=1)).values_list(
        "linli_place", "linli_counted", "linli_value", "linli_whole", "linli_many"
    )
    values: dict[str, list[int]] = {}
    wholes: dict[str, int] = {}
    parts: dict[str, int] = {}
    for code, is_counted, value, whole, many in kept:
        wholes[code] = whole
        if is_counted:
            values.setdefault(code, []).append(value)
            parts[code] = many
    return {
        code: taken(
            "median", whole=whole, part=parts.get(code, 0), middle=middle_of(sorted(values.get(code, [])))
        )
        for code, whole in wholes.items()
    }


def _bases(measure: Measure, place: Any, within: str) -> dict[str, int | None]:
    """Residents or households below each region; None where one community's number is not known."""
    field = f"profile__{measure.per}"
    communities = Region.objects.communities()
    if within and within != NATION:
        communities = communities.within(within)
    rows = (
        communities.annotate(linli_place=place)
        .values("linli_place")
        .annotate(linli_all=Count("pk"), linli_known=Count(field), linli_sum=Sum(field))
        .order_by()
    )
    return {
        row["linli_place"]: row["linli_sum"] if row["linli_known"] == row["linli_all"] else None
        for row in rows
    }
