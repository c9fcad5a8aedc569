"""Every measure of the catalogue over a thousand communities: one query each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case
from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.taking import Span, take_level
from tests.bench.line import Line, repeated

YEAR = Span(date(2025, 3, 1), date(2026, 2, 28))


def measure() -> Iterator[Line]:
    """Each measure once for its queries and three times for its time; the slowest is named."""
    cases, times, places = Case.objects.count(), {}, {}
    for word, one in CATALOGUE.items():
        take = partial(take_level, one, span=YEAR, level="community")
        with CaptureQueriesContext(connection) as asked:
            places[word] = len(take())
        # A rate also asks once for the residents or households (taking.py).
        times[word] = (len(asked) - (one.kind == "rate"), repeated(take, 3).median)
    slowest = max(times, key=lambda word: times[word][1])
    values = {
        "measures": len(CATALOGUE),
        "communities": max(places.values()),
        "queries_each": max(queries for queries, _ in times.values()),
        "all_ms": round(sum(took for _, took in times.values()), 1),
        "slowest_ms": round(times[slowest][1], 1),
    }
    note = f"{cases} cases; slowest: {slowest}; with rows: {sum(map(bool, places.values()))}"
    yield Line("measures", "all measures, all communities", values, {"queries_each": 1}, note=note)
