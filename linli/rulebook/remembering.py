"""What an answer found in the rulebook is kept for the answers after it, for as long as nothing new is published.

Only inside ``remembering`` (the answer to one request); the worker and the console ask each time. Editions and
rules are append-only, so the highest row keys and the calendar's versions tell whether anything was published. They
are asked for at most once in ``LOOK_EVERY`` seconds: another process's publication is seen after that, one's own at
once. An answer that publishes goes on with a memory of its own, so that nothing uncommitted is ever shared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import connection, transaction

from linli.rulebook.models import CalendarYear, Edition, Rule

T = TypeVar("T")
LOOK_EVERY = 1.0
MOST = 20_000


@dataclass
class _Shared:
    """What the process keeps, under which stamp, and when the stamp was last read."""

    stamp: tuple[Any, ...] | None = None
    looked_at: float = float("-inf")
    found: dict[Hashable, Any] = field(default_factory=dict)


_shared = _Shared()
# None: nothing is remembered. UNOPENED: an answer that has asked nothing yet, and so costs nothing.
UNOPENED: dict[Hashable, Any] = {}
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("linli_rulebook_kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep what is found, and use what earlier answers found under the same rulebook."""
    token = _kept.set(UNOPENED)
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What was found under the key before, else what is found now. A refusal is not kept."""
    known = _kept.get()
    if known is None:
        return find()
    if known is UNOPENED:
        known = _opened()
        _kept.set(known)
    if key not in known:
        known[key] = find()
    return cast(T, known[key])


def forget() -> None:
    """Something was published: this answer goes on by itself, and the next one looks anew, also after the commit."""
    if _kept.get() is not None:
        _kept.set({})
    drop()
    transaction.on_commit(drop)


def drop() -> None:
    """Forget what the process keeps: after a publication, and where the database itself was exchanged (tests)."""
    _shared.looked_at, _shared.stamp, _shared.found = float("-inf"), None, {}


def _opened() -> dict[Hashable, Any]:
    """The shared memory, emptied where the rulebook's stamp has changed since."""
    now = time.monotonic()
    if now - _shared.looked_at >= LOOK_EVERY:
        stamp = _stamp()
        if stamp != _shared.stamp or len(_shared.found) > MOST:
            _shared.stamp, _shared.found = stamp, {}
        _shared.looked_at = now
    return _shared.found


def _stamp() -> tuple[Any, ...]:
    """How many editions and rules there are and the last of each (transactions may end in another order than their
    keys), and the calendar's years and versions; one statement."""
    tables = {
        model: connection.ops.quote_name(model._meta.db_table) for model in (Edition, Rule, CalendarYear)
    }
    wanted = [f"(SELECT {what} FROM {tables[model]})" for model, what in _WATCHED]  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(wanted)}")
        return tuple(cursor.fetchone())


_WATCHED = (
    (Edition, "COUNT(*)"), (Edition, "MAX(id)"), (Rule, "COUNT(*)"), (Rule, "MAX(id)"),
    (CalendarYear, "COUNT(*)"), (CalendarYear, "SUM(version)"),
)  # fmt: skip
