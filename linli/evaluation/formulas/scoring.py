"""The score of a frame from plain readings: points proven, claimed and without evidence, and the honest range.

All points are whole hundredths. What the words mean, per indicator:

* **proven**: what the scoring rule gives for a value that has proof: a value is there, of an accepted kind, from the
  period, possible, and at least one piece of evidence stands behind it. Otherwise nothing, and a named gap.
* **claimed**: what the reading says it is worth: its own ``claimed`` points where it states them (a self-evaluation
  that writes "100"), else what its value would get if it were believed; nothing where there is neither.
* **without evidence**: the part of the claim that is not proven, claimed − proven where that is positive.

So a report that claims 100 points and shows nothing has proven 0, claimed 100, without evidence 100.

The range: lowest = what is proven with every survey margin at its worst and every gap counted as nothing;
highest = margins at their best and every gap counted as full. Readings that are not applicable are dropped, and
the weights of the others are rescaled to the frame's total by largest remainder before anything is scored, so
that the printed weights and points still add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.evaluation.formulas.rounding import apportion, half_up
from linli.evaluation.formulas.rules import ZERO, ScoringRule, extremes, share_of_marks

KINDS = ("measured", "surveyed", "attested", "derived")
NOT_APPLICABLE = "not_applicable"
NOT_STATED = "not_stated"
# Which kinds of reading may fill what an indicator reads. Only a survey answers an indicator that asks for one.
ACCEPTED_KINDS: Mapping[str, tuple[str, ...]] = {
    "measure": ("measured", "derived", "attested"),
    "survey": ("surveyed",),
    "attested": KINDS,
    NOT_STATED: (),
}


@dataclass(frozen=True)
class Criterion:
    """One scored indicator: weight in hundredths of a point, what it reads, its rule and its possible values.

    ``rule`` is None for the part of a frame whose indicators were never stated: it can be claimed, never proven.
    """

    code: str
    weight: int
    reads: str = "measure"
    rule: ScoringRule | None = None
    possible: tuple[Fraction | None, Fraction | None] = (None, None)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlainReading:
    """A reading as plain values. ``claimed`` in hundredths of a point; ``margin`` in the value's unit.

    ``evidence_kinds`` None means: not recorded, so kinds of evidence cannot be checked, only their number.
    """

    value: Fraction | None
    kind: str
    evidence_count: int
    claimed: int | None = None
    margin: Fraction = ZERO
    in_period: bool = True
    evidence_kinds: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Mark:
    """What one indicator got: points, weight and claim in hundredths, the gap as a word, its own range."""

    code: str
    points: int
    weight: int
    claimed: int
    gap: str
    low: int
    high: int
    share: Fraction


@dataclass(frozen=True)
class Score:
    """The whole: sums in hundredths of a point, the grade of the proven points, all marks, codes dropped."""

    proven: int
    claimed: int
    without_evidence: int
    low: int
    high: int
    total: int
    grade: str
    marks: tuple[Mark, ...]
    dropped: tuple[str, ...]


def gap_of(criterion: Criterion, reading: PlainReading | None) -> str:
    """Why this reading gives no marks, as a word; empty when it may be scored.

    ``not_stated``, ``missing``, ``wrong_kind``, ``outside_period``, ``impossible``, ``unproven``, ``evidence_kind``.
    Every kind needs evidence: a count of nothing that nobody recorded proves nothing either.
    """
    if criterion.rule is None:
        return NOT_STATED
    if reading is None or reading.value is None:
        return "missing"
    if reading.kind not in ACCEPTED_KINDS[criterion.reads]:
        return "wrong_kind"
    if not reading.in_period:
        return "outside_period"
    if not is_possible(criterion, reading.value):
        return "impossible"
    if reading.evidence_count < 1:
        return "unproven"
    shown = reading.evidence_kinds
    return "evidence_kind" if shown is not None and not set(criterion.evidence) <= set(shown) else ""


def is_possible(criterion: Criterion, value: Fraction) -> bool:
    """Whether the value lies in the indicator's possible range, both ends included."""
    low, high = criterion.possible
    return (low is None or value >= low) and (high is None or value <= high)


def mark_of(criterion: Criterion, reading: PlainReading | None) -> Mark:
    """The mark of one indicator; rounded once, half up, from an exact share."""
    gap, weight = gap_of(criterion, reading), criterion.weight
    claimed = claimed_points(criterion, reading)
    if gap or reading is None or reading.value is None or criterion.rule is None:
        return Mark(criterion.code, 0, weight, claimed, gap, 0, weight, ZERO)
    share = share_of_marks(criterion.rule, reading.value)
    low, high = extremes(criterion.rule, reading.value, reading.margin)
    return Mark(
        criterion.code,
        half_up(weight * share),
        weight,
        claimed,
        "",
        half_up(weight * low),
        half_up(weight * high),
        share,
    )


def claimed_points(criterion: Criterion, reading: PlainReading | None) -> int:
    """What the reading claims, in hundredths: stated, else what the value would get if it were believed."""
    if reading is None:
        return 0
    if reading.claimed is not None:
        return reading.claimed
    if reading.value is None or criterion.rule is None or not is_possible(criterion, reading.value):
        return 0
    return half_up(criterion.weight * share_of_marks(criterion.rule, reading.value))


def applicable(
    criteria: Sequence[Criterion], readings: Mapping[str, PlainReading]
) -> tuple[tuple[Criterion, ...], tuple[str, ...]]:
    """The criteria left when not applicable ones are dropped, weights rescaled to the same total; and the dropped."""
    dropped = tuple(
        c.code for c in criteria if c.code in readings and readings[c.code].kind == NOT_APPLICABLE
    )
    left = [c for c in criteria if c.code not in dropped]
    weights = apportion(sum(c.weight for c in criteria), [c.weight for c in left])
    kept = tuple(
        Criterion(c.code, weight, c.reads, c.rule, c.possible, c.evidence)
        for c, weight in zip(left, weights, strict=True)
    )
    return kept, dropped


def grade_of(points: int, grades: Sequence[tuple[str, int]]) -> str:
    """The first grade whose lower bound (hundredths) is reached, best first; the last one when none is."""
    for name, at_least in sorted(grades, key=lambda grade: -grade[1]):
        if points >= at_least:
            return name
    return min(grades, key=lambda grade: grade[1])[0] if grades else ""


def score(
    criteria: Sequence[Criterion], readings: Mapping[str, PlainReading], grades: Sequence[tuple[str, int]]
) -> Score:
    """The score of a frame. Readings of codes that the frame does not know must be refused before."""
    kept, dropped = applicable(criteria, readings)
    marks = tuple(mark_of(criterion, readings.get(criterion.code)) for criterion in kept)
    proven = sum(mark.points for mark in marks)
    return Score(
        proven=proven,
        claimed=sum(mark.claimed for mark in marks),
        without_evidence=sum(max(0, mark.claimed - mark.points) for mark in marks),
        low=sum(mark.low for mark in marks),
        high=sum(mark.high for mark in marks),
        total=sum(mark.weight for mark in marks),
        grade=grade_of(proven, grades) if marks else "",
        marks=marks,
        dropped=dropped,
    )
