"""Arithmetic of services: amounts by age, spans of bookings, opening hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def amount_by_age(age: int, tiers: Sequence[tuple[int, int]]) -> int | None:
    """The amount in fen of the highest tier (from age, fen) that the age has reached; ``None`` below all."""
    reached = [tier for tier in tiers if age >= tier[0]]
    return max(reached)[1] if reached else None


def overlaps(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two spans share a moment; a span's end is free for the next one."""
    return first[0] < second[1] and second[0] < first[1]


def is_longer_than(from_at: datetime, until_at: datetime, hours: int) -> bool:
    """Whether a span is longer than a number of hours."""
    return until_at - from_at > timedelta(hours=hours)


def is_open(spans: Sequence[tuple[str, str]], from_time: str, until_time: str) -> bool:
    """Whether a stretch of one day (``HH:MM``) lies inside one of the opening spans."""
    return any(opens <= from_time and until_time <= closes for opens, closes in spans)
