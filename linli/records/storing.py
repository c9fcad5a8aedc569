"""Bytes on the disk at ``ab/cd/<hash>``: whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

from linli.ground.said import Said


def digest_of(content: bytes) -> str:
    """SHA-256 of the bytes as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def place(sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(default_storage.path(f"{sha256[:2]}/{sha256[2:4]}/{sha256}"))


def write(content: bytes) -> str:
    """Store bytes and return their hash. A crash leaves the whole file or only a nameless rest."""
    sha256 = digest_of(content)
    target = place(sha256)
    if target.exists() and target.stat().st_size == len(content):
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, rest = tempfile.mkstemp(prefix="rest-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(rest).replace(target)
    except BaseException:
        Path(rest).unlink(missing_ok=True)
        raise
    _settle(target.parent)
    return sha256


def _settle(folder: Path) -> None:
    """Make the new name itself lasting, where the system lets a folder be opened (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes:
    """The bytes, checked against their hash. Raises ``Said`` when they are lost or were changed on the disk."""
    try:
        content = place(sha256).read_bytes()
    except FileNotFoundError as fault:
        raise Said("records.bytes_lost") from fault
    if digest_of(content) != sha256:
        raise Said("records.bytes_changed")
    return content


def remove(sha256: str) -> bool:
    """Delete the bytes; True if they were there."""
    target = place(sha256)
    if not target.exists():
        return False
    target.unlink()
    return True
