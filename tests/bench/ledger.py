"""The ledger: how many entries a second, and how long the check of a hundred thousand takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

from linli.trail.verifying import verify
from linli.trail.writing import append, writing
from tests.bench.line import Line
from tests.cast import BEGIN

CHAIN, SINGLE, BATCH = "990109001001", 200, 1000


def measure(repeats: int) -> Iterator[Line]:
    """Entries one to a transaction, then in bulk up to a hundred thousand, then the check of all."""
    many = 100_000 if repeats > 5 else 10_000
    begin = perf_counter()
    for number in range(SINGLE):
        _appended(number, 1)
    alone = perf_counter() - begin
    begin = perf_counter()
    for first in range(SINGLE, many, BATCH):
        _appended(first, min(BATCH, many - first))
    bulk = perf_counter() - begin
    yield Line(
        "ledger",
        "appending",
        {"alone_per_s": round(SINGLE / alone), "in_bulk_per_s": round((many - SINGLE) / bulk)},
    )
    begin = perf_counter()
    verdict = verify(CHAIN)
    took = perf_counter() - begin
    if not verdict.ok or verdict.entries != many:
        raise RuntimeError(f"the chain does not hold: {verdict}")
    yield Line(
        "ledger",
        "verifying",
        {"entries": many, "took_s": round(took, 2), "checked_per_s": round(many / took)},
    )


def _appended(first: int, count: int) -> None:
    with writing():
        for number in range(first, first + count):
            at = BEGIN + timedelta(seconds=number)
            append(
                region=CHAIN,
                kind="cases.passage",
                row_key=f"B-{number}#1",
                content={"move": "file", "n": number},
                at=at,
            )
