"""Counting evidence again: from plain evidence rows to a reading's value and digest. Standard library only.

The proof bundle's verifier is assembled from this file too, so nothing here imports the house and every name is
unique among the files that are joined. Numbers are whole or exact fractions; the only rounding is ``decimal_text``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

COLUMNS = ("measure", "edition", "row_key", "day", "region", "part", "value", "ledger_sequence", "row_digest")
PLACES = 6
# What one value is per: a rate counts per 1,000 residents or per 100 households.
RATE_BASES: Mapping[str, int] = {"residents": 1000, "households": 100}
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")


@dataclass(frozen=True)
class EvidenceRow:
    """One row that made a number: public key, local day, region code, what it counts as achieved, its value.

    ``part`` is 1 or 0, or the achieved amount of a ratio of amounts. ``value`` is a whole number (fen, days, stars), or a word that begins with a letter (a keyed hash of a person, a
    file's hash), or None. ``sequence`` is the row's last entry in the ledger of its region; None where none is.
    """

    key: str
    day: str
    region: str
    part: int
    value: int | str | None
    sequence: int | None


@dataclass(frozen=True)
class Taken:
    """What a measure gives for one region and span.

    ``whole`` rows of the population, ``part`` of them achieved (with a value, where the measure asks for one); of a
    ratio of amounts both are sums of these amounts.
    ``total`` their sum or the number of different ones, ``base`` the residents or households of a rate.
    """

    whole: int
    part: int
    total: int | None
    base: int | None
    value: Fraction | None


def taken(
    kind: str,
    *,
    whole: int,
    part: int,
    total: int | None = None,
    middle: Fraction | None = None,
    base: int | None = None,
    per: str = "",
) -> Taken:
    """The value of a counted population. A share, mean or median of nothing is no value, never 0.

    share, ratio: per cent achieved; count: number achieved; sum, distinct: ``total``; mean: ``total`` ÷ ``part``; median:
    ``middle``; rate: ``part`` per 1,000 residents or 100 households, no value where their number is unknown.
    """
    values: dict[str, Callable[[], Fraction | None]] = {
        "share": lambda: Fraction(100 * part, whole) if whole else None,
        "ratio": lambda: Fraction(100 * part, whole) if whole else None,
        "count": lambda: Fraction(part),
        "sum": lambda: Fraction(total or 0),
        "distinct": lambda: Fraction(total or 0),
        "mean": lambda: Fraction(total or 0, part) if part else None,
        "median": lambda: middle,
        "rate": lambda: Fraction(RATE_BASES[per] * part, base) if base else None,
    }
    kept = total or 0 if kind in ("sum", "mean", "distinct") else None
    return Taken(whole, part, kept, base if kind == "rate" else None, values[kind]())


def recount(kind: str, rows: Sequence[EvidenceRow], *, base: int | None = None, per: str = "") -> Taken:
    """Take the measure again from its evidence rows alone."""
    if kind == "ratio":
        amounts = [row.value for row in rows if isinstance(row.value, int)]
        return taken(kind, whole=sum(amounts), part=sum(row.part for row in rows))
    achieved = [row for row in rows if row.part]
    if kind in ("share", "count", "rate"):
        return taken(kind, whole=len(rows), part=len(achieved), base=base, per=per)
    if kind == "distinct":
        words = {row.value for row in achieved if row.value is not None}
        held = sum(1 for row in achieved if row.value is not None)
        return taken(kind, whole=len(rows), part=held, total=len(words))
    numbers = sorted(row.value for row in achieved if isinstance(row.value, int))
    return taken(kind, whole=len(rows), part=len(numbers), total=sum(numbers), middle=middle_of(numbers))


def middle_of(ordered: Sequence[int]) -> Fraction | None:
    """The median of ordered whole numbers: the middle one, or halfway between the middle two."""
    if not ordered:
        return None
    n = len(ordered)
    return Fraction(ordered[(n - 1) // 2] + ordered[n // 2], 2)


def exact_value(reading: Mapping[str, Any]) -> Fraction | None:
    """The exact value of a reading's plain content: from its counts where it was measured, else as written."""
    if reading["value"] is None:
        return None
    if reading["kind"] == "measured" and reading["counting"] != "median":
        counts = {name: reading[name] for name in ("whole", "part", "total", "base", "per")}
        return taken(reading["counting"], **counts).value
    return Fraction(reading["value"])


def decimal_text(value: Fraction | None) -> str | None:
    """The value to six decimals, half up (away from zero), without needless zeros."""
    if value is None:
        return None
    scaled = abs(value) * 10**PLACES
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    units, rest = divmod(whole, 10**PLACES)
    sign = "-" if value < 0 and whole else ""
    decimals = f"{rest:0{PLACES}d}".rstrip("0")
    return f"{sign}{units}.{decimals}" if decimals else f"{sign}{units}"


def row_content(measure: str, edition: int, row: EvidenceRow) -> list[Any]:
    """What a row's digest covers, as plain values for canonical JSON."""
    return [measure, edition, row.key, row.day, row.region, row.part, row.value, row.sequence]


def row_digests(
    measure: str, edition: int, rows: Sequence[EvidenceRow], digest_plain: Callable[[object], str]
) -> list[str]:
    """Digest of every row; ``digest_plain`` hashes the canonical JSON of a plain value."""
    return [digest_plain(row_content(measure, edition, row)) for row in rows]


def in_key_order(rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """The order of an evidence list: by key (code points), so that no database's own order matters."""
    return sorted(rows, key=lambda row: (row.key, row.day, row.region))


def evidence_csv(measure: str, edition: int, rows: Sequence[EvidenceRow], digests: Sequence[str]) -> str:
    """The evidence list as a table, one row a line, in the order given."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for row, own in zip(rows, digests, strict=True):
        cells = [row.key, row.day, row.region, row.part, row.value, row.sequence, own]
        table.writerow([measure, edition, *("" if cell is None else cell for cell in cells)])
    return text.getvalue()


def read_evidence(text: str) -> tuple[list[EvidenceRow], list[str]]:
    """Rows and written row digests of an evidence table. Raises ValueError on anything ``evidence_csv`` never writes."""
    lines = list(csv.reader(io.StringIO(text), strict=True))
    if not lines or tuple(lines[0]) != COLUMNS or any(len(line) != len(COLUMNS) for line in lines):
        raise ValueError("not an evidence list")
    rows = [
        EvidenceRow(line[2], line[3], line[4], _amount(line[5]), _cell(line[6]), _entry(line[7]))
        for line in lines[1:]
    ]
    return rows, [line[8] for line in lines[1:]]


def _amount(cell: str) -> int:
    if not WHOLE_NUMBER.fullmatch(cell):
        raise ValueError("what counts as achieved is a whole number")
    return int(cell)


def _cell(cell: str) -> int | str | None:
    if not cell:
        return None
    return int(cell) if WHOLE_NUMBER.fullmatch(cell) else cell


def _entry(cell: str) -> int | None:
    return _amount(cell) if cell else None


def derived_value(formula: Any, values: Mapping[str, Fraction | None]) -> Fraction | None:
    """Work out a formula of the closed grammar: ``{"reading": key}``, ``{"number": text}`` or
    ``{"op": add|subtract|multiply|divide|min|max|change, "of": [...]}``.

    ``change`` is the change against a baseline in per cent: (new − old) ÷ old × 100, of [new, old]. Where one value
    is missing, or is divided by nothing, there is no value. Raises ValueError for what the grammar does not know.
    """
    if not isinstance(formula, Mapping):
        raise ValueError("not a formula")
    if set(formula) == {"reading"}:
        if formula["reading"] not in values:
            raise ValueError("unknown reading in formula")
        return values[formula["reading"]]
    if set(formula) == {"number"} and isinstance(formula["number"], str):
        return Fraction(formula["number"])
    if set(formula) != {"op", "of"} or formula["op"] not in OPERATIONS or not formula["of"]:
        raise ValueError("not a formula")
    if formula["op"] in ("subtract", "divide", "change") and len(formula["of"]) != 2:
        raise ValueError(f"{formula['op']} takes two")
    parts = [derived_value(part, values) for part in formula["of"]]
    known = [part for part in parts if part is not None]
    return OPERATIONS[formula["op"]](known) if len(known) == len(parts) else None


def _product(parts: Sequence[Fraction]) -> Fraction:
    whole = Fraction(1)
    for part in parts:
        whole *= part
    return whole


OPERATIONS: Mapping[str, Callable[[Sequence[Fraction]], Fraction | None]] = {
    "add": lambda parts: sum(parts, Fraction(0)),
    "subtract": lambda parts: parts[0] - parts[1],
    "multiply": _product,
    "divide": lambda parts: parts[0] / parts[1] if parts[1] else None,
    "min": lambda parts: min(parts),
    "max": lambda parts: max(parts),
    "change": lambda parts: (parts[0] - parts[1]) / parts[1] * 100 if parts[1] else None,
}


def readings_in(formula: Any) -> set[str]:
    """Keys of the readings that a formula names."""
    if not isinstance(formula, Mapping):
        return set()
    if "reading" in formula:
        return {str(formula["reading"])}
    return set().union(*(readings_in(part) for part in formula.get("of", ())))
