import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.canonical import LARGEST_SAFE_INTEGER, canonical

WHOLE = st.integers(-LARGEST_SAFE_INTEGER, LARGEST_SAFE_INTEGER)
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_written_reads_back_as_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), WHOLE))
def test_the_order_of_keys_does_not_matter(mapping):
    backwards = dict(reversed(list(mapping.items())))
    assert canonical(mapping) == canonical(backwards)


def test_keys_are_sorted_by_utf16_units_as_in_the_standard_example():
    # RFC 8785 §3.2.3
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert list(json.loads(canonical(value)).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_text_is_escaped_as_in_the_standard_example():
    value = ['€$\x0f\nA\'B"\\\\"/']
    assert canonical(value) == b'["\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"]'


def test_small_values_are_written_plainly():
    assert canonical({"b": [True, False, None], "a": -3}) == b'{"a":-3,"b":[true,false,null]}'


@pytest.mark.parametrize("value", [1.0, date(2026, 1, 1), (1,), {1: 2}, {"a": b""}, [object()]])
def test_anything_else_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_values_that_json_cannot_hold_exactly_are_refused(value):
    with pytest.raises(ValueError):
        canonical(value)
