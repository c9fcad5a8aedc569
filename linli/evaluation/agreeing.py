"""How far several evaluations of one project agree. Standard library only; points are whole hundredths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction


def mean_absolute_difference(one: Mapping[str, int], two: Mapping[str, int]) -> Fraction | None:
    """The mean distance of two parties' points over the indicators both scored; None where they share none."""
    shared = one.keys() & two.keys()
    return Fraction(sum(abs(one[code] - two[code]) for code in shared), len(shared)) if shared else None


def weighted_kappa(one: Sequence[int], two: Sequence[int], levels: int) -> Fraction | None:
    """Cohen's kappa with quadratic weights (Cohen 1968) over judgements on the levels 0 to ``levels`` − 1.

    1 is full agreement, 0 what chance would give. None without judgements, and where all of them are one and the
    same level, because then chance alone explains everything.
    """
    if len(one) != len(two):
        raise ValueError("both parties judge the same things")
    count = len(one)
    seen = sum((a - b) ** 2 for a, b in zip(one, two, strict=True))
    by_chance = sum((a - b) ** 2 for a in one for b in two)
    if not count or not by_chance or levels < 2:
        return None
    return 1 - Fraction(seen * count, by_chance)


def level_of_share(points: int, weight: int, bounds: Sequence[int]) -> int:
    """Which grade level (0 is best) the points of an indicator would reach by itself; bounds in hundredths of 100."""
    reached = 10000 * points // weight if weight else 0
    for level, bound in enumerate(sorted(bounds, reverse=True)):
        if reached >= bound:
            return level
    return max(0, len(bounds) - 1)
