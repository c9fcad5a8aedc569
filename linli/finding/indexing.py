"""Putting rows into the index and taking them out: called by the acts of the rooms that own the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import QuerySet

from linli.finding import terms
from linli.finding.models import DATA_CLASSES_KNOWN, Indexed, Terms
from linli.ground.said import Said


class By(Protocol):
    """Who acts, as far as this room needs to know."""

    @property
    def actor_word(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """What one row is found by: its key, its place (12-digit code), its data class and its texts."""

    key: object
    region: str
    data_class: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Findable:
    """A kind of rows that a room makes findable, so that all of them can be put in again.

    ``rows`` gives the rows worth finding (nothing erased), ``drawn`` what one of them is found by. ``version`` grows
    when ``drawn`` changes: an index filled under an older one has to be filled anew.
    """

    name: str
    kind: str
    rows: Callable[[], QuerySet[Any]]
    drawn: Callable[[Any], Row]
    version: int = 1


def put(
    *, kind: str, key: object, region: str, data_class: str, texts: Iterable[str], by: By, at: datetime
) -> Indexed:
    """Make a row findable by its texts, or replace the terms it had.

    Numbers of identity cards, banks and telephones inside the texts are left out. Raises
    ``finding.unknown_class`` and ``finding.no_region`` (the region is a 12-digit code).
    """
    [row] = put_all(kind=kind, rows=[Row(key, region, data_class, tuple(texts))], by=by, at=at)
    return row


def put_all(*, kind: str, rows: Sequence[Row], by: By, at: datetime) -> list[Indexed]:
    """Make many rows of a kind findable, as ``put`` does one; two statements for some hundred rows."""
    fresh = [_indexed(kind, row, by, at) for row in rows]
    with transaction.atomic(savepoint=False):
        kept = Indexed.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["number", "region", "data_class", "put_at", "put_by"],
        )
        _enter([(one.pk, _terms(kind, row)) for one, row in zip(kept, rows, strict=True)])
    return kept


def _indexed(kind: str, row: Row, by: By, at: datetime) -> Indexed:
    if row.data_class not in DATA_CLASSES_KNOWN:
        raise Said("finding.unknown_class", data_class=row.data_class)
    if len(row.region) != 12 or not (row.region.isascii() and row.region.isdigit()):
        raise Said("finding.no_region", region=row.region)
    word = str(row.key)
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 19 else None
    facts = {"region": row.region, "data_class": row.data_class, "put_at": at, "put_by": by.actor_word}
    return Indexed(kind=kind, key=word, number=number, **facts)


def _terms(kind: str, row: Row) -> list[str]:
    """The edge after the marks keeps them out of every phrase."""
    return [terms.kind_term(kind), *terms.region_terms(row.region), terms.EDGE, *terms.of_texts(row.texts)]


def _enter(found: Sequence[tuple[int, list[str]]]) -> None:
    """The terms of rows, instead of those they had."""
    if connection.vendor == "sqlite":  # a virtual table replaces, but knows no ON CONFLICT
        with connection.cursor() as cursor:
            cursor.executemany(
                "REPLACE INTO finding_terms (rowid, terms) VALUES (%s, %s)",
                [(number, " ".join(words)) for number, words in found],
            )
        return
    Terms.objects.bulk_create(
        [Terms(rowid=number, terms=words) for number, words in found],
        update_conflicts=True,
        unique_fields=["rowid"],
        update_fields=["terms"],
    )


def reindex(*, findable: Findable, after: int, by: By, at: datetime, most: int = 500) -> tuple[int, int]:
    """Put in again the rows of a kind above a row key, ``most`` at a time, in the order of their keys.

    Returns how many were put in and the last key; no rows: nothing is left to do. It may be broken off and gone on
    with at any time, and done twice without harm.
    """
    rows = list(findable.rows().filter(pk__gt=after).order_by("pk")[:most])
    put_all(kind=findable.kind, rows=[findable.drawn(row) for row in rows], by=by, at=at)
    return len(rows), rows[-1].pk if rows else after


def drop(*, kind: str, key: object, by: By, at: datetime) -> bool:
    """Forget a row and its terms, as erasure demands. True when it was there. The caller's own trail keeps who."""
    with transaction.atomic(savepoint=False):
        row = Indexed.objects.filter(kind=kind, key=str(key)).first()
        if row is None:
            return False
        Terms.objects.filter(rowid=row.pk).delete()
        row.delete()
    return True


def purge(*, by: By, at: datetime) -> None:
    """Make dropped terms vanish from the index file as well; for the clock, once a day.

    FTS5 keeps a deleted row's words in its segments until they are merged, so all are merged here. PostgreSQL's
    own vacuum does the same for its index.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO finding_terms (finding_terms) VALUES ('optimize')")
