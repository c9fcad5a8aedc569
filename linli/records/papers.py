"""A simple look into a PDF for things that act when it is opened. Pure.

Read are the plain objects and the inflated object streams, with escaped names undone. This finds what ordinary
tools write; it is no virus scanner, and a file built to deceive may pass. Papers are therefore also served as
downloads only, never run.
"""

from __future__ import annotations

import re
import zlib

from linli.ground.said import Said

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_INFLATED = 16 * 1024 * 1024
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|ImportData|SubmitForm)(?![A-Za-z0-9])")
_CARRIES = re.compile(rb"/(EmbeddedFiles?)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


def _unescaped(part: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found.group(1), 16)]), part)


def _structure(content: bytes) -> tuple[bytes, bool]:
    """Every object outside of streams and inside object streams; and whether all of the latter could be read."""
    parts: list[bytes] = []
    whole, end, room = True, 0, _MOST_INFLATED
    for found in _STREAM.finditer(content):
        before = content[end : found.start()]
        end = found.end()
        parts.append(before)
        if b"/ObjStm" in _unescaped(before[-2048:]):
            inflater = zlib.decompressobj()
            try:
                inner = inflater.decompress(found.group(1), room) if room else b""
            except zlib.error:
                inner = b""
            whole = whole and bool(inner) and not inflater.unconsumed_tail
            room -= len(inner)
            parts.append(inner)
    parts.append(content[end:])
    return _unescaped(b"\n".join(parts)), whole


def examine(content: bytes) -> list[str]:
    """Remarks on a PDF as words: ``embedded_files``, ``not_fully_read``.

    Raises ``Said`` when it holds a script or an action that starts something, or is locked by a password.
    """
    structure, whole = _structure(content)
    if _LOCKED.search(structure):
        raise Said("records.locked", field="file")
    if _ACTS.search(structure):
        raise Said("records.pdf_acts", field="file")
    remarks = ["embedded_files"] if _CARRIES.search(structure) else []
    return remarks if whole else [*remarks, "not_fully_read"]
