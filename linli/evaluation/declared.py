"""The sheet kind of indicator systems, for publishing."""

from __future__ import annotations

from datetime import date

from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.frames import Frame
from linli.ground.said import Said
from linli.ground.sheets import Both

KIND = "frames"
SCHEMA = Frame


def faults(sheet: Frame, *, source: str = "") -> list[Said]:
    """Indicators and companions that name a measure which their room does not declare.

    A room that is not part of this installation declares nothing: what reads from it is a gap, not a fault.
    """
    rooms = {word.partition(".")[0] for word in CATALOGUE}
    found = []
    for leaf in sheet.leaves():
        asked = leaf.indicator
        words = [] if asked is None else [asked.companion]
        if asked is not None and asked.reads.kind == "measure":
            words.append(asked.reads.word)
        for word in words:
            if word and word.partition(".")[0] in rooms and word not in CATALOGUE:
                found.append(
                    Said("evaluation.unknown_measure_in_sheet", source=source, code=leaf.code, word=word)
                )
    return found


def title(sheet: Frame) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Frame) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.since, sheet.until
