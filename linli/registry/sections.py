"""A page of the registers as plain values: a head with what may be done, then sections of facts, tables and text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from linli.staff import frame
from linli.staff.access import DeskRequest


@dataclass(frozen=True)
class Cell:
    """One cell: its text, where it leads, a tag's tone (ok, warn, late), or a day with its light."""

    text: str = ""
    url: str = ""
    tone: str = ""
    due: dt.date | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Button:
    """One thing that may be done: a page with a form, or (``is_post``) a single press."""

    label: str
    url: str
    tone: str = "plain"
    is_post: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the page: facts, a table, a text; ``empty`` stands where the table has no row."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    text: str = ""
    empty: str = ""
    buttons: Sequence[Button] = ()
    tone: str = ""


@dataclass(frozen=True)
class Sheet:
    """The whole page. ``note`` is a pair of tone and sentence above everything."""

    title: str
    lead: str = ""
    crumbs: Sequence[tuple[str, str]] = ()
    buttons: Sequence[Button] = ()
    notes: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    aside: Sequence[Section] = field(default_factory=tuple)


def draw(request: DeskRequest, sheet: Sheet, current: str, **more: Any) -> HttpResponse:
    """Draw the page in the staff shell."""
    return frame.draw(request, "registry/sections.html", {"sheet": sheet, **more}, current=current)


def row(*cells: Cell | str | dt.date | int | None) -> list[Cell]:
    """Cells from plain values: a day is written as one, a number stands right, nothing is a dash."""
    return [_cell(one) for one in cells]


def _cell(value: Cell | str | dt.date | int | None) -> Cell:
    if isinstance(value, Cell):
        return value
    if isinstance(value, dt.date):
        return Cell(f"{value:%Y-%m-%d}", is_number=True)
    if isinstance(value, int):
        return Cell(str(value), is_number=True)
    return Cell(value or "—")
