"""The rows behind a number: the evidence list with row digests, and the page that an officer opens from a figure."""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from linli.evaluation.models import EvidenceList
from linli.evaluation.recounting import EvidenceRow, evidence_csv, in_key_order, read_evidence, row_digests
from linli.evaluation.taking import Span, rows_in
from linli.ground.canonical import canonical
from linli.ground.digest import digest, digest_of
from linli.ground.measuring import Measure
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.models import LedgerEntry

BATCH = 500
PAGE = 50
MASKED = "●"
_JOINTS, _PATH = re.compile("[#/]"), re.compile("[^#/]+")


@dataclass(frozen=True)
class Listed:
    """One row on the page behind a figure. A row the reader may not open has no key, no day and no value."""

    key: str
    day: date | None
    region: str
    part: int
    value: object
    is_masked: bool


@dataclass(frozen=True)
class Behind:
    """A page of rows behind a figure: the counts of all of them, this page, and where the next one begins."""

    whole: int
    part: int
    rows: tuple[Listed, ...]
    next: str


def evidence_rows(measure: Measure, *, span: Span, region: str) -> list[EvidenceRow]:
    """Every row that makes the measure's number for a span and region, in key order.

    Raises ``RuntimeError`` for a declaration that would count a row twice.
    """
    entry_key = measure.row_key or measure.key
    paths = {"linli_part", measure.on, measure.at, *paths_of(measure.key), *paths_of(entry_key)}
    paths |= {measure.value} - {""}
    found = list(rows_in(measure, span=span, region=region).order_by().values(*paths))
    entries = [joined_key(entry_key, facts) for facts in found]
    sequences = _sequences(measure.row_kind, entries) if measure.row_kind else {}
    rows = [
        EvidenceRow(
            key=joined_key(measure.key, facts),
            day=facts[measure.on].isoformat(),
            region=facts[measure.at],
            part=int(facts["linli_part"] or 0),
            value=_plain_value(measure, facts[measure.value], span) if measure.value else None,
            sequence=sequences.get((entry, facts[measure.at])),
        )
        for facts, entry in zip(found, entries, strict=True)
    ]
    if len({row.key for row in rows}) < len(rows):
        raise RuntimeError(f"{measure.word}: its population has a row twice, or its key is not the row's own")
    return in_key_order(rows)


def paths_of(key: str) -> list[str]:
    """The field paths of a declared key: one, or several joined by ``#`` or ``/``."""
    return _JOINTS.split(key)


def joined_key(key: str, facts: Mapping[str, Any]) -> str:
    """The key of a row: its field paths' values, joined as declared."""
    return _PATH.sub(lambda path: str(facts[path[0]]), key)


def _sequences(kind: str, keys: Sequence[str]) -> dict[tuple[str, str], int]:
    """The last ledger sequence of every row by key and region."""
    found: dict[tuple[str, str], int] = {}
    for at in range(0, len(keys), BATCH):
        entries = LedgerEntry.objects.filter(kind=kind, row_key__in=keys[at : at + BATCH])
        for key, region, sequence in entries.values_list("row_key", "region", "sequence"):
            found[key, region] = max(sequence, found.get((key, region), 0))
    return found


def _plain_value(measure: Measure, value: Any, span: Span) -> int | str | None:
    """The value as evidence keeps it: whole numbers as they are, who is counted once as a keyed hash of the year."""
    if value is None or (isinstance(value, int) and measure.kind != "distinct"):
        return value
    if measure.kind == "distinct":
        message = f"{measure.word} {span.first.year} {value}".encode()
        key = bytes.fromhex(settings.KEYS.index)
        return "h" + hmac.digest(key, message, hashlib.sha256)[:12].hex()
    raise TypeError(f"{measure.word}: a measured value is a whole number, not {type(value).__name__}")


def digest_plain(value: object) -> str:
    """The digest of a plain value under this installation's algorithm."""
    return digest_of(value, settings.LINLI_DIGEST)


def keep_list(word: str, edition: int, rows: Sequence[EvidenceRow]) -> EvidenceList:
    """Store an evidence list (rows in key order) once by the digest over its row digests."""
    digests = row_digests(word, edition, rows, digest_plain)
    own = list_digest(digests, settings.LINLI_DIGEST)
    packed = zlib.compress(evidence_csv(word, edition, rows, digests).encode(), 9)
    kept, _ = EvidenceList.objects.get_or_create(digest=own, defaults={"count": len(rows), "packed": packed})
    return kept


def list_digest(digests: Sequence[str], algorithm: str) -> str:
    """The digest of an evidence list: over the canonical array of its row digests, in key order."""
    return digest(canonical(list(digests)), algorithm)


def table_of(kept: EvidenceList) -> str:
    """The stored table of an evidence list."""
    return zlib.decompress(bytes(kept.packed)).decode()


def rows_of(kept: EvidenceList) -> list[EvidenceRow]:
    """The rows of a stored evidence list."""
    return read_evidence(table_of(kept))[0]


def rows_behind(
    measure: Measure, *, span: Span, region: str, actor: Actor, after: str = "", limit: int = PAGE
) -> Behind:
    """The rows that make the measure's number, oldest first, a page at a time by key (``after``).

    Whoever may not open a row sees that it is there and whether it counts as achieved. Of restricted classes (P3,
    P4), and where the role sees counts only or nothing, the rows are not listed at all: only their number is given.
    """
    everything = rows_in(measure, span=span, region=region)
    counts = _counts(measure, everything)
    reach = actor.sees(measure.data_class)
    is_open = reach == "all" or (reach == "place" and actor.holds(region))
    if not is_open and (reach in ("aggregate", "none") or measure.data_class in ("P3", "P4")):
        return Behind(counts["whole"], counts["part"], (), "")
    page, next_after = _page(measure, everything, after, limit)
    opened = {row["pk"] for row in page} if is_open else _opened(measure, [row["pk"] for row in page], actor)
    rows = tuple(_listed(measure, row, row["pk"] in opened) for row in page)
    return Behind(counts["whole"], counts["part"], rows, next_after)


def _counts(measure: Measure, rows: QuerySet[Any]) -> dict[str, int]:
    """Rows in all and how many count as achieved (of a ratio of amounts: have reached anything)."""
    achieved = Q(linli_part__gt=0) if isinstance(measure.part, str) else Q(linli_part=True)
    return rows.order_by().aggregate(whole=Count("pk"), part=Count("pk", filter=achieved))


def _page(measure: Measure, rows: QuerySet[Any], after: str, limit: int) -> tuple[list[dict[str, Any]], str]:
    """A page in the order of day and row, found by an index range instead of counting rows off."""
    if after:
        day, pk = _place_of(measure, rows, after)
        later = Q(**{f"{measure.on}__gt": day}) | Q(**{measure.on: day, "pk__gt": pk})
        rows = rows.filter(later)
    paths = {"pk", "linli_part", measure.on, measure.at, *paths_of(measure.key), measure.value} - {""}
    found = list(rows.order_by(measure.on, "pk").values(*paths)[: limit + 1])
    is_last = len(found) <= limit
    return found[:limit], "" if is_last else joined_key(measure.key, found[limit - 1])


def _place_of(measure: Measure, rows: QuerySet[Any], key: str) -> tuple[date, Any]:
    """Day and row number of the row with a public key; the number itself never leaves the house."""
    paths = paths_of(measure.key)
    facts = dict(zip(paths, paths_of(key) if len(paths) > 1 else [key], strict=False))
    try:
        found: tuple[date, Any] | None = rows.filter(**facts).values_list(measure.on, "pk").first()
    except ValueError:
        found = None
    if found is None:
        raise Said("evaluation.no_such_page")
    return found


def _opened(measure: Measure, keys: Sequence[Any], actor: Actor) -> set[Any]:
    """Which of the rows the room itself lets the actor open; none where it has no such rule."""
    visible = getattr(measure.population(), "visible_to", None)
    return set() if visible is None else set(visible(actor).filter(pk__in=keys).values_list("pk", flat=True))


def _listed(measure: Measure, row: Mapping[str, Any], is_opened: bool) -> Listed:
    if not is_opened:
        return Listed(MASKED, None, "", int(row["linli_part"] or 0), None, True)
    value = row[measure.value] if measure.value and measure.kind != "distinct" else None
    return Listed(
        joined_key(measure.key, row),
        row[measure.on],
        row[measure.at],
        int(row["linli_part"] or 0),
        value,
        False,
    )
