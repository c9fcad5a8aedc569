import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.references import ALPHABET, _shuffled, normalise, reference
from linli.ground.said import Said

KEY = bytes(range(16))
FIVE, SIX, SEVEN = 32**5, 32**6, 32**7


def test_a_reference_is_short_and_says_kind_and_year():
    assert re.fullmatch(rf"HL-2026-[{ALPHABET}]{{5}}", reference("HL", 2026, 0, KEY))
    assert reference("HL", 2026, 0, KEY) == reference("HL", 2026, 0, KEY)


def test_no_two_of_many_sequences_share_a_reference():
    assert len({reference("HL", 2026, n, KEY) for n in range(1000)}) == 1000


def test_the_shuffle_is_a_permutation_of_all_its_numbers():
    for bits in (9, 10):
        assert sorted(_shuffled(n, bits, b"", KEY) for n in range(2**bits)) == list(range(2**bits))


@given(st.integers(0, FIVE + SIX + SEVEN - 1), st.integers(0, FIVE + SIX + SEVEN - 1))
def test_two_sequences_anywhere_never_share_a_reference(one, other):
    same = reference("HL", 2026, one, KEY) == reference("HL", 2026, other, KEY)
    assert same == (one == other)


def test_neighbours_do_not_look_alike_and_another_key_gives_other_numbers():
    tails = [reference("HL", 2026, n, KEY)[-5:] for n in range(200)]
    shared = [sum(a == b for a, b in zip(x, y, strict=True)) for x, y in zip(tails, tails[1:], strict=False)]
    assert sum(shared) / len(shared) < 0.5  # five signs of 32 agree by chance in 0.16 places
    assert reference("HL", 2026, 7, KEY) != reference("HL", 2026, 7, KEY[::-1])
    assert reference("HL", 2026, 7, KEY)[-5:] != reference("HL", 2027, 7, KEY)[-5:]


@pytest.mark.parametrize(
    ("sequence", "length"),
    [(FIVE - 1, 5), (FIVE, 6), (FIVE + SIX - 1, 6), (FIVE + SIX, 7), (FIVE + SIX + SEVEN - 1, 7)],
)
def test_later_sequences_get_more_signs(sequence, length):
    assert len(reference("HL", 2026, sequence, KEY).split("-")[2]) == length


@pytest.mark.parametrize(
    ("prefix", "year", "sequence", "key"),
    [
        ("HL", 2026, -1, KEY),
        ("HL", 2026, FIVE + SIX + SEVEN, KEY),
        ("hl", 2026, 0, KEY),
        ("", 2026, 0, KEY),
        ("HL", 26, 0, KEY),
        ("HL", 2026, 0, b"short"),
    ],
)
def test_impossible_references_are_refused(prefix, year, sequence, key):
    with pytest.raises(ValueError):
        reference(prefix, year, sequence, key)


@pytest.mark.parametrize(
    "typed",
    [
        "HL-2026-7K01M",
        " hl 2026 7koim ",
        "hl20267kOLm",
        "ＨＬ－２０２６－７Ｋ０１Ｍ",
        "HL–2O26–7K0lM",
        "hl_2026_7k01m",
    ],
)
def test_a_reference_is_understood_as_people_type_it(typed):
    assert normalise(typed) == "HL-2026-7K01M"


@given(st.integers(0, FIVE + SIX), st.sampled_from(["HL", "OIL", "G", "ABCDEF"]))
def test_every_reference_is_its_own_normal_form(sequence, prefix):
    made = reference(prefix, 2026, sequence, KEY)
    assert normalise(made) == normalise(made.lower()) == made


@pytest.mark.parametrize(
    "typed", ["", "HL-2026", "HL-2026-7K0UM", "HL-2026-7K0", "2026-7K01M", "HL-2026-7K01M-1"]
)
def test_what_is_no_reference_is_refused(typed):
    with pytest.raises(Said) as caught:
        normalise(typed)
    assert caught.value.code == "references.malformed"
