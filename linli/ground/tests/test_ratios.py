from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.ratios import at_least, at_most, less_than, more_than, share
from linli.ground.said import Said

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)
COUNTS = st.integers(0, 10**15)
SHARES = st.fractions(0, 2, max_denominator=1000)


def test_exactly_two_thirds_is_at_least_but_not_more_than_two_thirds():
    assert at_least(200, 300, TWO_THIRDS)
    assert not more_than(200, 300, TWO_THIRDS)
    assert more_than(41, 60, TWO_THIRDS) and not more_than(40, 60, TWO_THIRDS)


def test_the_numbers_compared_are_shown():
    test = more_than(101, 200, HALF)
    assert (test.left, test.operator, test.right, test.met) == (202, "more_than", 200, True)
    assert str(test) == "202 > 200"


def test_a_third_of_a_large_area_is_exact_where_floats_are_not():
    whole = 3 * 10**16 + 3
    assert at_least(10**16 + 1, whole, Fraction(1, 3))
    assert not at_least(10**16, whole, Fraction(1, 3))


@given(COUNTS, COUNTS.filter(bool), SHARES)
def test_the_four_operators_agree_with_exact_fractions(part, whole, of):
    exact = Fraction(part, whole)
    assert bool(at_least(part, whole, of)) == (exact >= of)
    assert bool(more_than(part, whole, of)) == (exact > of)
    assert bool(at_most(part, whole, of)) == (exact <= of)
    assert bool(less_than(part, whole, of)) == (exact < of)


def test_of_nobody_no_threshold_is_met():
    assert not any(test(0, 0, HALF) for test in (at_least, more_than, at_most, less_than))


def test_floats_and_negative_numbers_are_refused():
    with pytest.raises(TypeError):
        at_least(1.0, 2, HALF)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        at_least(1, 2, 0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        at_least(-1, 2, HALF)


def test_a_share_is_read_from_a_sheet():
    assert share("2/3") == TWO_THIRDS
    for text in ("0.66", "2/0", "-1/2", "2/3 ", ""):
        with pytest.raises(Said):
            share(text)
