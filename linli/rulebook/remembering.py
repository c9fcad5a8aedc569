"""Within one answer the rulebook is read once: what was found for a question is kept until the answer is given.

Outside ``remembering`` nothing is kept, and publishing forgets everything, so no act ever sees an old rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("linli_rulebook_kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep what is found until the end of the block."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What was found under the key before, else what is found now. A refusal is not kept."""
    known = _kept.get()
    if known is None:
        return find()
    if key not in known:
        known[key] = find()
    return cast(T, known[key])


def forget() -> None:
    """What was found no longer holds: something was published."""
    known = _kept.get()
    if known is not None:
        known.clear()
