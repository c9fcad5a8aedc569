"""The sheet of grievance classes: what people complain of, who handles it first, in how many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.cases.procedures import Limit
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import all_roles

KIND = "classes"


@dataclass(frozen=True)
class GradeLimit:
    """Days to the answer for a grade, and hours to the first response."""

    grade: Literal["urgent", "important", "ordinary"]
    limit: Limit
    respond_hours: int


@dataclass(frozen=True)
class GrievanceClass:
    """One of the classes (domain §6.1): words that point to it, the post that handles it, where else to turn."""

    code: str
    title: Both
    examples: Both
    words: tuple[str, ...]
    handler: str
    data_class: Literal["P2", "P3", "P4"] = "P2"
    emergency: Both = Both("", "")


@dataclass(frozen=True)
class ClassList:
    """The published list of classes with the limits of each grade."""

    code: str
    title: Both
    source: str
    procedure: str
    limits: tuple[GradeLimit, ...]
    natures: tuple[Both, ...]
    classes: tuple[GrievanceClass, ...]
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def of(self, code: str) -> GrievanceClass:
        """The class of a code. Raises ``Said('grievances.unknown_class')``."""
        for one in self.classes:
            if one.code == code:
                return one
        raise Said("grievances.unknown_class", field="class", code=code)

    def limit(self, grade: str) -> GradeLimit:
        """The limits of a grade."""
        for one in self.limits:
            if one.grade == grade:
                return one
        raise Said("grievances.unknown_grade", field="grade", grade=grade)

    def suggest(self, text: str) -> list[GrievanceClass]:
        """Classes whose words occur in a text, most hits first; an empty list where none does."""
        hits = [(sum(text.count(word) for word in one.words), one) for one in self.classes]
        return [one for count, one in sorted(hits, key=lambda hit: -hit[0]) if count][:3]


SCHEMA = ClassList


def faults(sheet: ClassList, *, source: str = "") -> list[Said]:
    """Unknown handlers and doubled codes."""
    roles, seen, found = all_roles(), set(), []
    for one in sheet.classes:
        if one.handler not in roles:
            found.append(Said("grievances.sheet_handler", source=source, code=one.code, post=one.handler))
        if one.code in seen:
            found.append(Said("grievances.sheet_double", source=source, code=one.code))
        seen.add(one.code)
    return found


def title(sheet: ClassList) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: ClassList) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to
