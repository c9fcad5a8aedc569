"""The outlines of reports as sheets: parts with their headings, the blocks that fill them, and the annexes.

A sheet of ``packs/*/outlines`` names blocks by words of a closed list (``composing.BLOCKS``); the words lead to
code, so a sheet decides what stands where, never what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.projects.declared import paper_kinds
from linli.reports.blocks import BLOCKS
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "outlines"


@dataclass(frozen=True)
class Section:
    """A heading with the blocks below it, then its own sections."""

    title: Both
    blocks: tuple[str, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True)
class AnnexSheet:
    """An annex: blocks that we make, kinds of papers that must be in the project's file, or items of its own.

    ``ref`` is its number in the list of facts that a report must carry.
    """

    code: str
    title: Both
    blocks: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    ref: str = ""
    parts: tuple[AnnexSheet, ...] = ()


@dataclass(frozen=True)
class Outline:
    """One edition of an outline. ``paper`` is the title of the report after the project's name."""

    code: str
    title: Both
    paper: Both
    source: str
    valid_from: date
    parts: tuple[Section, ...]
    annexes: tuple[AnnexSheet, ...]
    valid_to: date | None = None

    def block_words(self) -> Iterator[str]:
        """Every block word, wherever it stands."""
        waiting: list[Section | AnnexSheet] = [*self.parts, *self.annexes]
        while waiting:
            node = waiting.pop()
            yield from node.blocks
            waiting += node.parts


SCHEMA = Outline


def faults(sheet: Outline, *, source: str = "") -> list[Said]:
    """Unknown block words, unknown kinds of papers, annexes that nothing can fill."""
    known = "、".join(sorted(BLOCKS))
    found = [
        Said("reports.unknown_block", source=source, block=word, known=known)
        for word in sheet.block_words()
        if word not in BLOCKS
    ]
    for annex in sheet.annexes:
        for one in annex.parts or (annex,):
            found += [
                Said("reports.unknown_paper", source=source, paper=kind)
                for kind in one.papers
                if kind not in paper_kinds()
            ]
            if not one.blocks and not one.papers:
                found.append(Said("reports.empty_annex", source=source, annex=one.code))
    return found


def title(sheet: Outline) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Outline) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def outline_of(edition: Edition) -> Outline:
    """The outline of an edition."""
    return parsed(edition, Outline)
