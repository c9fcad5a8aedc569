"""Days shown and periods of a cycle."""

from __future__ import annotations

from datetime import date

import pytest

from linli.disclosure.formulas import days_shown, last_full_period, period_of


@pytest.mark.parametrize(
    ("cycle", "on", "expected"),
    [
        ("monthly", date(2026, 2, 28), (date(2026, 2, 1), date(2026, 2, 28))),
        ("monthly", date(2026, 12, 31), (date(2026, 12, 1), date(2026, 12, 31))),
        ("quarterly", date(2026, 5, 9), (date(2026, 4, 1), date(2026, 6, 30))),
        ("quarterly", date(2026, 11, 1), (date(2026, 10, 1), date(2026, 12, 31))),
        ("half_yearly", date(2026, 7, 1), (date(2026, 7, 1), date(2026, 12, 31))),
        ("yearly", date(2026, 7, 1), (date(2026, 1, 1), date(2026, 12, 31))),
        ("at_once", date(2026, 7, 1), None),
    ],
)
def test_a_cycle_asks_for_one_calendar_period(cycle, on, expected):
    assert period_of(cycle, on) == expected


def test_the_last_full_period_is_the_one_before():
    assert last_full_period("quarterly", date(2026, 1, 5)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert last_full_period("at_once", date(2026, 1, 5)) is None


def test_the_first_day_is_not_counted():
    assert days_shown(date(2026, 1, 5), date(2026, 1, 5)) == 0
    assert days_shown(date(2026, 1, 5), date(2026, 1, 20)) == 15
