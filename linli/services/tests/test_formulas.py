"""Amounts by age, spans, opening hours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.services.formulas import amount_by_age, is_longer_than, is_open, overlaps

TIERS = [(80, 5000), (100, 30000)]
NINE = datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=8)))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("age", "amount"), [(79, None), (80, 5000), (99, 5000), (100, 30000), (110, 30000)])
def test_the_highest_tier_reached_counts(age, amount):
    assert amount_by_age(age, TIERS) == amount
    assert amount_by_age(age, TIERS[::-1]) == amount


@given(st.integers(0, 50), st.integers(1, 10), st.integers(0, 50), st.integers(1, 10))
def test_overlap_means_a_shared_hour(first, long, second, wide):
    spans = (
        (NINE + first * HOUR, NINE + (first + long) * HOUR),
        (NINE + second * HOUR, NINE + (second + wide) * HOUR),
    )
    shared = set(range(first, first + long)) & set(range(second, second + wide))
    assert overlaps(*spans) == bool(shared) == overlaps(*spans[::-1])


def test_longest_and_opening():
    assert not is_longer_than(NINE, NINE + 4 * HOUR, 4) and is_longer_than(
        NINE, NINE + 4 * HOUR + timedelta(minutes=1), 4
    )
    spans = [("09:00", "11:30"), ("14:00", "17:00")]
    assert is_open(spans, "09:00", "11:30") and is_open(spans, "14:30", "15:00")
    assert not is_open(spans, "11:00", "14:30") and not is_open([], "09:00", "10:00")
