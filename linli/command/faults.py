"""Every fault as one plain sentence on standard error, and exit code 2."""

from __future__ import annotations

import csv
import errno
import json
import os
import sys
import traceback

from linli.ground.said import Said
from linli.ground.wording import say

_BY_ERRNO = {
    errno.ENOENT: "fault.no-file",
    errno.EACCES: "fault.no-permission",
    errno.EPERM: "fault.no-permission",
    errno.EISDIR: "fault.is-folder",
    errno.ENOTDIR: "fault.no-folder",
    errno.EEXIST: "fault.exists",
    errno.ENOSPC: "fault.disk-full",
    errno.EDQUOT: "fault.disk-full",
    errno.EROFS: "fault.read-only",
}


def tell(fault: BaseException, lang: str) -> int:
    """Print the sentence; with ``LINLI_TRACEBACK=1`` the place in the code first. Returns 2."""
    if os.environ.get("LINLI_TRACEBACK") == "1":
        traceback.print_exception(fault)
    if isinstance(fault, BrokenPipeError):
        _forget_output()
        return 2
    print(sentence(said_of(fault), lang), file=sys.stderr, flush=True)
    return 2


def sentence(said: Said, lang: str) -> str:
    """The refusal on one line; where the words themselves are broken, its code."""
    try:
        return " ".join(say(said, lang).split())
    except (Said, OSError, KeyError):
        return said.code


def said_of(fault: BaseException) -> Said:
    """The refusal that this fault amounts to."""
    if isinstance(fault, Said):
        return fault
    if isinstance(fault, KeyboardInterrupt):
        return Said("fault.stopped")
    if isinstance(fault, MemoryError):
        return Said("fault.no-memory")
    if isinstance(fault, OSError):
        return _of_system(fault)
    return _of_input(fault) or _of_database(fault) or Said("fault.unexpected", kind=type(fault).__name__)


def _of_system(fault: OSError) -> Said:
    code = _BY_ERRNO.get(fault.errno or 0)
    name = str(fault.filename or fault.filename2 or "")
    if code:
        return Said(code, file=name)
    return Said("fault.system", reason=fault.strerror or type(fault).__name__, file=name)


def _of_input(fault: BaseException) -> Said | None:
    if isinstance(fault, json.JSONDecodeError):
        return Said("fault.not-json", line=fault.lineno, column=fault.colno)
    if isinstance(fault, UnicodeDecodeError):
        return Said("fault.not-utf8", position=fault.start)
    if isinstance(fault, csv.Error):
        return Said("fault.not-csv", reason=str(fault))
    if type(fault).__module__.startswith("yaml."):
        mark = getattr(fault, "problem_mark", None)
        return Said(
            "fault.not-yaml", line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0
        )
    return None


def _of_database(fault: BaseException) -> Said | None:
    """Faults of the database, told by their nature; their own text may hold values and is not repeated."""
    name = type(fault).__name__
    if not type(fault).__module__.startswith(("django.db", "sqlite3", "psycopg")):
        return Said("fault.settings", reason=str(fault)) if name == "ImproperlyConfigured" else None
    text = str(fault).lower()
    if "full" in text or "no space" in text:
        return Said("fault.disk-full", file="")
    if "no such table" in text or "does not exist" in text:
        return Said("fault.not-prepared")
    if "locked" in text:
        return Said("fault.database-busy")
    if name == "OperationalError":
        return Said("fault.no-database")
    return Said("fault.database", kind=name)


def _forget_output() -> None:
    """The reader of our output has gone: write the rest nowhere, so that leaving does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
