"""Days and hours of a grade: dated rules of the place, since no national number exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.cases.procedures import Limit, Unit
from linli.ground.said import Said
from linli.rulebook.reading import rule

GRADES = ("urgent", "important", "ordinary")
NATURAL = "自然日"


@dataclass(frozen=True)
class Promise:
    """What a grade promises at a place on a day: days to the answer, hours to the first response."""

    answer: Limit
    respond_hours: int


def promise(grade: str, *, nature: str = "", place: str, on: date) -> Promise:
    """The limits of a grade. A consultation of ordinary grade has its own, shorter answer.

    Raises ``Said('grievances.unknown_grade')``.
    """
    if grade not in GRADES:
        raise Said("grievances.unknown_grade", field="grade", grade=grade)
    kind = "consult" if nature == "consult" and grade == "ordinary" else grade
    days = rule(f"grievances.answer_days.{kind}", place=place, on=on)
    hours = rule(f"grievances.respond_hours.{grade}", place=place, on=on)
    unit: Unit = "natural" if days.unit == NATURAL else "working"
    return Promise(Limit(int(days.value), unit), int(hours.value))


def number(code: str, *, place: str, on: date) -> int:
    """The number of a rule of this room, such as ``group_persons``."""
    return int(rule(f"grievances.{code}", place=place, on=on).value)


def words(code: str, *, place: str, on: date) -> list[str]:
    """The words of a rule of this room, such as ``illness_words``."""
    return [str(word) for word in rule(f"grievances.{code}", place=place, on=on).value]
