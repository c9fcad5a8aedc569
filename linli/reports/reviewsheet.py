"""The sheet of words and lists by which papers of others are judged; a town may replace it by its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from linli.ground.packs import sheet_paths
from linli.ground.sheets import Both, load_file


@dataclass(frozen=True)
class GradeWord:
    """A grade's word and the share of the total, per cent, from which it holds."""

    word: str
    at_least: Decimal


@dataclass(frozen=True)
class Chapter:
    """A chapter that an outline requires, with the words by which its heading is known."""

    code: str
    title: Both
    words: tuple[str, ...]
    outlines: tuple[Literal["ministry", "source"], ...]


@dataclass(frozen=True)
class AnnexSheet:
    """A paper that must lie behind the report, with the words by which it is known."""

    code: str
    title: Both
    words: tuple[str, ...]


@dataclass(frozen=True)
class ReviewSheet:
    """Everything the reviewer looks for. Word lists are matched anywhere in a sentence or heading."""

    code: str
    edition: int
    source: str
    effect_words: tuple[str, ...]
    achieved_words: tuple[str, ...]
    weakness_words: tuple[str, ...]
    indicator_words: tuple[str, ...]
    goal_titles: tuple[str, ...]
    effect_titles: tuple[str, ...]
    problem_titles: tuple[str, ...]
    advice_titles: tuple[str, ...]
    limit_titles: tuple[str, ...]
    consequence_words: tuple[str, ...]
    third_party_words: tuple[str, ...]
    grades: tuple[GradeWord, ...]
    one_indicator_most: Decimal
    form_limit: int
    chapters: tuple[Chapter, ...]
    annexes: tuple[AnnexSheet, ...]
    substance: tuple[str, ...]

    def heading_words(self) -> tuple[str, ...]:
        """Words that make a short unnumbered line a heading."""
        return tuple(dict.fromkeys(word for chapter in self.chapters for word in chapter.words))


@lru_cache(maxsize=1)
def review_sheet() -> ReviewSheet:
    """The sheet in force."""
    return load_file(sheet_paths("papers")["review"], ReviewSheet)


def any_of(words: tuple[str, ...], text: str) -> str:
    """The first of the words that the text holds, or nothing."""
    return next((word for word in words if word in text), "")
