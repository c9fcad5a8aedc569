"""In what share of plausible weightings the grade holds.

Weights are opinions. Around the given weights a Dirichlet cloud is drawn (mean = the given weights; a greater
concentration keeps closer to them) and the proven score is taken again under each draw. The seed is stored, so the
verifier draws the same weightings.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from linli.evaluation.formulas.randomness import dirichlet_draw
from linli.evaluation.formulas.scoring import Mark, grade_of


@dataclass(frozen=True)
class Robustness:
    """``held`` of ``draws`` weightings give the grade; with what they were drawn; 5 and 95 per cent points."""

    held: int
    draws: int
    concentration: int
    seed: int
    low: int
    high: int

    @property
    def share(self) -> float:
        """The share of weightings in which the grade holds, 0 to 1."""
        return self.held / self.draws


def range_robustness(
    marks: Sequence[Mark],
    grades: Sequence[tuple[str, int]],
    *,
    seed: int,
    draws: int = 1000,
    concentration: int = 100,
) -> Robustness:
    """Draw ``draws`` weightings and count those that keep the grade. Gaps stay at nothing, as in the score.

    Raises ValueError without a weight to draw around or without draws.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    total = sum(mark.weight for mark in marks)
    if total < 1:
        raise ValueError("no weight to draw around")
    grade = grade_of(sum(mark.points for mark in marks), grades)
    uniform = random.Random(seed).random  # noqa: S311 - a repeatable cloud, no secret
    alphas = [concentration * mark.weight / total for mark in marks]
    shares = [float(mark.share) for mark in marks]
    points: list[int] = []
    for _ in range(draws):
        weights = dirichlet_draw(alphas, uniform)
        drawn = math.fsum(weight * share for weight, share in zip(weights, shares, strict=True))
        points.append(math.floor(drawn * total + 0.5))
    held = sum(1 for drawn_points in points if grade_of(drawn_points, grades) == grade)
    points.sort()
    return Robustness(
        held, draws, concentration, seed, points[draws * 5 // 100], points[(draws * 95 - 1) // 100]
    )
