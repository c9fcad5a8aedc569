"""Sheets of the rulebook itself: dated rules; and the seed of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from linli.ground.clock import packaged_calendar
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file
from linli.rulebook.models import CalendarYear
from linli.rulebook.publishing import load_year, publish_rule
from linli.trail.words import By

KIND = "rules"
Operator = Literal["", "at_least", "more_than", "at_most", "less_than", "equal"]


@dataclass(frozen=True)
class RuleEdition:
    """One dated value of a rule for one jurisdiction (empty: the nation), with its source and how sure it is."""

    source: str
    surety: Literal["V", "M", "E"]
    valid_from: date
    number: int | None = None
    words: tuple[str, ...] = ()
    operator: Operator = ""
    jurisdiction: str = ""
    valid_to: date | None = None


@dataclass(frozen=True)
class RuleSheet:
    """A rule by code with its unit and its dated editions."""

    code: str
    unit: str
    editions: tuple[RuleEdition, ...]


def publish_rules(*, by: By, at: datetime) -> int:
    """Publish every rule sheet of the packs; returns how many editions stand. Repeating it changes nothing."""
    count = 0
    for path in sheet_paths(KIND).values():
        sheet = load_file(path, RuleSheet)
        for edition in sheet.editions:
            publish_rule(
                code=sheet.code,
                value=edition.number if edition.number is not None else list(edition.words),
                source=edition.source,
                valid_from=edition.valid_from,
                valid_to=edition.valid_to,
                jurisdiction=edition.jurisdiction,
                operator=edition.operator,
                unit=sheet.unit,
                surety=edition.surety,
                by=by,
                at=at,
            )
            count += 1
    return count


def seed_calendar(*, by: By, at: datetime) -> int:
    """Load the packaged calendar's years that are not in the table yet; officers edit them from there on."""
    packaged = packaged_calendar()
    known = set(CalendarYear.objects.values_list("year", flat=True))
    fresh = sorted(packaged.years - known)
    for year in fresh:
        load_year(
            year=year,
            holidays={day: "" for day in packaged.holidays if day.year == year},
            workdays={day: "" for day in packaged.workdays if day.year == year},
            source="国务院办公厅年度节假日通知（随软件包）",
            by=by,
            at=at,
        )
    return len(fresh)
