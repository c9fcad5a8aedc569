"""Thresholds compared exactly: whole numbers are cross-multiplied, and "more than" is not "at least"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from linli.ground.said import Said

Operator = Literal["at_least", "more_than", "at_most", "less_than"]
SIGNS: dict[Operator, str] = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
_SHARE = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Comparison:
    """One test with the whole numbers that were compared, so that everyone can check it by hand.

    ``part`` of ``whole`` against 2/3 compares ``left = part × 3`` with ``right = whole × 2``.
    """

    left: int
    operator: Operator
    right: int
    met: bool

    def __bool__(self) -> bool:
        return self.met

    def __str__(self) -> str:
        return f"{self.left} {SIGNS[self.operator]} {self.right}"


def compare(part: int, operator: Operator, whole: int, share: Fraction) -> Comparison:
    """Whether ``part`` is at least, more than, at most or less than ``share`` of ``whole``.

    Of an empty whole no threshold is ever met: nobody entitled is no unanimity. Negative numbers and anything
    that is no whole number (``share``: no ``Fraction``) are mistakes of the caller (``ValueError``,
    ``TypeError``).
    """
    if type(part) is not int or type(whole) is not int or not isinstance(share, Fraction):
        raise TypeError("thresholds are compared in whole numbers and fractions")
    if part < 0 or whole < 0:
        raise ValueError("heads and areas are not negative")
    left, right = part * share.denominator, whole * share.numerator
    met = {
        "at_least": left >= right,
        "more_than": left > right,
        "at_most": left <= right,
        "less_than": left < right,
    }
    return Comparison(left, operator, right, met[operator] and whole > 0)


def at_least(part: int, whole: int, share: Fraction) -> Comparison:
    """三分之二以上 and the like: 以上 includes the number itself (Civil Code art. 1259)."""
    return compare(part, "at_least", whole, share)


def more_than(part: int, whole: int, share: Fraction) -> Comparison:
    """过半数, 超过三分之二: the number itself is not enough (Civil Code art. 1259)."""
    return compare(part, "more_than", whole, share)


def at_most(part: int, whole: int, share: Fraction) -> Comparison:
    """不超过: the number itself is allowed."""
    return compare(part, "at_most", whole, share)


def less_than(part: int, whole: int, share: Fraction) -> Comparison:
    """不足、不满: the number itself is no longer allowed."""
    return compare(part, "less_than", whole, share)


def share(text: str) -> Fraction:
    """A share as sheets write it, ``2/3``; ``Said("ratios.not_a_share")`` for anything else."""
    found = _SHARE.fullmatch(text)
    if not found:
        raise Said("ratios.not_a_share", text=text)
    return Fraction(int(found[1]), int(found[2]))
