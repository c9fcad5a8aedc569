"""How long composing and rendering take, for ``make bench``."""

from __future__ import annotations

from time import perf_counter

from linli.evaluation.models import Evaluation
from linli.reports.composing import RENDERERS, composed
from linli.reports.declared import outline_of
from linli.reports.facts import facts_of
from linli.reports.pdf import heading_pages
from linli.rulebook.models import Edition


def timings(evaluation: Evaluation, outline: Edition) -> dict[str, float]:
    """Seconds for composing (with its fetch) and for each form, and the pages of the text before the last annex."""
    begun = perf_counter()
    document = composed(facts_of(evaluation), outline_of(outline), on=evaluation.last_on)
    found = {"compose": perf_counter() - begun, "pages": float(max(heading_pages(document), default=0))}
    for form, render in RENDERERS.items():
        begun = perf_counter()
        render(document)
        found[form] = perf_counter() - begun
    return found
