"""Dividing a whole number of fen, seats or marks so that the parts add up to the last one."""

from __future__ import annotations

from collections.abc import Sequence

from linli.ground.said import Said


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The parts of ``total`` in proportion to ``weights``, by largest remainder (Hamilton's method).

    Every part is its exact share rounded down or up, and the parts sum to ``total``. Among equal remainders
    the earlier weight comes first, so the same input always gives the same parts. A negative total is divided
    like its positive twin. Weights are whole numbers from 0; ``Said("apportioning.no_weights")`` if none is
    positive, ``Said("apportioning.negative_weight")`` if one is negative.
    """
    if any(weight < 0 for weight in weights):
        raise Said("apportioning.negative_weight")
    whole = sum(weights)
    if not whole:
        raise Said("apportioning.no_weights")
    if total < 0:
        return tuple(-part for part in apportion(-total, weights))
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    first_served = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in first_served[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)
