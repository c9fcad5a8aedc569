"""Statements that a block runs, each with the way it was come to, so that a broken budget says where."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

# The frame of a transaction asks nothing.
FRAMING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
_ROOT = str(Path(__file__).parents[1] / "linli")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collects the statements that read or write rows: the statement's head and its callers in our own code."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(FRAMING):
            ours = [one for one in traceback.extract_stack() if one.filename.startswith(_ROOT)]
            way = " < ".join(f"{one.filename[len(_ROOT) + 1 :]}:{one.lineno}" for one in reversed(ours))
            found.append(f"{len(found) + 1} {sql[:110]}\n      {way[:240]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
