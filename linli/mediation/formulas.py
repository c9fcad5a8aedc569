"""Arithmetic of mediation on plain values: numbers of agreements, days that are due, figures too small to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta


def agreement_number(form: str, *, province: str, community: str, year: int, number: int) -> str:
    """The number of an agreement, such as （示例省禾邻社区）人民调解〔2026〕第001号; three digits and more."""
    return form.format(province=province, community=community, year=year, number=f"{number:03d}")


def stage(due: date, on: date, stages: Sequence[int]) -> int:
    """How many reminders a due day has earned by a day: one for each stage (days before) that is reached.

    ``stages`` are days before the due day; a day past due counts one more than all stages.
    """
    reached = sum(1 for days in stages if on >= due - timedelta(days=days))
    return reached + (1 if on > due else 0)


def hidden_groups(counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The groups whose count may not be shown: all between one and below ``smallest``.

    Where only one group would be hidden, its count follows from the total; then the next smallest is hidden with it.
    """
    small = {name for name, count in counts.items() if 0 < count < smallest}
    others = sorted((count, name) for name, count in counts.items() if name not in small and count > 0)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return frozenset(small)


def days_taken(first: date, last: date) -> int:
    """Days a mediation took: both the first and the last day counted."""
    return (last - first).days + 1
