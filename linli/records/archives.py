"""Looking into ZIP containers (Word, Excel, PowerPoint, OFD, plain ZIP) without unpacking them. Pure."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from linli.ground.said import Said
from linli.records.limits import limits

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    "word/document.xml": _OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OFFICE + "presentationml.presentation",
}
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/")


def media_type(content: bytes) -> str:
    """The media type of a ZIP container. Raises ``Said`` if it is broken, locked, a bomb, or holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise Said("records.broken_archive", field="file") from fault
    _require_harmless(entries, len(content))
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names:
        return _office(names)
    return "application/ofd" if "OFD.xml" in names else "application/zip"


def _office(names: set[str]) -> str:
    if any(mark in name.lower() for name in names for mark in _MACROS):
        raise Said("records.macros", field="file")
    for part, kind in _MAIN_PARTS.items():
        if part in names:
            return kind
    raise Said("records.broken_archive", field="file")


def _require_harmless(entries: list[zipfile.ZipInfo], size: int) -> None:
    allowed = limits()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > allowed.archive_entries or unpacked > allowed.archive_unpacked_bytes:
        raise Said("records.archive_bomb", field="file")
    # Small archives of repetitive XML shrink very well, so the ratio counts only where it hurts.
    if unpacked > 64 * 1024 * 1024 and unpacked > size * allowed.archive_ratio:
        raise Said("records.archive_bomb", field="file")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Said("records.locked", field="file")
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise Said("records.archive_paths", field="file")
