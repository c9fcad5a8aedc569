"""How large a file may be: a sheet, so that a town may decide otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from linli.ground import packs, sheets
from linli.ground.said import Said


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, pictures also in pixels; ``archive_ratio`` is the most an entry may unpack to, per byte."""

    photo_bytes: int
    paper_bytes: int
    archive_bytes: int
    photo_pixels: int
    photo_longest_side: int
    archive_entries: int
    archive_unpacked_bytes: int
    archive_ratio: int


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits in force."""
    return sheets.load_file(packs.sheet_paths("records")["limits"], Limits)


def require_size(size: int, most: int) -> None:
    """Refuse an empty file and one larger than ``most`` bytes."""
    if size == 0:
        raise Said("records.empty", field="file")
    if size > most:
        raise Said("records.too_large", field="file", size=_megabytes(size), most=_megabytes(most))


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that a refused size never reads the same as the limit."""
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
