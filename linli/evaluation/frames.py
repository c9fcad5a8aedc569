"""The sheet of an indicator system (frame): its schema, its checks, and the criteria it gives to the formulas.

A frame is a tree of any depth. Weights are points with at most two decimals; the parts of every node add up to the
node's weight, and the top level to 100, exactly. A leaf is an indicator, or a part whose indicators were never
stated: that one is printed and can never be proven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from linli.evaluation.formulas.rules import ScoringRule, rule_fault
from linli.evaluation.formulas.scoring import NOT_STATED, Criterion
from linli.ground import packs
from linli.ground.said import Said
from linli.ground.sheets import Both, load_file

RuleKind = Literal[
    "proportion", "reverse", "pass_fail", "bands", "tiers", "checklist", "deduction", "change", "likert"
]
Operator = Literal[">=", "<=", ">", "<", "=", "between"]
Direction = Literal["rising", "falling", "neither"]


@dataclass(frozen=True)
class Band:
    """From this value on (falling rules: up to it) that share, 0 to 1, of the points."""

    bound: Decimal
    share: Decimal


@dataclass(frozen=True)
class Tier:
    """A word for a judgement from this percentage on."""

    title: Both
    at_least: Decimal


@dataclass(frozen=True)
class Rule:
    """How the value becomes points: a kind of the closed list and its own numbers (shares run from 0 to 1)."""

    kind: RuleKind
    pass_line: Decimal | None = None
    overshoot: Decimal | None = None
    bands: tuple[Band, ...] = ()
    tiers: tuple[Tier, ...] = ()
    elements: tuple[Both, ...] = ()
    each: Decimal = Decimal(0)
    floor: Decimal = Decimal(0)
    low: Decimal = Decimal(1)
    high: Decimal = Decimal(5)


@dataclass(frozen=True)
class Reads:
    """What fills the indicator: a measure's word, a survey question's word, or an attested entry."""

    kind: Literal["measure", "survey", "attested"]
    word: str = ""


@dataclass(frozen=True)
class Possible:
    """The values that can be true at all, both ends included; an open end is left out."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class IndicatorSheet:
    """What a leaf asks for. Target, baseline and margin are in ``unit``; ``companion`` shows what would inflate it."""

    definition: Both
    reads: Reads
    unit: Both
    rule: Rule
    direction: Direction
    evidence: tuple[str, ...]
    operator: Operator = ">="
    target: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    possible: Possible = Possible()
    companion: str = ""

    def __post_init__(self) -> None:
        fault = rule_fault(self.scoring_rule())
        if fault:
            raise Said(f"frames.rule.{fault}", rule=self.rule.kind)
        signs = {"rising": ("<=", "<"), "falling": (">=", ">"), "neither": ()}
        if self.target is not None and self.operator in signs[self.direction]:
            raise Said("frames.wrong_sign", operator=self.operator, direction=self.direction)
        if self.reads.kind != "attested" and not self.reads.word:
            raise Said("frames.nothing_to_read", kind=self.reads.kind)

    def scoring_rule(self) -> ScoringRule:
        """The rule as the formulas take it, in exact fractions."""
        rule = self.rule
        return ScoringRule(
            kind=rule.kind,
            operator=self.operator,
            target=_exact(self.target),
            upper=_exact(self.upper),
            baseline=_exact(self.baseline),
            pass_line=_exact(rule.pass_line),
            overshoot=_exact(rule.overshoot),
            bands=tuple((Fraction(band.bound), Fraction(band.share)) for band in rule.bands),
            falling=self.direction == "falling",
            elements=len(rule.elements),
            each=Fraction(rule.each),
            floor=Fraction(rule.floor),
            low=Fraction(rule.low),
            high=Fraction(rule.high),
        )


@dataclass(frozen=True)
class Part:
    """A node: parts below it, or an indicator, or ``not_stated``; exactly one of the three."""

    code: str
    title: Both
    weight: Decimal
    source: str = ""
    parts: tuple[Part, ...] = ()
    indicator: IndicatorSheet | None = None
    not_stated: bool = False

    def __post_init__(self) -> None:
        if sum((bool(self.parts), self.indicator is not None, self.not_stated)) != 1:
            raise Said("frames.one_of_three", code=self.code)
        if self.weight <= 0 or self.weight * 100 % 1:
            raise Said("frames.weight", code=self.code, weight=self.weight)
        if self.parts:
            _check_sum(self.parts, self.weight, self.code)

    def leaves(self) -> Iterator[Part]:
        """The indicators and unstated parts below, in the order of the sheet."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def criterion(self) -> Criterion:
        """The leaf as the formulas take it."""
        weight = int(self.weight * 100)
        if self.indicator is None:
            return Criterion(self.code, weight, NOT_STATED)
        asked = self.indicator
        possible = (_exact(asked.possible.low), _exact(asked.possible.high))
        return Criterion(self.code, weight, asked.reads.kind, asked.scoring_rule(), possible, asked.evidence)


@dataclass(frozen=True)
class GradeSheet:
    """A grade and the points from which it holds; the bound belongs to it."""

    title: Both
    at_least: Decimal


@dataclass(frozen=True)
class Frame:
    """One edition of an indicator system. ``since`` and ``until``: the days it may be used for, both included."""

    code: str
    edition: int
    title: Both
    source: str
    since: date
    grades: tuple[GradeSheet, ...]
    parts: tuple[Part, ...]
    until: date | None = None
    note: Both = Both("")

    def __post_init__(self) -> None:
        _check_sum(self.parts, Decimal(100), self.code)
        codes = [leaf.code for leaf in self.leaves()]
        twice = next((code for code in codes if codes.count(code) > 1), "")
        if twice:
            raise Said("frames.code_twice", code=twice)
        if not any(grade.at_least <= 0 for grade in self.grades):
            raise Said("frames.grades_incomplete", code=self.code)

    def leaves(self) -> tuple[Part, ...]:
        """All indicators and unstated parts, in the order of the sheet."""
        return tuple(leaf for part in self.parts for leaf in part.leaves())

    def criteria(self) -> tuple[Criterion, ...]:
        """The leaves as the formulas take them."""
        return tuple(leaf.criterion() for leaf in self.leaves())

    def grade_bounds(self, lang: str = "zh") -> tuple[tuple[str, int], ...]:
        """Grades as (word, hundredths of a point)."""
        return tuple((grade.title.text(lang), int(grade.at_least * 100)) for grade in self.grades)


def frame_of(name: str) -> Frame:
    """A frame by the path of its sheet or the code of a shipped one. Raises ``Said`` when there is neither."""
    path = Path(name)
    shipped = packs.sheet_paths("frames")
    if not path.exists() and name in shipped:
        path = shipped[name]
    if not path.exists():
        raise Said("frames.unknown", file=name, known=", ".join(shipped))
    return load_file(path, Frame)


def _check_sum(parts: tuple[Part, ...], whole: Decimal, code: str) -> None:
    total = sum((part.weight for part in parts), Decimal(0))
    if total != whole:
        raise Said("frames.weights_do_not_add", code=code, total=total, whole=whole)


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)
