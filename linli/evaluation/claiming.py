"""Points up the tree of a frame: proven, claimed and without evidence for every part. Standard library only.

A paper may claim points for a part without saying what its indicators are worth ("performance 60, total 100").
Such a claim stands at its part; it is never split among the indicators, because nobody stated how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from linli.evaluation.formulas.rules import ScoringRule
from linli.evaluation.formulas.scoring import NOT_STATED, Criterion, Mark

WHOLE = ""


@dataclass(frozen=True)
class PartTotal:
    """Sums of one part in hundredths of a point."""

    weight: int
    proven: int
    claimed: int
    without_evidence: int
    low: int
    high: int


def part_totals(
    sheet: Mapping[str, Any], marks: Sequence[Mark], claims: Mapping[str, int]
) -> dict[str, PartTotal]:
    """Totals of every part by code, the whole under ``""``. ``claims`` are those stated for parts above indicators.

    A stated claim replaces the sum of the claims below it; what is without evidence is then the claim less what is
    proven below.
    """
    found: dict[str, PartTotal] = {}
    by_code = {mark.code: mark for mark in marks}

    def walk(node: Mapping[str, Any], code: str) -> PartTotal:
        below = node.get("parts", ())
        if below:
            total = _summed([walk(part, part["code"]) for part in below])
        else:
            total = _of_mark(by_code.get(code))
        if below and code in claims:
            total = PartTotal(
                total.weight,
                total.proven,
                claims[code],
                max(0, claims[code] - total.proven),
                total.low,
                total.high,
            )
        found[code] = total
        return total

    walk(sheet, WHOLE)
    return found


def _of_mark(mark: Mark | None) -> PartTotal:
    if mark is None:
        return PartTotal(0, 0, 0, 0, 0, 0)
    return PartTotal(
        mark.weight, mark.points, mark.claimed, max(0, mark.claimed - mark.points), mark.low, mark.high
    )


def _summed(parts: Sequence[PartTotal]) -> PartTotal:
    return PartTotal(
        weight=sum(part.weight for part in parts),
        proven=sum(part.proven for part in parts),
        claimed=sum(part.claimed for part in parts),
        without_evidence=sum(part.without_evidence for part in parts),
        low=sum(part.low for part in parts),
        high=sum(part.high for part in parts),
    )


def sheet_leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Indicators and unstated parts of a frame's plain sheet, in its order."""
    if not node.get("parts"):
        yield node
    for part in node.get("parts", ()):
        yield from sheet_leaves(part)


def sheet_grades(sheet: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Grades of a plain sheet as (Chinese word, hundredths of a point)."""
    return tuple((_words(grade["title"]), _hundredths(grade["at_least"])) for grade in sheet["grades"])


def sheet_criteria(
    sheet: Mapping[str, Any], goals: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Criterion, ...]:
    """What the formulas take, from a published frame's plain sheet and a project's own declared goals.

    A goal (by indicator code) may set ``target``, ``operator`` and ``baseline``. Its ``weight`` (hundredths) counts
    only where goals are declared for every leaf and add up to the whole: else the frame's own weights stand.
    """
    declared = goals or {}
    leaves = list(sheet_leaves(sheet))
    weights = {code: goal["weight"] for code, goal in declared.items()}
    is_whole = {leaf["code"] for leaf in leaves} == set(weights) and sum(weights.values()) == 10000
    return tuple(
        _criterion(
            leaf,
            declared.get(leaf["code"], {}),
            weights[leaf["code"]] if is_whole else _hundredths(leaf["weight"]),
        )
        for leaf in leaves
    )


def _criterion(leaf: Mapping[str, Any], goal: Mapping[str, Any], weight: int) -> Criterion:
    asked = leaf.get("indicator")
    if asked is None:
        return Criterion(leaf["code"], weight, NOT_STATED)
    possible = asked.get("possible", {})
    return Criterion(
        leaf["code"],
        weight,
        asked["reads"]["kind"],
        _scoring_rule(asked, goal),
        (_number(possible.get("low")), _number(possible.get("high"))),
        tuple(asked["evidence"]),
    )


def _scoring_rule(asked: Mapping[str, Any], goal: Mapping[str, Any]) -> ScoringRule:
    rule = asked["rule"]
    merged = {**asked, **{name: value for name, value in goal.items() if value is not None}}
    return ScoringRule(
        kind=rule["kind"],
        operator=merged.get("operator", ">="),
        target=_number(merged.get("target")),
        upper=_number(merged.get("upper")),
        baseline=_number(merged.get("baseline")),
        pass_line=_number(rule.get("pass_line")),
        overshoot=_number(rule.get("overshoot")),
        bands=tuple((Fraction(band["bound"]), Fraction(band["share"])) for band in rule.get("bands", ())),
        falling=asked["direction"] == "falling",
        elements=len(rule.get("elements", ())),
        each=Fraction(rule.get("each", 0)),
        floor=Fraction(rule.get("floor", 0)),
        low=Fraction(rule.get("low", 1)),
        high=Fraction(rule.get("high", 5)),
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _hundredths(text: str) -> int:
    return int(Fraction(text) * 100)


def _words(title: Any) -> str:
    return str(title["zh"]) if isinstance(title, Mapping) else str(title)
