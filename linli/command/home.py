"""The folder that holds an installation: database, files, static files, keys."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from linli.ground.said import Said

# Below this, WAL and static files may fail half way.
LEAST_FREE_BYTES = 200 * 1024 * 1024


def ready() -> Path:
    """The folder, made if need be, proven writable and with room; else a ``Said`` that says what to do."""
    folder = Path(settings.HOME)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"linli")
    except PermissionError:
        raise Said("command.home-unwritable", folder=str(folder)) from None
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise Said(
            "command.disk-full", folder=str(folder), free=free // 1024**2, least=LEAST_FREE_BYTES // 1024**2
        )
    return folder


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder for a running site, so that a second one, or a restore, does not work under it.

    The lock ends with the process, however it ends.
    """
    handle = os.open(folder / "serving.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Said("command.home-in-use", folder=str(folder)) from None
    try:
        yield
    finally:
        os.close(handle)
