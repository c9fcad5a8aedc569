"""The sheet of a past project as a report states it: facts in our own words, each with the place it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground.packs import sheet_paths
from linli.ground.sheets import Both, load_file

Level = Literal["community", "street", "district", "city", "province", "nation"]
Layer = Literal["programme", "project"]


@dataclass(frozen=True)
class Fact:
    """A text and where the report says it."""

    text: Both
    ref: str


@dataclass(frozen=True)
class Number:
    """A whole number and where the report says it."""

    number: int
    ref: str


@dataclass(frozen=True)
class Place:
    """A place of the chain; ``stands`` is ``reserved`` where the real code is not stated."""

    code: str
    name: str
    kind: str
    stands: Literal["official", "reserved"]
    ref: str


@dataclass(frozen=True)
class StatedProgramme:
    """The notice behind the project: its subject and the document's title and issuer."""

    code: str
    title: Both
    policy: Both
    issuer: Both
    region: str
    ref: str


@dataclass(frozen=True)
class StatedProject:
    """The project's own facts."""

    name: Fact
    unit: Fact
    year: Number
    purpose: Fact
    need: Fact
    content: Fact
    yearly_goal: Fact
    themes: tuple[Fact, ...]
    general_goals: tuple[Fact, ...]


@dataclass(frozen=True)
class StatedSource:
    """The source of money: fund sheet's code, level, year, batch, amount in fen."""

    fund: str
    level: Level
    cents: int
    ref: str
    year: int | None = None
    batch: int | None = None


@dataclass(frozen=True)
class StatedAllocation:
    """Money handed down, as said: who, to whom, fen. Level of the payer, day and order number only where stated."""

    payer: Both
    payee: Both
    cents: int
    ref: str
    from_level: Level | None = None
    to_level: Level | None = None
    on: date | None = None
    order_number: str = ""


@dataclass(frozen=True)
class StatedOpinion:
    """A level of the opinion chain in the stated order; the day only where it is stated."""

    level: Level
    text: Both
    ref: str
    on: date | None = None


@dataclass(frozen=True)
class Claim:
    """Something claimed, with points in hundredths, share, amount and grade where it names them."""

    layer: Layer
    point: str
    text: Both
    ref: str
    points: int | None = None
    of: int | None = None
    share_percent: int | None = None
    cents: int | None = None
    grade: str = ""


@dataclass(frozen=True)
class Remark:
    """Any other statement of the report: experience, problem, measure, method, limit, listed annex."""

    layer: Layer
    kind: Literal["task", "experience", "problem", "measure", "method", "limit", "annex"]
    point: str
    text: Both
    ref: str


@dataclass(frozen=True)
class StatedSheet:
    """Everything a report states about one past project; ``not_stated`` names what it leaves open.

    ``number_letters`` stand at the head of the numbers that this platform gives in that community.
    """

    code: str
    report: Fact
    region: str
    number_letters: str
    places: tuple[Place, ...]
    programme: StatedProgramme
    project: StatedProject
    source: StatedSource
    allocations: tuple[StatedAllocation, ...]
    opinions: tuple[StatedOpinion, ...]
    claims: tuple[Claim, ...]
    statements: tuple[Remark, ...]
    not_stated: tuple[str, ...]


def stated_sheet(code: str) -> StatedSheet:
    """A packaged sheet of a stated project by its code."""
    return load_file(sheet_paths("projects")[code], StatedSheet)
