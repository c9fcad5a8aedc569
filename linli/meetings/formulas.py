"""Quorum and majority, by cross-multiplied whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

MORE_THAN, AT_LEAST = "more_than", "at_least"


@dataclass(frozen=True)
class Threshold:
    """A share in whole percent, and whether it must be exceeded (超过) or reached (以上 includes the number itself)."""

    percent: int
    operator: str

    def met(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` meets it; nothing of nothing never does."""
        if whole <= 0:
            return False
        left, right = part * 100, self.percent * whole
        return left > right if self.operator == MORE_THAN else left >= right


def has_quorum(*, present: int, due: int, threshold: Threshold) -> bool:
    """Whether enough of those due to attend are there."""
    return threshold.met(present, due)


def is_carried(*, agree: int, present: int, threshold: Threshold) -> bool:
    """Whether enough of those present agree; who abstains or says nothing counts as present and not agreeing."""
    return threshold.met(agree, present)
