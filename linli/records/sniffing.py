"""What a file is, by its content alone. Pure.

Accepted: PDF, PNG, JPEG, WebP, Word, Excel and PowerPoint without macros, OFD (GB/T 33190), ZIP, plain text and CSV.
Everything else is refused with a sentence that says what to hand in instead.
"""

from __future__ import annotations

import csv
import io

from linli.ground.said import Said
from linli.records import archives

PDF = "application/pdf"
PHOTOS = ("image/png", "image/jpeg", "image/webp")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "<iframe", "#!")


def sniff(content: bytes) -> str:
    """The media type. Raises ``Said`` for types that are not taken."""
    head = content[:16]
    if b"%PDF-" in content[:1024]:
        return PDF
    if photo := _photo(head):
        return photo
    if head.startswith(b"PK\x03\x04"):
        return archives.media_type(content)
    _refuse_known(head)
    return _text(content)


def _photo(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return ""


def _refuse_known(head: bytes) -> None:
    """Known and not taken: the sentence says how to hand it in."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise Said("records.heic", field="file")
    if head[4:8] == b"ftyp":
        raise Said("records.video", field="file")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Said("records.old_office", field="file")
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise Said("records.other_archive", field="file")
    if head.startswith((b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        raise Said("records.other_picture", field="file")


def decoded(content: bytes) -> str | None:
    """A text file's text: UTF-8, else GB 18030; ``None`` if it is no text."""
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        return None if any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text) else text
    return None


def _text(content: bytes) -> str:
    text = decoded(content)
    if text is None or not text.strip():
        raise Said("records.unknown_type", field="file")
    if text.lstrip().lower().startswith(_MARKUP):
        raise Said("records.active_text", field="file")
    return "text/csv" if _is_table(text) else "text/plain"


def _is_table(text: str) -> bool:
    """At least two rows, all of the same width of two cells or more."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text[:20_000])) if row]
    except csv.Error:
        return False
    # The last row may have been cut in the middle.
    widths = {len(row) for row in (rows[:-1] if len(text) > 20_000 else rows)}
    return len(rows) > 1 and len(widths) == 1 and widths.pop() > 1
