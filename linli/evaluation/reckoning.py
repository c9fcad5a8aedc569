"""From plain readings, goals and claims to every figure of a score. Standard library only.

Both the house and the proof bundle's verifier reckon by this file, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from linli.evaluation.claiming import WHOLE, part_totals, sheet_criteria, sheet_grades, sheet_leaves
from linli.evaluation.formulas.robustness import range_robustness
from linli.evaluation.formulas.scoring import NOT_APPLICABLE, PlainReading, score
from linli.evaluation.recounting import exact_value

DRAWS, CONCENTRATION = 1000, 100


@dataclass(frozen=True)
class Inputs:
    """All that a score comes from, as plain values.

    ``sheet`` is the frame, ``goals`` the declared goals as declared, ``actuals`` the content of the reading that stands
    for an indicator, ``left_out`` why one does not apply, ``claims`` stated points in hundredths by part, ``first`` and
    ``last`` the days judged (ISO), ``seed`` that of the weightings.
    """

    sheet: Mapping[str, Any]
    goals: Sequence[Mapping[str, Any]]
    actuals: Mapping[str, Mapping[str, Any]]
    left_out: Mapping[str, str]
    claims: Mapping[str, int]
    first: str
    last: str
    seed: int


def goal_terms(goals: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The declared goals as ``sheet_criteria`` takes them; one without a number leaves the frame's own target."""
    terms = {}
    for goal in goals:
        has_number = goal.get("value") is not None
        terms[goal["code"]] = {
            "target": goal.get("value"),
            "operator": goal.get("operator", ">=") if has_number else None,
            "baseline": goal.get("last_actual"),
            "weight": int(Fraction(goal["weight"]) * 100),
        }
    return terms


def plain_readings(inputs: Inputs) -> dict[str, PlainReading]:
    """The readings as the formulas take them. A claim without any reading is a reading without a value."""
    found = {}
    for leaf in sheet_leaves(inputs.sheet):
        code = leaf["code"]
        claimed = inputs.claims.get(code)
        if code in inputs.left_out:
            found[code] = PlainReading(None, NOT_APPLICABLE, 0)
        elif code in inputs.actuals:
            found[code] = _plain_reading(inputs, inputs.actuals[code], claimed)
        elif claimed is not None:
            found[code] = PlainReading(None, "attested", 0, claimed)
    return found


def _plain_reading(inputs: Inputs, reading: Mapping[str, Any], claimed: int | None) -> PlainReading:
    kinds = reading["evidence_kinds"]
    return PlainReading(
        value=exact_value(reading),
        kind=reading["kind"],
        evidence_count=reading["evidence_count"],
        claimed=claimed,
        margin=Fraction(reading["margin"] or 0),
        in_period=inputs.first <= reading["first_on"] and reading["last_on"] <= inputs.last,
        evidence_kinds=None if kinds is None else tuple(kinds),
    )


def score_facts(inputs: Inputs) -> dict[str, Any]:
    """Every figure of the score as plain values: sums, range, grade, robustness, totals of parts, marks, dropped.

    A mark is [indicator, key of its reading, points, weight, claimed, gap, low, high].
    """
    grades = sheet_grades(inputs.sheet)
    result = score(sheet_criteria(inputs.sheet, goal_terms(inputs.goals)), plain_readings(inputs), grades)
    totals = part_totals(inputs.sheet, result.marks, inputs.claims)
    robust = None
    if result.marks:
        robust = range_robustness(
            result.marks, grades, seed=inputs.seed, draws=DRAWS, concentration=CONCENTRATION
        )
    return {
        "proven": result.proven,
        "claimed": totals[WHOLE].claimed,
        "without_evidence": totals[WHOLE].without_evidence,
        "low": result.low,
        "high": result.high,
        "total": result.total,
        "grade": result.grade,
        "held": robust.held if robust else None,
        "draws": robust.draws if robust else None,
        "concentration": robust.concentration if robust else None,
        "likely_low": robust.low if robust else None,
        "likely_high": robust.high if robust else None,
        "parts": {code: asdict(total) for code, total in totals.items()},
        "dropped": list(result.dropped),
        "marks": [
            [
                mark.code,
                inputs.actuals[mark.code]["key"] if mark.code in inputs.actuals else "",
                mark.points,
                mark.weight,
                mark.claimed,
                mark.gap,
                mark.low,
                mark.high,
            ]
            for mark in result.marks
        ],
    }
