"""Sheets of supervision: checklists of an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "checklists"
Target = Literal["property_company", "owners_committee", "professional_body"]


@dataclass(frozen=True)
class CheckItem:
    """One line of a checklist: what must be so, and by which law or contract."""

    code: str
    title: Both
    basis: str
    group: Both = Both("", "")


@dataclass(frozen=True)
class Checklist:
    """What is looked at when a kind of body is inspected, and which post answers a notice for it."""

    code: str
    title: Both
    target: Target
    source: str
    surety: Literal["V", "M", "E"]
    items: tuple[CheckItem, ...]
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def item(self, code: str) -> CheckItem:
        """The line of a code. Raises ``Said('property.unknown_item')``."""
        for one in self.items:
            if one.code == code:
                return one
        raise Said("property.unknown_item", field="item", code=code)


SCHEMA = Checklist


def faults(sheet: Checklist, *, source: str = "") -> list[Said]:
    """A checklist without lines, or with a line twice."""
    codes = [one.code for one in sheet.items]
    found = [
        Said("property.sheet_double", source=source, code=code)
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    return found if codes else [Said("property.sheet_empty", source=source)]


def title(sheet: Checklist) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Checklist) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def checklist_of(edition: Edition | int) -> Checklist:
    """The checklist of an edition, parsed once a process."""
    return parsed(edition, Checklist)
