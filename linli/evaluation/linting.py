"""The goal linter: what is wrong with declared goals, in their own words, and which indicator would say it better.

Runs when goals are declared and before they are approved. It judges plain values only and knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from linli.evaluation.frames import Operator, Possible, Reads
from linli.ground.packs import sheet_paths
from linli.ground.said import Saying
from linli.ground.sheets import Both, load_file

GoalKind = Literal["output", "benefit", "satisfaction", "cost"]
_UP, _DOWN = (">=", ">"), ("<=", "<")


@dataclass(frozen=True)
class GoalsSheet:
    """Words and limits by which goals are judged (packs, kind ``papers``)."""

    code: str
    edition: int
    source: str
    vague_verbs: tuple[str, ...]
    money_units: tuple[str, ...]
    falling_words: tuple[str, ...]
    turned_words: tuple[str, ...]
    rising_words: tuple[str, ...]
    bounded_words: tuple[str, ...]
    one_indicator_most: Decimal


@dataclass(frozen=True)
class LibraryIndicator:
    """A quantified indicator that may be proposed; its target is a default that the declarer changes."""

    code: str
    title: Both
    definition: Both
    kind: GoalKind
    reads: Reads
    unit: str
    operator: Operator
    target: Decimal
    evidence: tuple[str, ...]
    possible: Possible
    keywords: tuple[str, ...]

    def wording(self, lang: str = "zh") -> str:
        """The indicator as it would be declared: title, sign, value, unit."""
        return f"{self.title.text(lang)} {self.operator} {self.target:f}{self.unit}"


@dataclass(frozen=True)
class LibrarySheet:
    """Indicators for one general goal (packs, kind ``indicators``)."""

    code: str
    edition: int
    title: Both
    source: str
    indicators: tuple[LibraryIndicator, ...]


@dataclass(frozen=True)
class DeclaredGoal:
    """One declared indicator as typed. ``judged`` says that described tiers stand in place of a number.

    ``last_actual`` is last year's actual value in the same unit; ``first`` and ``last`` the days it is for.
    """

    code: str
    text: str
    kind: GoalKind
    weight: Decimal
    value: Decimal | None = None
    unit: str = ""
    operator: Operator = ">="
    direction: Literal["rising", "falling", "neither", ""] = ""
    judged: bool = False
    last_actual: Decimal | None = None
    first: date | None = None
    last: date | None = None
    evidence_source: str = ""
    survey_plan: str = ""
    possible: Possible = Possible()


@dataclass(frozen=True)
class GoalFinding:
    """A finding: rule, severity (``fault`` stops approval, ``doubt`` does not), goal, quoted words, proposal."""

    rule: str
    severity: Literal["fault", "doubt"]
    goal: str
    quote: str
    values: Mapping[str, object] = field(default_factory=dict)
    proposal: LibraryIndicator | None = None

    def message(self) -> Saying:
        """What is wrong, as a sentence still without a language."""
        return Saying(f"goals.{self.rule}", self.values)


@lru_cache(maxsize=1)
def goals_sheet() -> GoalsSheet:
    """The words and limits in force."""
    return load_file(sheet_paths("papers")["goals"], GoalsSheet)


@lru_cache(maxsize=1)
def library() -> tuple[LibraryIndicator, ...]:
    """All indicators of the library, in order of the sheets."""
    sheets = (load_file(path, LibrarySheet) for path in sheet_paths("indicators").values())
    return tuple(indicator for sheet in sheets for indicator in sheet.indicators)


def direction_of(name: str, sheet: GoalsSheet) -> Literal["rising", "falling", ""]:
    """Whether more or less of it is better, as far as its words tell: complaints fall, handled complaints rise."""
    is_rate = name.rstrip("。;； ").endswith(("率", "度")) or "率" in name
    turned = any(word in name for word in sheet.turned_words)
    if any(word in name for word in sheet.falling_words):
        if not turned:
            return "falling"
        return "rising" if is_rate or "满意" in name else ""
    good = any(word in name for word in sheet.rising_words)
    return "rising" if good and (is_rate or "满意" in name) else ""


def contradicts(name: str, operator: str, sheet: GoalsSheet) -> bool:
    """Whether the sign of a target runs against what its words mean."""
    return operator in {"rising": _DOWN, "falling": _UP, "": ()}[direction_of(name, sheet)]


def is_bounded(name: str, sheet: GoalsSheet) -> bool:
    """Whether it is a share that cannot pass 100 per cent."""
    return any(word in name for word in sheet.bounded_words) and ("率" in name or "度" in name)


def proposal_for(goal: DeclaredGoal, shelf: Sequence[LibraryIndicator]) -> LibraryIndicator | None:
    """The library's indicator that shares most words with the goal; of its kind where words are equal."""

    def nearness(indicator: LibraryIndicator) -> tuple[int, bool]:
        hits = sum(len(word) for word in indicator.keywords if word in goal.text)
        return hits, indicator.kind == goal.kind

    best = max(shelf, key=nearness, default=None)
    return best if best is not None and (nearness(best)[0] or goal.kind == "satisfaction") else None


def lint(
    goals: Sequence[DeclaredGoal],
    *,
    first: date,
    last: date,
    sheet: GoalsSheet | None = None,
    shelf: Sequence[LibraryIndicator] | None = None,
) -> tuple[GoalFinding, ...]:
    """All findings on a declared goal set of a project that runs from ``first`` to ``last``, both included."""
    words = sheet or goals_sheet()
    indicators = library() if shelf is None else shelf
    found: list[GoalFinding] = []
    for goal in goals:
        proposal = proposal_for(goal, indicators)
        for rule, severity, quote, values in _of_one(goal, words, first, last):
            found.append(GoalFinding(rule, severity, goal.code, quote, values, proposal))
    return (*found, *_of_all(goals, words))


_Fault = tuple[str, Literal["fault", "doubt"], str, Mapping[str, object]]


def _of_one(goal: DeclaredGoal, sheet: GoalsSheet, first: date, last: date) -> Iterator[_Fault]:
    yield from _number(goal, sheet)
    if goal.value is not None:
        yield from _value(goal, goal.value, sheet)
    if goal.kind == "satisfaction" and not goal.survey_plan.strip():
        yield "no_survey_plan", "fault", goal.text, {}
    if not goal.evidence_source.strip():
        yield "no_evidence_source", "fault", goal.text, {}
    if goal.weight > sheet.one_indicator_most:
        yield "too_heavy", "doubt", goal.text, {"weight": goal.weight, "most": sheet.one_indicator_most}
    outside = (goal.first or first) < first or (goal.last or last) > last
    if outside or (goal.last or last) < (goal.first or first):
        yield "outside_period", "fault", goal.text, {"first": first, "last": last}


def _number(goal: DeclaredGoal, sheet: GoalsSheet) -> Iterator[_Fault]:
    if goal.value is None and not goal.judged:
        verb = next((word for word in sheet.vague_verbs if word in goal.text), "")
        if verb:
            yield "vague_verb", "fault", _clause(goal.text, verb), {"verb": verb}
        yield "no_number", "fault", goal.text, {}
    if goal.value is not None and not goal.unit.strip():
        yield "no_unit", "fault", goal.text, {"value": goal.value}


def _value(goal: DeclaredGoal, value: Decimal, sheet: GoalsSheet) -> Iterator[_Fault]:
    direction = goal.direction or direction_of(goal.text, sheet)
    if goal.kind == "output" and goal.unit.strip() in sheet.money_units:
        yield "money_as_output", "fault", goal.text, {"unit": goal.unit}
    if goal.operator in {"rising": _DOWN, "falling": _UP}.get(direction, ()):
        yield "wrong_sign", "fault", goal.text, {"operator": goal.operator}
    actual = goal.last_actual
    worse = {
        "rising": actual is not None and value < actual,
        "falling": actual is not None and value > actual,
    }
    if worse.get(direction or {">=": "rising", "<=": "falling"}.get(goal.operator, ""), False):
        yield "below_last_year", "fault", goal.text, {"value": value, "actual": actual}
    low, high = goal.possible.low, goal.possible.high
    if goal.unit.strip() == "%" and is_bounded(goal.text, sheet):
        low, high = Decimal(0) if low is None else low, Decimal(100) if high is None else high
    if (low is not None and value < low) or (high is not None and value > high):
        yield "impossible", "fault", goal.text, {"value": value, "low": low, "high": high}


def _of_all(goals: Sequence[DeclaredGoal], sheet: GoalsSheet) -> Iterator[GoalFinding]:
    if not goals:
        yield GoalFinding("none_declared", "fault", "", "")
        return
    total = sum((goal.weight for goal in goals), Decimal(0))
    if total != 100:
        yield GoalFinding("weights_not_100", "fault", "", goals[0].text, {"total": total})
    targets = {(goal.value, goal.unit) for goal in goals}
    if len(goals) > 2 and len(targets) == 1 and goals[0].value is not None:
        values = {"value": goals[0].value, "count": len(goals)}
        yield GoalFinding("all_equal", "fault", "", goals[0].text, values)


def _clause(text: str, verb: str) -> str:
    """The part of the text, between commas, that holds the verb."""
    for sign in "，、；。,;":
        text = text.replace(sign, "\n")
    return next(piece.strip() for piece in text.split("\n") if verb in piece)
