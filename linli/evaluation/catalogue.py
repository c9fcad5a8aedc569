"""The measures of all rooms by their word: one explicit dictionary, no discovery.

A room gives its measures as ``measures.MEASURES``; a new room is one import and one line here.
"""

from __future__ import annotations

from collections.abc import Iterable

from linli.disclosure.measures import MEASURES as OF_DISCLOSURE
from linli.grievances.measures import MEASURES as OF_GRIEVANCES
from linli.ground.measuring import Measure
from linli.ground.said import Said
from linli.projects.measures import MEASURES as OF_PROJECTS
from linli.services.measures import MEASURES as OF_SERVICES


def by_word(*rooms: Iterable[Measure]) -> dict[str, Measure]:
    """Measures by word. Raises ``ValueError`` where two have the same."""
    found: dict[str, Measure] = {}
    for room in rooms:
        for measure in room:
            if measure.word in found:
                raise ValueError(f"two measures are called {measure.word}")
            found[measure.word] = measure
    return found


CATALOGUE: dict[str, Measure] = by_word(OF_DISCLOSURE, OF_GRIEVANCES, OF_PROJECTS, OF_SERVICES)


def measure_of(word: str) -> Measure:
    """The measure of a word. Raises ``Said`` where the catalogue has none."""
    if word not in CATALOGUE:
        raise Said("evaluation.unknown_measure", word=word)
    return CATALOGUE[word]
