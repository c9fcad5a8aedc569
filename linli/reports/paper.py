"""A paper that others wrote, as lines and tables with places, sections and sentences. Nothing is judged here.

For matching, full-width letters, digits and punctuation are turned into their half-width forms one for one, so that
positions stay the same and every quotation is cut from the paper's own characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from linli.ground.said import Saying

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2F: 0x2F}
_CHINESE = "一二三四五六七八九十百"
_LEFTOVER = re.compile(r"^(?:\[[^\]]*\]|[\s#*>•·\-])+")
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第[{_CHINESE}\d]+(?:部分|章|篇)[\s、:.]*")),
    (2, re.compile(rf"[{_CHINESE}]+\s*[、.]\s*")),
    (2, re.compile(r"[IVX]+\s*[.、]\s*")),
    (3, re.compile(rf"(?:\([{_CHINESE}]+\)|第[{_CHINESE}\d]+[节条])\s*[、.]?\s*")),
    (5, re.compile(r"\d+(?:\.\d+)+(?![\d%])\s*[、.]?\s*(?=[^\d\s%])")),
    (4, re.compile(r"\d{1,2}\s*[、.)](?!\d)\s*|\d{1,2} +(?=[^\d\s])")),
    (6, re.compile(r"\(\d+\)\s*[、.]?\s*")),
    (7, re.compile(r"[①-⑳]\s*")),
)
_STOP = re.compile(r"[。;!?](?=.)|[。;!?]$")
ANNEX_START = re.compile(
    r"^\s*(?:附\s*件|附\s*表|附\s*录|附\s*:|附\s*\d|佐证材料|[Aa]nnex)|(?:需附|后附|附后|附以下|附送|所附|附有)[^。]{0,16}(?:材料|附件|资料)"
    r"|(?:佐证|证明)材料(?:清单|目录|如下)"
)
_TITLE_END = re.compile(r"[。:;]")


def narrow(text: str) -> str:
    """The text with full-width forms narrowed, character for character."""
    return text.translate(_NARROW)


@dataclass(frozen=True)
class Place:
    """Where something stands: headings above it, and a line, paragraph, page or cell."""

    kind: str
    number: int = 0
    path: tuple[str, ...] = ()
    sheet: str = ""
    row: int = 0
    column: int = 0

    def saying(self) -> Saying:
        """The place as a sentence still without a language."""
        headings = " > ".join(self.path)
        values = {"path": headings, "number": self.number, "sheet": self.sheet, "row": self.row}
        kind = self.kind if headings or self.kind in ("whole", "cell") else f"{self.kind}_bare"
        return Saying(f"review.place.{kind}", {**values, "column": self.column})


@dataclass(frozen=True)
class Line:
    """One line or paragraph as it stands in the file; ``level`` where the file itself marks a heading."""

    text: str
    place: Place
    level: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of cell texts as they stand; ``sheet`` names it; ``after`` counts the lines before it."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    after: int = 0

    def place(self, row: int, column: int) -> Place:
        """The place of a cell, counted from 1 as people count."""
        return Place("cell", sheet=self.sheet, row=row + 1, column=column + 1)


@dataclass(frozen=True)
class Sentence:
    """One sentence: its own characters, the narrowed ones for matching, its place; ``is_title`` for a heading."""

    raw: str
    text: str
    place: Place
    is_title: bool = False

    def quote(self, found: re.Match[str] | None = None, limit: int = 40) -> str:
        """The paper's own words around a match (or from the beginning), short."""
        if found is None:
            return self.raw[:limit]
        clause = max(self.text.rfind(sign, 0, found.start()) for sign in ",;:。") + 1
        begin = clause if found.end() - clause <= limit else found.start()
        return self.raw[begin : max(begin + limit, found.end())].strip()


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; ``inner`` counts the sections below."""

    title: str
    level: int
    place: Place
    raw: str
    own: tuple[Sentence, ...]
    whole: tuple[Sentence, ...]


@dataclass(frozen=True)
class Remark:
    """One finding: rule word, severity (fault, doubt, note), place, the paper's words, and blanks of the message."""

    rule: str
    severity: str
    place: Place
    quote: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self) -> Saying:
        """What is wrong, as a sentence still without a language."""
        return Saying(f"review.{self.rule}", self.values)


@dataclass(frozen=True)
class Paper:
    """A paper: its name, lines and tables. ``headings`` are words that make a short unnumbered line a heading."""

    name: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    headings: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> tuple[_Part, ...]:
        """Lines with the heading they open, if any, and the headings above."""
        stack: list[tuple[int, str]] = []
        found = []
        for line in self.lines:
            level, title, cut = heading_of(line, self.headings)
            if title:
                stack = [above for above in stack if above[0] < level] + [(level, title)]
            path = tuple(word for _, word in stack)
            found.append(_Part(line, level if title else 0, title, cut, path))
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the running text and of long cells, in order."""
        running = [sentence for part in self.parts for sentence in part.sentences()]
        return (*running, *self._cell_sentences())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every heading with its text, in order."""
        found = []
        for at, part in enumerate(self.parts):
            if not part.title:
                continue
            end = next(
                (n for n in range(at + 1, len(self.parts)) if 0 < self.parts[n].level <= part.level),
                len(self.parts),
            )
            first = next((n for n in range(at + 1, end) if self.parts[n].title), end)
            own = tuple(s for p in self.parts[at:first] for s in p.sentences() if not s.is_title)
            whole = tuple(s for p in self.parts[at:end] for s in p.sentences())[1 if part.cut else 0 :]
            place = part.place
            found.append(Section(part.title, part.level, place, part.line.text, own, whole))
        return tuple(found)

    @property
    def title(self) -> str:
        """The first words of the paper, to quote where something is lacking as a whole."""
        texts = (line.text.strip() for line in self.lines)
        cells = (cell for table in self.tables for row in table.rows for cell in row)
        return next((text for text in (*texts, *cells) if text.strip()), self.name)[:40].strip()

    @cached_property
    def text(self) -> str:
        """All the text, narrowed, for questions about the whole paper."""
        cells = (" ".join(row) for table in self.tables for row in table.rows)
        return narrow("\n".join([*(line.text for line in self.lines), *cells]))

    def lacking(self, rule: str, severity: str = "fault", **values: object) -> Remark:
        """A finding about something the paper does not have."""
        return Remark(rule, severity, Place("whole"), self.title, values)

    def _cell_sentences(self) -> Iterator[Sentence]:
        for table in self.tables:
            for r, row in enumerate(table.rows):
                for c, cell in enumerate(row):
                    if len(cell) > 12:
                        yield from split_sentences(cell, table.place(r, c))


@dataclass(frozen=True)
class _Part:
    line: Line
    level: int
    title: str
    cut: int
    path: tuple[str, ...]

    @property
    def place(self) -> Place:
        return Place(self.line.place.kind, self.line.place.number, self.path)

    def sentences(self) -> Iterator[Sentence]:
        raw = self.line.text
        if self.title and self.cut:
            yield Sentence(
                raw[: self.cut].strip(), narrow(raw[: self.cut]).strip(), self.place, is_title=True
            )
            raw = raw[self.cut :]
        yield from split_sentences(raw, self.place)


def split_sentences(raw: str, place: Place) -> Iterator[Sentence]:
    """Cut a text at full stops, semicolons, question and exclamation marks and line ends, keeping its characters."""
    begin = 0
    text = narrow(raw)
    for at, sign in enumerate(text):
        stop = sign in "。;!?\n" or (sign == "." and text[at + 1 : at + 2] in ("", " ") and at > 0)
        if stop or at == len(text) - 1:
            piece = raw[begin : at + 1].strip()
            if piece.strip("。;!?. \n"):
                yield Sentence(piece, narrow(piece), place)
            begin = at + 1


def heading_of(line: Line, known: Sequence[str]) -> tuple[int, str, int]:
    """Level, title and the length of the heading within the line; level 0 and an empty title when it is none.

    The length is 0 when a numbered line is a sentence of its own rather than a heading with text behind it.
    """
    text = narrow(line.text)
    lead = _LEFTOVER.match(text)
    start = lead.end() if lead else 0
    marks = text[:start].count("#")
    if len(text) < 60 and ANNEX_START.search(text):
        return 1, text.strip()[:30].rstrip(":"), len(text)
    for level, pattern in _MARKERS:
        found = pattern.match(text, start)
        if found and found.end() < len(text.rstrip()):
            deeper = found.group().count(".") if level == 5 else 0
            return (line.level or marks or level + deeper, *_title(text, found.end()))
    rest = text[start:].strip()
    if line.level or marks:
        return line.level or marks, rest[:30], len(text)
    short = 0 < len(rest) <= 24 and not re.search(r"[。;,!?]|\d{2}", rest)
    if short and any(word in rest for word in known):
        return 9, rest.rstrip(":"), len(text)
    return 0, "", 0


def _title(text: str, start: int) -> tuple[str, int]:
    end = _TITLE_END.search(text, start)
    if end and end.start() - start <= 30:
        return text[start : end.start()].strip(), end.end()
    rest = text[start:].strip()
    if not end and len(rest) <= 30:
        return rest, len(text)
    return rest[:14], 0
