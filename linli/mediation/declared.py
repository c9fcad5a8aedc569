"""The sheet of mediation: kinds of dispute, what may not be mediated, the rights told, the order of the case file."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date

from linli.ground.said import Said
from linli.ground.sheets import Both

KIND = "mediation"
CODE = "mediation"
FORM_BLANKS = {"province", "community", "year", "number"}
LISTS = ("disputes", "refusals", "ties", "unconfirmable", "chapters", "results")


@dataclass(frozen=True)
class Word:
    """A code with its title; ``basis`` is the article or practice it comes from."""

    code: str
    title: Both
    basis: str = ""


@dataclass(frozen=True)
class Chapter:
    """A part of the case file in the standard order; ``always`` chapters are there even when empty."""

    code: str
    title: Both
    always: bool = False


@dataclass(frozen=True)
class MediationSheet:
    """Everything that a town or a year may word differently."""

    code: str
    title: Both
    source: str
    procedure: str
    number_form: str
    disputes: tuple[Word, ...]
    refusals: tuple[Word, ...]
    ties: tuple[Word, ...]
    unconfirmable: tuple[Word, ...]
    results: tuple[Word, ...]
    rights: tuple[Both, ...]
    duties: tuple[Both, ...]
    chapters: tuple[Chapter, ...]
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def title_of(self, group: str, code: str) -> Both:
        """The title of a code in one of the lists; raises ``Said('mediation.unknown_word')``."""
        for one in getattr(self, group):
            if one.code == code:
                found: Both = one.title
                return found
        raise Said("mediation.unknown_word", field=group, code=code)


SCHEMA = MediationSheet


def faults(sheet: MediationSheet, *, source: str = "") -> list[Said]:
    """Doubled codes, and blanks of the number form that nobody fills."""
    found = []
    for group in LISTS:
        codes = [one.code for one in getattr(sheet, group)]
        found += [
            Said("mediation.sheet_double", source=source, code=code)
            for code in sorted({code for code in codes if codes.count(code) > 1})
        ]
    blanks = {name for _, name, _, _ in string.Formatter().parse(sheet.number_form) if name is not None}
    if not {"year", "number"} <= blanks <= FORM_BLANKS:
        found.append(Said("mediation.sheet_number", source=source, form=sheet.number_form))
    return found


def title(sheet: MediationSheet) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: MediationSheet) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to
