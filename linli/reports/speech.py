"""Sentences of a report as runs: the words of ``packs/words/reports.yaml`` with figures in their blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from linli.ground.money import yuan
from linli.ground.said import Saying
from linli.ground.sheets import Both
from linli.ground.wording import say, written
from linli.reports.facts import Facts, points_text
from linli.reports.tree import Block, Cell, Column, Heading, Listing, Paragraph, Run, Runs, Table

B = TypeVar("B")
# A figure travels through the wording as a sign of the private use area, and is put back as a run.
_SIGN = re.compile(r"([\ue000-\uefff])")


@dataclass(frozen=True)
class Speech:
    """Writes in one language about one set of facts."""

    facts: Facts
    lang: str

    def words(self, code: str, **values: object) -> str:
        """A sentence without figures."""
        return say(Saying(f"reports.{code}", values), self.lang)

    def runs(self, code: str, **values: object) -> Runs:
        """A sentence; values that are runs keep their reference."""
        figures = [value for value in values.values() if isinstance(value, Run)]
        signs = {id(run): chr(0xE000 + at) for at, run in enumerate(figures)}
        plain = {name: signs.get(id(value), value) for name, value in values.items()}
        pieces = _SIGN.split(self.words(code, **plain))
        return tuple(
            figures[ord(piece) - 0xE000] if _SIGN.fullmatch(piece) else Run(piece)
            for piece in pieces
            if piece
        )

    def paragraph(self, code: str, **values: object) -> Paragraph:
        """A paragraph of one sentence code."""
        return Paragraph(self.runs(code, **values))

    def text(self, both: Both) -> str:
        """A text of a sheet."""
        return both.text(self.lang)

    def known(self, value: str, field: str = "") -> str:
        """The value, or that the report does not state it (or that it was not recorded here)."""
        return value or self.words("not_stated" if self.facts.is_stated else "not_recorded")

    def clause(self, text: str) -> str:
        """A text inside a sentence: known or not, without a full stop of its own."""
        return self.known(text).rstrip("。.")

    def dated(self, kind: str) -> str:
        """Days and results of acceptances or audits."""
        rows = self.facts.dated[kind]
        joint = "；" if self.lang == "zh" else "; "
        return self.known(joint.join(f"{self.day(on)} {self.words(f'{kind}.{word}')}" for on, word in rows))

    def quoted(self, both: Both) -> str:
        """A title as it stands between quotation marks: its own marks become inner ones."""
        return self.text(both).replace("“", "‘").replace("”", "’")

    def day(self, on: date | None) -> str:
        """A day in words, or that it is not known."""
        return written(on, self.lang) if on else self.known("")

    def money(self, cents: int | None, name: str) -> Run:
        """An amount as a figure; unknown ones say so and have no reference."""
        if cents is None:
            return Run(self.known(""))
        text = f"{yuan(cents)}元" if self.lang == "zh" else f"CNY {yuan(cents)}"
        return Run(text, f"money:{name}")

    def score(self, name: str) -> Run:
        """A total of the score as a figure."""
        return Run(points_text(getattr(self.facts.score, name)), f"score:{name}")

    def listing(self, texts: Iterable[str | Runs]) -> list[Block]:
        """Points in order; nothing where there are none."""
        items = tuple((Run(text),) if isinstance(text, str) else text for text in texts)
        return [Listing(items)] if items else []

    def columns(self, *declared: tuple[str, int, str]) -> tuple[Column, ...]:
        """Columns by word, width and side."""
        return tuple(Column(self.words(f"column.{word}"), width, side) for word, width, side in declared)

    def table(
        self,
        word: str,
        columns: tuple[Column, ...],
        rows: Iterable[tuple[Cell, ...]],
        note: str = "",
    ) -> list[Block]:
        """A table; a sentence instead of it where it has no row."""
        found = tuple(rows)
        if not found:
            return [self.paragraph("table_empty", table=self.words(f"table.{word}"))]
        return [Table(self.words(f"sheet.{word}"), self.words(f"table.{word}"), columns, found, note)]


def heading(level: int, at: int, text: str, lang: str = "zh") -> Heading:
    """A heading with its number: 一、（一）1.（1）; in English 1. 1.1-free roman order is not used, digits are."""
    chinese = _CHINESE[at] if at < len(_CHINESE) else str(at)
    forms = {1: f"{chinese}、", 2: f"（{chinese}）", 3: f"{at}.", 4: f"（{at}）"}
    english = {1: f"{at}. ", 2: f"({at}) ", 3: f"{at}) ", 4: f"({at}) "}
    return Heading(level, (forms if lang == "zh" else english)[level], text)


_CHINESE = (
    "",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)


def yuan_cell(cents: int | None, ref: str = "", missing: str = "—") -> Cell:
    """An amount in yuan as a cell that is a number."""
    if cents is None:
        return Cell(missing)
    sign, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    return Cell(yuan(cents), ref, f"{sign}{whole}.{rest:02d}", "yuan")


def points_cell(hundredths: int, ref: str = "", *, strong: bool = False) -> Cell:
    """Points as a cell that is a number."""
    shown = points_text(hundredths)
    return Cell(shown, ref, shown, "points", strong)


def count_cell(count: int | None, missing: str = "—") -> Cell:
    """A count as a cell that is a number."""
    return Cell(missing) if count is None else Cell(str(count), "", str(count), "count")
