"""Sheets of this room: funds with their use rules (published as editions), purposes, papers, stated projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import Both, load_file
from linli.projects.formulas import Barred
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "funds"


@dataclass(frozen=True)
class BarredUse:
    """A use the fund may not be spent on. ``words`` give it away in a payee or item text; ``basis`` says why."""

    code: str
    title: Both
    words: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Fund:
    """A fund and what it may be used for. An empty ``allowed`` leaves every purpose that is not barred."""

    code: str
    title: Both
    kind: Literal["lottery", "budget", "street", "donation"]
    basis: str
    valid_from: date
    allowed: tuple[str, ...]
    barred: tuple[BarredUse, ...]
    duties: tuple[Both, ...] = ()
    mark: Both | None = None
    valid_to: date | None = None

    def uses(self) -> tuple[Barred, ...]:
        """The barred uses as the formulas take them."""
        return tuple(Barred(use.code, use.title, use.words, use.basis) for use in self.barred)


SCHEMA = Fund


def faults(sheet: Fund, *, source: str = "") -> list[Said]:
    """Every fault of a fund sheet: unknown purposes, a purpose both allowed and barred, a bar without words."""
    known = purposes()
    barred = [use.code for use in sheet.barred]
    found = [
        Said("projects.sheet_unknown_purpose", source=source, purpose=code)
        for code in [*sheet.allowed, *barred]
        if code not in known
    ]
    found += [
        Said("projects.sheet_both_ways", source=source, purpose=code)
        for code in sheet.allowed
        if code in barred
    ]
    found += [
        Said("projects.sheet_no_words", source=source, purpose=use.code)
        for use in sheet.barred
        if not use.words
    ]
    return found


def title(sheet: Fund) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Fund) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def fund_of(edition: Edition | int) -> Fund:
    """The parsed fund of an edition."""
    return parsed(edition, Fund)


@lru_cache(maxsize=1)
def purposes() -> dict[str, Both]:
    """What money can be spent on, by word (``packs/*/projects/purposes.yaml``)."""
    return load_file(sheet_paths("projects")["purposes"], dict[str, Both])


@lru_cache(maxsize=1)
def paper_kinds() -> dict[str, Both]:
    """Kinds of papers of a project, by word (``packs/*/projects/papers.yaml``)."""
    return load_file(sheet_paths("projects")["papers"], dict[str, Both])


def purpose_title(word: str) -> Both:
    """The title of a purpose; an unknown word stands for itself."""
    return purposes().get(word, Both(word))


def require_purpose(word: str) -> str:
    """The word, where it is declared. Raises ``Said('projects.unknown_purpose')``."""
    if word not in purposes():
        raise Said("projects.unknown_purpose", field="purpose", purpose=word)
    return word
