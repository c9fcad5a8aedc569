"""Sheets by which a body's mark is counted from records (评分表): indicators, points, grades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "scorings"
Word = Literal[
    "items_met", "rectified_in_time", "rechecks_passed", "cases_in_time", "cases_resolved", "disclosed"
]
WORDS: tuple[str, ...] = get_args(Word)


@dataclass(frozen=True)
class Indicator:
    """One indicator: which record it is counted from (``word``), for how many points."""

    code: str
    title: Both
    word: Word
    points: int
    definition: Both


@dataclass(frozen=True)
class Grade:
    """A grade and the whole percent of the reachable marks from which it is given."""

    code: str
    title: Both
    floor: int


@dataclass(frozen=True)
class Scoring:
    """A scoring sheet for a kind of body. Below ``least_percent`` of points with records no grade is given."""

    code: str
    title: Both
    target: Literal["property_company", "owners_committee", "professional_body"]
    publication: str
    source: str
    surety: Literal["V", "M", "E"]
    least_percent: int
    indicators: tuple[Indicator, ...]
    grades: tuple[Grade, ...]
    disclosure_items: tuple[str, ...] = ()
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def grade(self, code: str) -> Both:
        """The title of a grade; empty for none."""
        return next((one.title for one in self.grades if one.code == code), Both("", ""))


SCHEMA = Scoring


def faults(sheet: Scoring, *, source: str = "") -> list[Said]:
    """Doubled indicators, points that are not 100 together, grades that do not fall."""
    codes = [one.code for one in sheet.indicators]
    found = [
        Said("property.sheet_double", source=source, code=code)
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    total = sum(one.points for one in sheet.indicators)
    if total != 100 or any(one.points <= 0 for one in sheet.indicators):
        found.append(Said("property.sheet_points", source=source, points=total))
    floors = [one.floor for one in sheet.grades]
    if not floors or floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
        found.append(Said("property.sheet_grades", source=source))
    return found


def title(sheet: Scoring) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Scoring) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def scoring_of(edition: Edition | int) -> Scoring:
    """The scoring sheet of an edition, parsed once a process."""
    return parsed(edition, Scoring)
