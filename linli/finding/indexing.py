"""Putting rows into the index and taking them out: called by the acts of the rooms that own the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from linli.finding import terms
from linli.finding.models import DATA_CLASSES_KNOWN, Indexed, Terms
from linli.ground.said import Said


class By(Protocol):
    """Who acts, as far as this room needs to know."""

    @property
    def actor_word(self) -> str: ...


def put(
    *, kind: str, key: object, region: str, data_class: str, texts: Iterable[str], by: By, at: datetime
) -> Indexed:
    """Make a row findable by its texts, or replace the terms it had.

    Numbers of identity cards, banks and telephones inside the texts are left out. Raises
    ``finding.unknown_class`` and ``finding.no_region`` (the region is a 12-digit code).
    """
    if data_class not in DATA_CLASSES_KNOWN:
        raise Said("finding.unknown_class", data_class=data_class)
    if len(region) != 12 or not (region.isascii() and region.isdigit()):
        raise Said("finding.no_region", region=region)
    word = str(key)
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 19 else None
    # The edge after the marks keeps them out of every phrase.
    found = [terms.kind_term(kind), *terms.region_terms(region), terms.EDGE, *terms.of_texts(texts)]
    row = Indexed(
        kind=kind,
        key=word,
        number=number,
        region=region,
        data_class=data_class,
        put_at=at,
        put_by=by.actor_word,
    )
    with transaction.atomic(savepoint=False):
        [row] = Indexed.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["number", "region", "data_class", "put_at", "put_by"],
        )
        _enter(row.pk, found)
    return row


def _enter(number: int, found: list[str]) -> None:
    """The terms of a row, instead of those it had, in one statement."""
    if connection.vendor == "sqlite":  # a virtual table replaces, but knows no ON CONFLICT
        with connection.cursor() as cursor:
            cursor.execute(
                "REPLACE INTO finding_terms (rowid, terms) VALUES (%s, %s)", [number, " ".join(found)]
            )
        return
    Terms.objects.bulk_create(
        [Terms(rowid=number, terms=found)],
        update_conflicts=True,
        unique_fields=["rowid"],
        update_fields=["terms"],
    )


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
