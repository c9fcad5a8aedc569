"""This month's figures of a community, from the same measures that evaluation takes, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.taking import Span, take_one
from linli.look.templatetags.linli import both, points
from linli.places.models import Region
from linli.portal import access, shell
from linli.portal.moment import today
from linli.portal.saying import page

# Shown where the catalogue has them: work done in time, grievances resolved, people satisfied.
SHOWN = (
    "services.closed_on_time", "grievances.responded_on_time", "grievances.resolved_share", "grievances.satisfied_share",
    "disclosure.on_time",
)  # fmt: skip
KEEP_SECONDS = 900


@dataclass(frozen=True)
class Figure:
    """One figure with what it counts. ``part`` of ``whole`` rows; no rows, no value."""

    title: str
    value: str
    part: int
    whole: int
    definition: str
    source: str
    guard: str


def of_month(region: Region, on: date) -> list[Figure]:
    """Figures of the month so far; taken at most every quarter of an hour, since everybody opens the front page."""
    words = [word for word in SHOWN if word in CATALOGUE]
    key = f"linli:figures:{region.code}:{on.isoformat()}"
    found: dict[str, tuple[str, int, int]] | None = cache.get(key)
    if found is None:
        found = {}
        for word in words:
            taken = take_one(CATALOGUE[word], span=Span(on.replace(day=1), on), region=region.code)
            found[word] = (f"{points(taken.value)}%", taken.part, taken.whole)
        cache.set(key, found, KEEP_SECONDS)
    return [_figure(word, *values) for word, values in found.items() if values[2]]


def _figure(word: str, value: str, part: int, whole: int) -> Figure:
    measure = CATALOGUE[word]
    return Figure(
        title=both(measure.title),
        value=value,
        part=part,
        whole=whole,
        definition=both(measure.definition),
        source=measure.source,
        guard=both(measure.guard),
    )


@page("GET")
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """How this month's figures came about: what is counted, out of how many, by which rule, and how it can mislead."""
    region = access.community(request, code)
    on = today(request)
    return shell.show(
        request, "figures.html", region, figures=of_month(region, on), first=on.replace(day=1), last=on
    )
