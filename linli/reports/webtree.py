"""The tree as plain nested values that a page walks: headings with anchors, runs with short numbers, charts as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from linli.reports.pdf import chart_of
from linli.reports.tree import (
    AnnexRef,
    Block,
    ChartBlock,
    Document,
    Gaps,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
)


@dataclass(frozen=True)
class Piece:
    """A run or a cell on a page: text, reference word and short number where it is a figure, and how it stands."""

    text: str
    ref: str = ""
    number: str = ""
    strong: bool = False
    align: str = "left"


@dataclass(frozen=True)
class Part:
    """One block: ``kind`` names it, the other fields hold what that kind has."""

    kind: str
    level: int = 0
    anchor: str = ""
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    items: tuple[tuple[Piece, ...], ...] = ()
    columns: tuple[Piece, ...] = ()
    note: str = ""
    state: str = ""
    chart: Any = None


@dataclass(frozen=True)
class Page:
    """A report as a page: cover facts, contents (anchor, level, text), parts, annexes."""

    title: str
    subtitle: str
    number: str
    facts: tuple[tuple[str, str], ...]
    contents: tuple[tuple[str, int, str], ...]
    parts: tuple[Part, ...]
    annexes: tuple[tuple[str, str, str, tuple[Part, ...]], ...]
    gaps: int


def page_of(document: Document) -> Page:
    """The page of a tree. No query, no markup."""
    parts = tuple(_parts(document, document.blocks, "p"))
    return Page(
        title=document.title.replace("\n", ""),
        subtitle=document.subtitle,
        number=document.number,
        facts=document.facts,
        contents=tuple(
            (part.anchor, part.level, part.text)
            for part in parts
            if part.kind == "heading" and part.level < 3
        ),
        parts=parts,
        annexes=tuple(
            (annex.number, annex.title, annex.state, tuple(_parts(document, annex.blocks, f"a{annex.number}-")))
            for annex in document.annexes
        ),
        gaps=len(document.gaps),
    )  # fmt: skip


def _parts(document: Document, blocks: tuple[Block, ...], prefix: str) -> Iterator[Part]:
    numbers = {known.ref: known.number for known in document.references}
    for at, block in enumerate(blocks, start=1):
        yield _part(block, numbers, f"{prefix}{at}")


def _pieces(runs: tuple[Run, ...], numbers: dict[str, str]) -> tuple[Piece, ...]:
    return tuple(Piece(run.text, run.ref, numbers.get(run.ref, ""), run.strong) for run in runs)


def _part(block: Block, numbers: dict[str, str], anchor: str) -> Part:
    match block:
        case Heading():
            return Part("heading", block.level, anchor, f"{block.number}{block.text}")
        case Paragraph():
            return Part("paragraph", pieces=_pieces(block.runs, numbers), state=block.style)
        case Listing():
            return Part("listing", items=tuple(_pieces(item, numbers) for item in block.items))
        case Gaps():
            return Part("gaps", items=tuple((Piece(gap.text, gap.refs),) for gap in block.gaps))
        case AnnexRef():
            return Part("annex", text=f"{block.number} {block.title}", note=block.reason, state=block.state)
        case ChartBlock():
            return Part("chart", anchor=anchor, text=block.caption, chart=chart_of(block, anchor))
        case Table():
            columns = tuple(Piece(column.title, align=column.align) for column in block.columns)
            rows = tuple(
                tuple(
                    Piece(cell.text, cell.ref, numbers.get(cell.ref, ""), cell.strong, column.align)
                    for cell, column in zip(row, block.columns, strict=True)
                )
                for row in block.rows
            )
            return Part(
                "table", anchor=anchor, text=block.caption, items=rows, columns=columns, note=block.note
            )
