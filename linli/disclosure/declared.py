"""The disclosure catalogue as sheets: what is shown, how it is masked, how often, how long, who signs.

A sheet is one category of ``packs/*/disclosure``. Its ``shows`` is the masking profile: a closed list of facts with
the way each is written. A fact that is not listed cannot be published under the item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import all_roles
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "disclosure"
Cycle = Literal["at_once", "monthly", "quarterly", "half_yearly", "yearly", "when_due"]
How = Literal["text", "name", "address", "money", "count", "day", "choice"]
Category = Literal[
    "party", "residents", "finance", "services", "funds", "assistance", "projects", "facilities", "consultation",
    "elections", "tasks", "property", "organisations", "safety",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One word of a closed list, with its name."""

    code: str
    name: Both


@dataclass(frozen=True)
class Shown:
    """One fact a publication shows: ``name`` and ``address`` are masked, ``choice`` comes from a closed list."""

    code: str
    label: Both
    how: How
    required: bool = True
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class DisclosureItem:
    """A category of the catalogue.

    ``minimum_days`` 0 means the rule ``disclosure.minimum_days``; ``within_days`` are working days from the event to
    the publication (-1: no duty stated). ``surety`` says how sure the figures are (V verified, M memory, E estimate).
    """

    code: str
    title: Both
    category: Category
    basis: str
    surety: Literal["V", "M", "E"]
    cycle: Cycle
    approvers: tuple[str, ...]
    shows: tuple[Shown, ...]
    board: Both
    minimum_days: int = 0
    within_days: int = -1
    is_routine: bool = False
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None


SCHEMA = DisclosureItem


def faults(sheet: DisclosureItem, *, source: str = "") -> list[Said]:
    """Everything wrong with a catalogue sheet: unknown posts, doubled facts, a choice without words."""
    found = [
        Said("disclosure.sheet_unknown_post", source=source, post=post)
        for post in sheet.approvers
        if post not in all_roles() or not all_roles()[post].may("disclosure.publish")
    ]
    codes = [fact.code for fact in sheet.shows]
    found += [
        Said("disclosure.sheet_double", source=source, fact=code)
        for code in sorted({c for c in codes if codes.count(c) > 1})
    ]
    found += [
        Said("disclosure.sheet_no_choices", source=source, fact=fact.code)
        for fact in sheet.shows
        if (fact.how == "choice") != bool(fact.choices)
    ]
    if not sheet.approvers:
        found.append(Said("disclosure.sheet_no_approver", source=source))
    return found


def title(sheet: DisclosureItem) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: DisclosureItem) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def item_of(edition: Edition) -> DisclosureItem:
    """The item of an edition, parsed once a process."""
    return parsed(edition, DisclosureItem)
