"""A report as a tree of plain values: what every paper, table and page is rendered from, without any database.

A figure is a run of text with a reference: ``reading:KEY``, ``score:KEY``, ``claim:PART`` or ``money:WORD``. The
tree numbers its references once, so that Word, PDF, Excel and page print the same ［R1］ for the same thing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.ground.canonical import canonical
from linli.ground.digest import digest


@dataclass(frozen=True)
class Run:
    """A piece of text; with ``ref`` it is a figure, with ``strong`` it is set apart."""

    text: str
    ref: str = ""
    strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of a level 1 to 4 with its number as official papers write it: 一、（一）1.（1）."""

    level: int
    number: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``style``: body, lead (set apart), note (small, below a table)."""

    runs: Runs
    style: str = "body"


@dataclass(frozen=True)
class Listing:
    """Points in order, numbered （1）, （2） or with ①, ② inside an annex list."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Column:
    """A column: title, share of the width, and where its texts stand (left, right, center)."""

    title: str
    width: int = 10
    align: str = "left"


@dataclass(frozen=True)
class Cell:
    """A cell: its text; ``number`` the exact value as decimal text, where it is one, and its ``form``
    (``yuan``, ``points``, ``count``, ``percent``, ``plain``)."""

    text: str
    ref: str = ""
    number: str = ""
    form: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption and a note; ``name`` is the sheet it becomes in a workbook."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One series of a chart; values as decimal text, empty where there is none."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ChartBlock:
    """A chart of lying bars: ``bars`` beside each other, or ``stacked``."""

    kind: str
    caption: str
    unit: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Gap:
    """Something that is missing: a code, the sentence, its numbers in the list of facts, and the weight it touches."""

    code: str
    text: str
    refs: str = ""
    weight: int = 0


@dataclass(frozen=True)
class Gaps:
    """Gaps as a block of the text."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class AnnexRef:
    """A line of the list of annexes: number, title, state (made, attached, partial, missing), and why."""

    number: str
    title: str
    state: str
    reason: str


Block = Heading | Paragraph | Listing | Table | ChartBlock | Gaps | AnnexRef


@dataclass(frozen=True)
class Annex:
    """An annex with its own page."""

    number: str
    title: str
    state: str
    blocks: tuple[Block, ...]
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """What a figure stands on: its short number, its word, what it is, value, evidence and digest."""

    number: str
    ref: str
    title: str
    value: str
    span: str
    evidence: str
    digest: str


@dataclass(frozen=True)
class Document:
    """A whole report. ``facts`` are the lines of the cover; ``words`` what renderers print around the text."""

    title: str
    subtitle: str
    number: str
    outline: str
    lang: str
    issuer: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    references: tuple[Reference, ...]
    gaps: tuple[Gap, ...]
    words: Mapping[str, str]

    def tables(self) -> Iterator[Table]:
        """Every table in the order of the report."""
        for blocks in (self.blocks, *(annex.blocks for annex in self.annexes)):
            yield from (block for block in blocks if isinstance(block, Table))

    def short(self, ref: str) -> str:
        """The short number of a reference, empty where the tree does not index it."""
        return next((known.number for known in self.references if known.ref == ref), "")

    def digest(self) -> str:
        """SHA-256 over the canonical form of the whole tree."""
        return digest(canonical(to_plain(self)), "sha256")


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Run, Heading, Paragraph, Listing, Column, Cell, Table, Line, ChartBlock, Gap, Gaps, AnnexRef, Annex, Reference,
        Document,
    )
}  # fmt: skip


def to_plain(value: Any) -> Any:
    """The tree as JSON values; every node carries its kind as ``_``, what is at its default is left out."""
    if dataclasses.is_dataclass(value):
        kept = {
            field.name: to_plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
        return {"_": type(value).__name__, **kept}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {"_": "", **value}
    return value.isoformat() if isinstance(value, date) else value


def from_plain(value: Any) -> Any:
    """The tree again from what ``to_plain`` gave."""
    if isinstance(value, list):
        return tuple(from_plain(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind, rest = value["_"], {name: from_plain(item) for name, item in value.items() if name != "_"}
    if not kind:
        return rest
    if kind == "Document":
        rest["made_on"] = date.fromisoformat(rest["made_on"])
    return _KINDS[kind](**rest)
