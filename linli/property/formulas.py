"""Counting for owners and property: marks from records, terms, numbers of members. Whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HUNDRED = 100


@dataclass(frozen=True)
class Counted:
    """What the records say under one indicator: ``part`` of ``whole`` are as they should be."""

    code: str
    points: int
    part: int
    whole: int


@dataclass(frozen=True)
class Line:
    """An indicator with its marks in hundredths of a point; ``None`` where there was no record."""

    code: str
    points: int
    part: int
    whole: int
    marks: int | None


@dataclass(frozen=True)
class Marked:
    """All lines with their sums in hundredths: reached, reachable, and the whole sheet's points."""

    lines: tuple[Line, ...]
    marks: int
    reachable: int
    points: int

    @property
    def share(self) -> int | None:
        """Hundredths of a percent of what was reachable, rounded half up; ``None`` where nothing was recorded."""
        return (self.marks * 20000 + self.reachable) // (2 * self.reachable) if self.reachable else None


def marks_of(counted: Sequence[Counted]) -> Marked:
    """Marks in proportion: points × part ÷ whole, rounded half up to hundredths.

    No record means no marks and a named gap: the line's points are taken out of what is reachable, never given as zero.
    """
    lines = tuple(
        Line(one.code, one.points, one.part, one.whole, _share(one) if one.whole else None) for one in counted
    )
    return Marked(
        lines,
        marks=sum(line.marks or 0 for line in lines),
        reachable=sum(line.points * HUNDRED for line in lines if line.marks is not None),
        points=sum(line.points * HUNDRED for line in lines),
    )


def _share(one: Counted) -> int:
    return (2 * one.points * HUNDRED * one.part + one.whole) // (2 * one.whole)


def grade_of(marked: Marked, *, grades: Sequence[tuple[str, int]], least_percent: int) -> str:
    """The grade whose floor (whole percent of what is reachable) is met first, best first; empty where less than
    ``least_percent`` of the sheet's points could be judged from records."""
    share = marked.share
    if share is None or marked.reachable * HUNDRED < marked.points * least_percent:
        return ""
    return next((code for code, floor in grades if share >= floor * HUNDRED), "")


def size_is_right(size: int, *, least: int, most: int) -> bool:
    """Members of an owners' committee: within the numbers of the rule, and an odd number."""
    return least <= size <= most and size % 2 == 1


def years_later(start: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February where there is none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
