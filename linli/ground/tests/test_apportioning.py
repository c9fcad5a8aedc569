import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.apportioning import apportion
from linli.ground.said import Said

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any)


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_the_parts_add_up_and_are_never_a_whole_unit_off(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@given(st.integers(0, 10**6), WEIGHTS)
def test_a_heavier_weight_never_gets_less(total, weights):
    pairs = sorted(zip(weights, apportion(total, weights), strict=True))
    for (light, less), (heavy, more) in zip(pairs, pairs[1:], strict=False):
        assert light == heavy or less <= more


def test_the_last_fen_goes_to_the_largest_remainder_and_then_to_the_first():
    assert apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert apportion(10, [7, 2, 2]) == (6, 2, 2)
    assert apportion(-100, [1, 1, 1]) == (-34, -33, -33)
    assert apportion(5, [0, 1]) == (0, 5)


@pytest.mark.parametrize(
    ("weights", "code"),
    [([], "no_weights"), ([0, 0], "no_weights"), ([2, -1], "negative_weight")],
)
def test_nothing_can_be_divided_among_no_one(weights, code):
    with pytest.raises(Said) as caught:
        apportion(1, weights)
    assert caught.value.code == f"apportioning.{code}"
