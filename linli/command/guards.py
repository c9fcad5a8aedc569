"""Every trigger that stands behind the tables, laid after each migrate and asserted at the start."""

from __future__ import annotations

from linli.services import booking_guard
from linli.trail import triggers


def lay_all() -> int:
    """Lay the append-only triggers and the rooms' own guards; returns how many tables are append-only."""
    guarded = triggers.lay_all()
    booking_guard.lay()
    return guarded


def missing() -> list[str]:
    """Names of guards that should stand and do not."""
    return [*triggers.missing(), *booking_guard.missing()]
