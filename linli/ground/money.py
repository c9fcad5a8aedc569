"""Money: whole fen (分) everywhere; never a float, never a decimal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Money:
    """An amount in fen, for values of a ``Saying``, so that it is written as money and not as a number."""

    fen: int


def yuan(fen: int) -> str:
    """The amount in yuan as tables write it: 6000000 fen give ``60,000.00``, a debt ``-0.05``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"
