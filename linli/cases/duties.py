"""The sheet kind of duty lists (社区工作事项清单): what a community must do, assists with, and is not to be burdened with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground import codes
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed
from linli.rulebook.publishing import editions

KIND = "duties"


@dataclass(frozen=True)
class Line:
    """One line of a list, with the law or paper it rests on."""

    code: str
    title: Both
    basis: str
    surety: Literal["V", "M", "E"] = "E"


@dataclass(frozen=True)
class Duties:
    """The lists. ``grounds`` are reasons to refuse besides ``not_ours``: no basis found, no money, on no list."""

    code: str
    title: Both
    source: str
    duties: tuple[Line, ...]
    assists: tuple[Line, ...]
    not_ours: tuple[Line, ...]
    grounds: tuple[Line, ...]
    jurisdiction: str = ""
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    @property
    def refusable(self) -> tuple[Line, ...]:
        """Every reason a task may be refused for."""
        return (*self.not_ours, *self.grounds)

    def line(self, code: str) -> Line:
        """A line of any list. Raises ``Said('cases.duty_unknown')``."""
        for line in (*self.duties, *self.assists, *self.refusable):
            if line.code == code:
                return line
        raise Said("cases.duty_unknown", field="duty", code=code)


SCHEMA = Duties


def faults(sheet: Duties, *, source: str = "") -> list[Said]:
    """A code that stands twice."""
    found = [line.code for line in (*sheet.duties, *sheet.assists, *sheet.refusable)]
    return [
        Said("cases.sheet_double", source=source, place=code)
        for code in sorted({one for one in found if found.count(one) > 1})
    ]


def title(sheet: Duties) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Duties) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def duties_for(*, place: str, on: date) -> tuple[Edition, Duties]:
    """The lists of a place on a day, of the nearest jurisdiction. Raises ``Said('rulebook.no_edition')``."""
    chain = ["", *codes.ancestors(place), place]
    found = [(parsed(edition, Duties), edition) for edition in editions(KIND, on)]
    near = [
        (chain.index(sheet.jurisdiction), edition, sheet)
        for sheet, edition in found
        if sheet.jurisdiction in chain
    ]
    if not near:
        raise Said("rulebook.no_edition", kind=KIND, sheet=KIND, day=on)
    _, edition, sheet = max(near, key=lambda one: one[0])
    return edition, sheet
