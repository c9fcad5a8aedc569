"""The annex pack: which annexes are there, made by us or as papers in the project's file, and one zip of all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from linli.reports.blocks import BLOCKS
from linli.reports.declared import AnnexSheet, Outline
from linli.reports.packing import pack
from linli.reports.speech import Speech
from linli.reports.tree import Annex, AnnexRef, Block, Document, Table


@dataclass(frozen=True)
class Item:
    """One thing an annex asks for: its number in the list of facts, the digests of its papers, whether we made it."""

    title: str
    ref: str
    papers: tuple[str, ...]
    is_made: bool

    @property
    def is_original(self) -> bool:
        """Whether the paper itself lies in the project's file."""
        return bool(self.papers)


@dataclass(frozen=True)
class State:
    """An annex with its items and what we made for it."""

    title: str
    items: tuple[Item, ...]
    blocks: tuple[Block, ...]

    @property
    def word(self) -> str:
        """attached, made, partial or missing."""
        if all(item.is_original for item in self.items):
            return "attached"
        there = [item.is_original or item.is_made for item in self.items]
        if all(there):
            return "made"
        return "partial" if any(there) else "missing"


def states_of(speech: Speech, outline: Outline) -> list[State]:
    """How complete every annex of the outline is."""
    return [_state(speech, sheet) for sheet in outline.annexes]


def _state(speech: Speech, sheet: AnnexSheet) -> State:
    blocks = tuple(block for word in sheet.blocks for block in BLOCKS[word](speech))
    made = any(isinstance(block, Table) for block in blocks)
    items = tuple(
        Item(
            speech.text(one.title),
            one.ref,
            tuple(digest for kind in one.papers for digest in speech.facts.papers.get(kind, ())),
            made and not sheet.parts,
        )
        for one in sheet.parts or (sheet,)
    )
    return State(speech.text(sheet.title), items, blocks)


def annexes_of(speech: Speech, outline: Outline) -> tuple[Annex, ...]:
    """The annexes with their own pages: what we made, what lies in the file, and what is missing and why."""
    return tuple(
        Annex(
            str(at), state.title, state.word, (*_lines(speech, state, at), *state.blocks),
            tuple(digest for item in state.items for digest in item.papers),
        )
        for at, state in enumerate(states_of(speech, outline), start=1)
    )  # fmt: skip


def _lines(speech: Speech, state: State, at: int) -> Iterator[AnnexRef]:
    for number, item in enumerate(state.items, start=1):
        word = "attached" if item.papers else "made" if item.is_made else "missing"
        if word == "made" and speech.facts.is_stated:
            word = "made_instead"
        reason = speech.words(f"annex_{word}", count=len(item.papers), ref=_listed(speech, item))
        own = f"{at}.{number}" if len(state.items) > 1 else str(at)
        yield AnnexRef(own, item.title, word, reason)


def _listed(speech: Speech, item: Item) -> str:
    """The item's number in the list of facts, where the project is only known from a report."""
    return speech.words("in_list", ref=item.ref) if speech.facts.is_stated and item.ref else ""


def annex_pack(
    document: Document, papers: Mapping[str, tuple[str, bytes]], forms: Mapping[str, bytes]
) -> bytes:
    """A zip with an index: the report's forms by file name, and the papers (digest to name and bytes).

    A paper that is named in the tree and not handed in stands in the index as not included.
    """
    files: dict[str, bytes] = dict(forms)
    index = [("annex", "title", "state", "file", "sha256")]
    index += [("", "", "made", name, sha256(content).hexdigest()) for name, content in forms.items()]
    for annex in document.annexes:
        if not annex.papers:
            index.append((annex.number, annex.title, annex.state, "", ""))
        for at, digest in enumerate(annex.papers, start=1):
            name, content = papers.get(digest, ("", b""))
            place = f"{annex.number}/{at:02d}-{name}" if name else ""
            if place:
                files[place] = content
            index.append((annex.number, annex.title, annex.state if place else "not included", place, digest))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(index)
    return pack({"index.csv": b"\xef\xbb\xbf" + text.getvalue().encode(), **files})
