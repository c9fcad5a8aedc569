"""The closed list of scoring rules: how a value becomes a share (0 to 1) of an indicator's points.

Practice behind them: 财预〔2020〕10号 and the common forms of unit self-evaluation (positive indicators: actual ÷
target; negative ones: target ÷ actual; qualitative ones in the tiers 100–80, 80–60 and 60–0 per cent).
All numbers are exact fractions. Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
OPERATORS = (">=", "<=", ">", "<", "=", "between")


@dataclass(frozen=True)
class ScoringRule:
    """One rule with its numbers; which fields matter depends on ``kind`` (a key of ``SCORING_RULES``).

    ``target`` and ``baseline`` are in the indicator's unit; ``pass_line``, ``floor``, ``each`` and the shares of
    ``bands`` are shares of the points (0 to 1); ``overshoot`` is a multiple of the target.
    """

    kind: str
    operator: str = ">="
    target: Fraction | None = None
    upper: Fraction | None = None
    baseline: Fraction | None = None
    pass_line: Fraction | None = None
    overshoot: Fraction | None = None
    bands: tuple[tuple[Fraction, Fraction], ...] = ()
    falling: bool = False
    elements: int = 0
    each: Fraction = ZERO
    floor: Fraction = ZERO
    low: Fraction = ONE
    high: Fraction = Fraction(5)


def clamp(share: Fraction) -> Fraction:
    """The share held between nothing and everything."""
    return max(ZERO, min(ONE, share))


def compares(value: Fraction, operator: str, target: Fraction, upper: Fraction | None = None) -> bool:
    """Whether ``value operator target`` holds; ``between`` takes both ends in. Raises ValueError on another word."""
    if operator == "between":
        return target <= value and (upper is None or value <= upper)
    answers = {
        ">=": value >= target,
        "<=": value <= target,
        ">": value > target,
        "<": value < target,
        "=": value == target,
    }
    if operator not in answers:
        raise ValueError(f"unknown operator {operator}")
    return answers[operator]


def proportion_of_target(
    value: Fraction,
    target: Fraction,
    *,
    pass_line: Fraction | None = None,
    overshoot: Fraction | None = None,
) -> Fraction:
    """Value ÷ target, at most everything. Below ``pass_line`` of the target nothing is given.

    ``overshoot``: beyond that multiple of the target the target was set too low, and the share falls again in
    proportion (财预〔2020〕10号 asks to deduct for targets set clearly too low).
    """
    reached = value / target
    if pass_line is not None and reached < pass_line:
        return ZERO
    if overshoot is not None and reached > overshoot:
        return clamp(overshoot / reached)
    return clamp(reached)


def reverse_proportion(value: Fraction, target: Fraction, *, pass_line: Fraction | None = None) -> Fraction:
    """Lower is better: everything up to the target, beyond it target ÷ value."""
    if value <= target:
        return ONE
    share = clamp(target / value)
    return ZERO if pass_line is not None and share < pass_line else share


def pass_or_fail(value: Fraction, operator: str, target: Fraction, upper: Fraction | None = None) -> Fraction:
    """Everything when the comparison holds, else nothing."""
    return ONE if compares(value, operator, target, upper) else ZERO


def banded(value: Fraction, bands: Sequence[tuple[Fraction, Fraction]], *, falling: bool = False) -> Fraction:
    """The share of the band the value lies in; bands are (bound, share), the bound belongs to its band.

    Rising: the highest bound not above the value. Falling: the lowest bound not below it. Outside: nothing.
    """
    if falling:
        for bound, share in sorted(bands):
            if value <= bound:
                return clamp(share)
        return ZERO
    for bound, share in sorted(bands, reverse=True):
        if value >= bound:
            return clamp(share)
    return ZERO


def qualitative_tier(judged: Fraction) -> Fraction:
    """A judgement of 0 to 100 per cent of the points; ``tier_of`` names the tier it lies in."""
    return clamp(judged / 100)


def tier_of(judged: Fraction, tiers: Sequence[Fraction] = (Fraction(80), Fraction(60), Fraction(0))) -> int:
    """Which tier (0 is best) a judgement of 0 to 100 lies in; the lower end of a tier belongs to it."""
    for number, low in enumerate(tiers):
        if judged >= low:
            return number
    return len(tiers) - 1


def checklist(met: Fraction, elements: int) -> Fraction:
    """Elements met ÷ elements asked for."""
    return clamp(met / elements)


def deduction(count: Fraction, each: Fraction, floor: Fraction = ZERO) -> Fraction:
    """Everything less ``each`` for every count, never below the floor."""
    return clamp(max(floor, ONE - count * each))


def change_against_baseline(value: Fraction, baseline: Fraction, target: Fraction) -> Fraction:
    """(value − baseline) ÷ (target − baseline): the way covered; works upwards and downwards."""
    return clamp((value - baseline) / (target - baseline))


def likert(mean: Fraction, low: Fraction, high: Fraction, target: Fraction | None = None) -> Fraction:
    """A mean on the scale low..high; everything from ``target`` (else from the top of the scale) on."""
    return clamp((mean - low) / ((high if target is None else target) - low))


def _target(rule: ScoringRule) -> Fraction:
    if rule.target is None:
        raise ValueError(f"{rule.kind} needs a target")
    return rule.target


def _baseline(rule: ScoringRule) -> Fraction:
    if rule.baseline is None:
        raise ValueError(f"{rule.kind} needs a baseline")
    return rule.baseline


SCORING_RULES: dict[str, Callable[[ScoringRule, Fraction], Fraction]] = {
    "proportion": lambda r, v: proportion_of_target(
        v, _target(r), pass_line=r.pass_line, overshoot=r.overshoot
    ),
    "reverse": lambda r, v: reverse_proportion(v, _target(r), pass_line=r.pass_line),
    "pass_fail": lambda r, v: pass_or_fail(v, r.operator, _target(r), r.upper),
    "bands": lambda r, v: banded(v, r.bands, falling=r.falling),
    "tiers": lambda r, v: qualitative_tier(v),
    "checklist": lambda r, v: checklist(v, r.elements),
    "deduction": lambda r, v: deduction(v, r.each, r.floor),
    "change": lambda r, v: change_against_baseline(v, _baseline(r), _target(r)),
    "likert": lambda r, v: likert(v, r.low, r.high, r.target),
}


def share_of_marks(rule: ScoringRule, value: Fraction) -> Fraction:
    """The share of the points that the rule gives for this value. Raises ValueError for a rule without its numbers."""
    return SCORING_RULES[rule.kind](rule, value)


def rule_fault(rule: ScoringRule) -> str:
    """What makes a rule impossible to apply, as a word; empty when it can be applied."""
    asked = {
        "unknown_rule": rule.kind not in SCORING_RULES,
        "unknown_operator": rule.operator not in OPERATORS,
        "no_target": rule.kind in ("proportion", "reverse", "pass_fail", "change") and rule.target is None,
        "target_not_positive": rule.kind == "proportion" and rule.target is not None and rule.target <= 0,
        "target_negative": rule.kind == "reverse" and rule.target is not None and rule.target < 0,
        "no_upper": rule.operator == "between" and rule.upper is None,
        "no_baseline": rule.kind == "change" and rule.baseline is None,
        "baseline_is_target": rule.kind == "change" and rule.baseline == rule.target,
        "no_bands": rule.kind == "bands" and not rule.bands,
        "no_elements": rule.kind == "checklist" and rule.elements < 1,
        "no_deduction": rule.kind == "deduction" and rule.each <= 0,
        "empty_scale": rule.kind == "likert"
        and (rule.high if rule.target is None else rule.target) <= rule.low,
    }
    return next((word for word, wrong in asked.items() if wrong), "")


def extremes(rule: ScoringRule, value: Fraction, margin: Fraction) -> tuple[Fraction, Fraction]:
    """The least and greatest share that any value within ``margin`` of ``value`` would get.

    Every rule is monotone between its own numbers, so it is enough to look at both ends, the value itself and
    those of the rule's numbers that lie in between.
    """
    low, high = value - margin, value + margin
    marks = [rule.target, rule.upper, rule.baseline, *(bound for bound, _ in rule.bands)]
    if rule.target is not None:
        marks += [rule.target * turn for turn in (rule.pass_line, rule.overshoot) if turn is not None]
    looked = [low, value, high, *(mark for mark in marks if mark is not None and low <= mark <= high)]
    shares = [share_of_marks(rule, at) for at in looked]
    return min(shares), max(shares)
