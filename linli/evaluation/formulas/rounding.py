"""Rounding and apportioning in hundredths of a point. Everything before the one rounding is an exact fraction."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def half_up(amount: Fraction) -> int:
    """The nearest whole number; exactly half goes up. This is the only rounding a score ever sees."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share ``total`` in proportion to ``weights`` so that the parts add up to it exactly.

    Largest remainder (Hamilton); ties go to the earlier one. All-zero weights give all zeros.
    """
    whole = sum(weights)
    if whole == 0:
        return tuple(0 for _ in weights)
    floors = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-remainders[n], n))
    for n in order[: total - sum(floors)]:
        floors[n] += 1
    return tuple(floors)
