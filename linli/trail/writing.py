"""How an act writes: one transaction, its ledger entries appended last, in region order.

``act`` marks a public verb of a room. The outermost act opens the transaction; an act called by another joins
it. Ledger entries are collected while the work is done and appended just before commit, so that the chain's
lock is held as briefly as possible and two acts over the same regions cannot wait for each other crosswise.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction

from linli.ground.canonical import canonical
from linli.ground.digest import digest
from linli.trail.models import AuditEntry, LedgerEntry, LedgerHead
from linli.trail.words import By

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Pending:
    """An entry waiting for the end of its transaction."""

    region: str
    kind: str
    row_key: str
    digest: str
    at: str


@dataclass
class Writing:
    """What the running transaction will append to the ledger and note in the audit at its end."""

    pending: list[Pending] = field(default_factory=list)
    noted: list[AuditEntry] = field(default_factory=list)


_current: ContextVar[Writing | None] = ContextVar("linli_writing", default=None)


@contextmanager
def writing() -> Iterator[Writing]:
    """Open (or join) the transaction of an act. Leaving the outermost one writes audit and ledger entries."""
    outer = _current.get()
    if outer is not None:
        with transaction.atomic(savepoint=False):
            yield outer
        return
    mine = Writing()
    token = _current.set(mine)
    try:
        with transaction.atomic():
            yield mine
            _flush(mine)
    finally:
        _current.reset(token)


@contextmanager
def attempt() -> Iterator[None]:
    """Inside an act, try a part that may be refused: a refusal undoes the part and its pending entries only."""
    outer = _current.get()
    marks = (len(outer.pending), len(outer.noted)) if outer else (0, 0)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if outer is not None:
            del outer.pending[marks[0] :], outer.noted[marks[1] :]
        raise


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a public verb: it runs in one transaction with everything that it calls."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    run.is_act = True  # type: ignore[attr-defined]
    return run


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: ISO 8601 with zone, whole microseconds kept."""
    return at.isoformat()


def append(
    *, region: str, kind: str, row_key: str | int, content: Mapping[str, object], at: datetime
) -> None:
    """Have an official row entered in its region's chain when the running act commits.

    ``content`` is the row's canonical content (no floats, no erasable personal text: those by a salted
    commitment). Outside an act this is refused: a row without a transaction has no order.
    """
    current = _current.get()
    if current is None:
        message = "ledger entries are appended inside an act"
        raise RuntimeError(message)
    current.pending.append(
        Pending(
            region, kind, str(row_key), digest(canonical(dict(content)), settings.LINLI_DIGEST), moment(at)
        )
    )


def note(
    *,
    verb: str,
    kind: str,
    key: str | int,
    region: str,
    by: By,
    at: datetime,
    data_class: str = "P0",
    facts: Mapping[str, object] | None = None,
) -> None:
    """Leave an audit entry: at the end of the running act, or at once where none runs.

    ``facts`` holds words, codes and counts, never personal text.
    """
    entry = AuditEntry(
        at=at,
        verb=verb,
        kind=kind,
        key=str(key),
        actor=by.actor_word,
        post=by.post,
        place=by.place,
        region=region,
        data_class=data_class,
        facts=dict(facts or {}),
    )
    current = _current.get()
    if current is None:
        entry.save()
    else:
        current.noted.append(entry)


def entry_hash(
    region: str,
    sequence: int,
    at: str,
    kind: str,
    row_key: str,
    content_digest: str,
    previous: str,
    algorithm: str,
) -> str:
    """Hash of a ledger entry: digest over the canonical array of its seven facts."""
    return digest(canonical([region, sequence, at, kind, row_key, content_digest, previous]), algorithm)


def _flush(mine: Writing) -> None:
    AuditEntry.objects.bulk_create(mine.noted)
    by_region: dict[str, list[Pending]] = {}
    for pending in mine.pending:
        by_region.setdefault(pending.region, []).append(pending)
    for region in sorted(by_region):
        _extend(region, by_region[region])


def _extend(region: str, entries: list[Pending]) -> None:
    head = LedgerHead.objects.select_for_update().filter(region=region).first()
    if head is None:
        head, _ = LedgerHead.objects.select_for_update().get_or_create(region=region)
    algorithm = settings.LINLI_DIGEST
    rows = []
    sequence, previous = head.sequence, head.hash
    for pending in entries:
        sequence += 1
        own = entry_hash(
            region, sequence, pending.at, pending.kind, pending.row_key, pending.digest, previous, algorithm
        )
        rows.append(
            LedgerEntry(
                region=region,
                sequence=sequence,
                at=pending.at,
                kind=pending.kind,
                row_key=pending.row_key,
                digest=pending.digest,
                previous=previous,
                hash=own,
                algorithm=algorithm,
            )
        )
        previous = own
    LedgerEntry.objects.bulk_create(rows)
    LedgerHead.objects.filter(region=region).update(sequence=sequence, hash=previous)
