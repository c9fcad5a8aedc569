"""Our own random draws over ``random.Random(seed).random()``, so that a stored seed repeats them anywhere.

Only ``random()`` is used, because it is the one method whose sequence Python promises to keep.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def normal_draw(uniform: Callable[[], float]) -> float:
    """One standard normal number (Box and Muller 1958, cosine branch)."""
    return math.sqrt(-2.0 * math.log(1.0 - uniform())) * math.cos(2.0 * math.pi * uniform())


def gamma_draw(shape: float, uniform: Callable[[], float]) -> float:
    """One gamma number of the given shape (> 0) and scale 1 (Marsaglia and Tsang 2000)."""
    if shape < 1.0:
        return float(gamma_draw(shape + 1.0, uniform) * (1.0 - uniform()) ** (1.0 / shape))
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal_draw(uniform)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and math.log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * math.log(v):
            return d * v


def dirichlet_draw(alphas: Sequence[float], uniform: Callable[[], float]) -> tuple[float, ...]:
    """Weights that add up to 1; an alpha of 0 gives exactly 0. Raises ValueError when all alphas are 0."""
    gammas = [gamma_draw(alpha, uniform) if alpha > 0.0 else 0.0 for alpha in alphas]
    total = math.fsum(gammas)
    if total == 0.0:
        raise ValueError("no weight to draw around")
    return tuple(gamma / total for gamma in gammas)
