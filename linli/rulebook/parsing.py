"""Editions as the dataclasses their rooms declared. Editions are frozen, so each is parsed once a process."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from linli.ground.sheets import from_plain
from linli.rulebook.models import Edition

T = TypeVar("T")

_known: dict[tuple[int, type[Any]], Any] = {}


def parsed(edition: Edition | int, schema: type[T]) -> T:
    """The sheet of an edition (or of its key), read into its room's schema."""
    key = (edition if isinstance(edition, int) else edition.pk, schema)
    if key not in _known:
        row = Edition.objects.get(pk=edition) if isinstance(edition, int) else edition
        _known[key] = from_plain(row.body, schema, source=str(row))
    return cast(T, _known[key])


def forget() -> None:
    """Forget what was parsed: only where the database itself was exchanged (tests, restore)."""
    _known.clear()
