"""Opening a proof bundle, as a zip file or as the folder it was unpacked to."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

SEAL_PREFIX = b"linli-bundle sha256="
SEAL_LENGTH = len(SEAL_PREFIX) + 64
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def packed_files(files: dict[str, bytes]) -> bytes:
    """A zip that depends on the files only: fixed order, times and rights, and a seal over its every byte.

    The seal is the archive's comment: the SHA-256 of all bytes before it. It finds accidents, also those between the
    files; against forgery stands the manifest's signature.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
        archive.comment = bytes(SEAL_LENGTH)
    return sealed(target.getvalue())


def sealed(data: bytes) -> bytes:
    """The archive with its seal in place of its comment."""
    body = data[:-SEAL_LENGTH]
    return body + SEAL_PREFIX + hashlib.sha256(body).hexdigest().encode()


def opened(place: Path) -> tuple[dict[str, bytes], list[str]]:
    """The bundle's files by name, and what is wrong with the container itself (words of ``telling``)."""
    if place.is_dir():
        found = sorted(path for path in place.rglob("*") if path.is_file())
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}, []
    data = place.read_bytes()
    faults = [] if sealed(data) == data else ["seal"]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names):
                faults.append("name_twice")
            return {name: archive.read(name) for name in names}, faults
    except Exception:
        return {}, [*faults, "zip_broken"]
