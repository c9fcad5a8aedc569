"""The sheet kind of procedures, for publishing."""

from __future__ import annotations

from datetime import date

from linli.cases import checking
from linli.cases.procedures import Procedure
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import all_roles

KIND = "procedures"
SCHEMA = Procedure


def faults(sheet: Procedure, *, source: str = "") -> list[Said]:
    """Everything wrong with a procedure sheet (see ``checking``)."""
    return checking.faults(sheet, posts=all_roles(), notices=sheet_paths("notices"), source=source)


def title(sheet: Procedure) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Procedure) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to
