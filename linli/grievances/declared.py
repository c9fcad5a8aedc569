"""The sheet of grievance classes: what people complain of, who handles it first, in how many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

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
    """One of the classes: words that point to it, the post that leads, who assists, where else to turn.

    ``procedure`` names another procedure than the list's: complaints about staff go to the level above, and
    ``above`` names the one for staff who sit at the level that would otherwise handle it.
    """

    code: str
    title: Both
    examples: Both
    words: tuple[str, ...]
    handler: str
    data_class: Literal["P2", "P3", "P4"] = "P2"
    emergency: Both = Both("", "")
    assist: tuple[str, ...] = ()
    procedure: str = ""
    above: str = ""


@dataclass(frozen=True)
class Channel:
    """Another channel for what is not the community's to handle: where to go, and words that point to it."""

    code: str
    title: Both
    where: Both
    words: tuple[str, ...] = ()
    cuts_words: bool = False


@dataclass(frozen=True)
class Referring:
    """A kind of body that can help, and what the person is told before consenting."""

    code: str
    title: Both
    body: Both
    told: Both


@dataclass(frozen=True)
class ConflictKind:
    """A kind of conflict that screening looks for."""

    code: str
    title: Both


@dataclass(frozen=True)
class Risk:
    """A level of risk and after how many days a conflict of it is looked at again."""

    code: str
    title: Both
    look_days: int


@dataclass(frozen=True)
class Criterion:
    """A sign that lifts a conflict to a level."""

    code: str
    title: Both
    level: str


@dataclass(frozen=True)
class ClassList:
    """The published list of classes, other channels, bodies that help, and what screening looks for.

    ``limits`` stands in editions before the limits became dated rules; it is read no more.
    """

    code: str
    title: Both
    source: str
    procedure: str
    natures: tuple[Both, ...]
    classes: tuple[GrievanceClass, ...]
    limits: tuple[GradeLimit, ...] = ()
    channels: tuple[Channel, ...] = ()
    referrals: tuple[Referring, ...] = ()
    conflicts: tuple[ConflictKind, ...] = ()
    risks: tuple[Risk, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def of(self, code: str) -> GrievanceClass:
        """The class of a code. Raises ``Said('grievances.unknown_class')``."""
        for one in self.classes:
            if one.code == code:
                return one
        raise Said("grievances.unknown_class", field="class", code=code)

    def channel(self, code: str) -> Channel:
        """The other channel of a code. Raises ``Said('grievances.unknown_channel')``."""
        return _one(self.channels, code, "grievances.unknown_channel", "channel")

    def referral(self, code: str) -> Referring:
        """The kind of helping body of a code. Raises ``Said('grievances.unknown_referral')``."""
        return _one(self.referrals, code, "grievances.unknown_referral", "kind")

    def risk(self, code: str) -> Risk:
        """The risk level of a code. Raises ``Said('grievances.unknown_risk')``."""
        return _one(self.risks, code, "grievances.unknown_risk", "risk")

    def channels_for(self, text: str) -> list[Channel]:
        """Other channels whose words occur in a text: to tell the person before anything is filed."""
        return [one for one in self.channels if any(word in text for word in one.words)]

    def suggest(self, text: str) -> list[GrievanceClass]:
        """Classes whose words occur in a text, most hits first; an empty list where none does."""
        hits = [(sum(text.count(word) for word in one.words), one) for one in self.classes]
        return [one for count, one in sorted(hits, key=lambda hit: -hit[0]) if count][:3]


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=_Coded)


def _one(known: tuple[T, ...], code: str, refusal: str, at_field: str) -> T:
    for one in known:
        if one.code == code:
            return one
    raise Said(refusal, field=at_field, code=code)


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
    levels = {risk.code for risk in sheet.risks}
    found += [
        Said("grievances.sheet_level", source=source, code=one.code, level=one.level)
        for one in sheet.criteria
        if one.level not in levels
    ]
    return found


def title(sheet: ClassList) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: ClassList) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to
