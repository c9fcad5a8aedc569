"""What a measure is: a declaration, not a procedure (evidence.md §1).

A room declares its measures in ``measures.py``; evaluation takes them for all places at once, lists the rows
behind any value, and prints the catalogue, all from the same declaration. Nothing here knows Django: population
and part are opaque to this floor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from linli.ground.sheets import Both

Kind = Literal["share", "count", "sum", "mean", "median", "distinct", "rate"]
Direction = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class Measure:
    """One thing that can be counted.

    ``population`` gives the rows that count (a queryset); ``part`` the condition a row must meet to count as
    achieved (a ``Q``), or ``None``, or, for a ratio of amounts, the field path of the achieved amount (then ``value``
    is that of the whole); ``on`` the field path of the local date that places a row in a period; ``at`` the field
    path of the 12-digit region code; ``value`` the field path summed, averaged or taken as distinct; ``key`` the
    field path of the row's public key; ``row_kind`` the word under which the ledger knows the row and ``row_key`` the
    field path of the ledger key where it differs from ``key``. Several paths are joined by ``#`` or ``/``, as for the
    last passage of a case: ``case__number#case__passages_count``. ``edition`` grows whenever the definition changes.
    """

    word: str
    title: Both
    definition: Both
    unit: str
    source: str
    kind: Kind
    population: Callable[[], Any]
    on: str
    at: str
    part: Any = None
    value: str = ""
    key: str = "pk"
    row_kind: str = ""
    direction: Direction = "neither"
    guard: Both = Both("", "")
    companion: str = ""
    data_class: str = "P2"
    edition: int = 1
    per: Literal["", "residents", "households"] = ""
    row_key: str = ""
