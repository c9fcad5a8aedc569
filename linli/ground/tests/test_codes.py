from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from linli.ground import codes
from linli.ground.codes import (
    ancestors,
    code_set,
    code_sets,
    credit_code,
    identity,
    is_credit_code,
    is_identity,
    level,
    lies_in,
    parent,
    region,
    span,
    upgraded,
)
from linli.ground.said import Said
from linli.ground.wording import say

STREET = "530113001000"
ID = "11010519491231002X"
CREDIT = "91350100M000100Y43"
CODES = st.from_regex(r"[1-9][0-9]{11}", fullmatch=True)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("53", "province"),
        ("5301", "prefecture"),
        ("530113", "county"),
        ("530113001", "township"),
        (STREET, "township"),
        ("530113001001", "committee"),
        ("441900003000", "township"),  # Dongguan has no counties
    ],
)
def test_a_region_code_tells_its_level(code, name):
    assert level(code) == name


def test_a_region_knows_those_above_it():
    assert ancestors("530113001001") == ("530000000000", "530100000000", "530113000000", STREET)
    assert parent("530113001001") == STREET
    assert parent("441900003000") == "441900000000"
    assert parent("53") is None


def test_a_subtree_is_one_range_of_codes():
    assert span(STREET) == (STREET, "530113001999")
    assert span("53") == ("530000000000", "539999999999")
    assert span("530113001001") == ("530113001001", "530113001001")
    assert lies_in("530113001001", STREET) and not lies_in("530113002001", STREET)
    assert lies_in(STREET, STREET) and lies_in("441900003000", "4419")


@given(CODES, CODES)
def test_a_region_lies_in_another_exactly_if_that_is_itself_or_above(code, other):
    assert lies_in(code, other) == (other == code or other in ancestors(code))


@given(CODES)
def test_the_parent_is_the_nearest_one_above(code):
    above = ancestors(code)
    assert all(lies_in(code, one) for one in above)
    assert [level(one) for one in above] == sorted({level(one) for one in above}, key=list(codes._ENDS).index)
    assert not above or ancestors(above[-1]) == above[:-1]


@pytest.mark.parametrize(
    "code", ["", "5", "53011", "53011300100a", "５３", "000000000000", "530113001001 ", "530113001001\n"]
)
def test_what_is_no_region_code_is_refused(code):
    with pytest.raises(Said) as caught:
        region(code)
    assert caught.value.code == "codes.region_shape"


def test_the_specimen_of_the_standard_is_valid():
    found = identity(ID)
    assert (found.number, found.born_on, found.sex, found.region) == (ID, date(1949, 12, 31), "2", "110105")
    assert found.warnings == ()
    assert is_identity(ID) and not is_identity("110105194912310021")


def test_spaces_small_letters_and_wide_signs_are_forgiven():
    assert identity(" 110105 19491231 002x ").number == ID
    assert identity("１１０１０５１９４９１２３１００２ｘ").number == ID


def test_an_old_number_is_upgraded():
    assert upgraded("110105491231002") == ID
    assert identity("110105491231002").number == ID


def test_an_unknown_district_warns_and_does_not_refuse():
    number = "999999194912310" + "02"
    number += ric.calc_check_digit(number + "0")
    (warning,) = identity(number).warnings
    assert identity(number).sex == "2"
    assert "999999" in say(warning)


@given(st.integers(0, 999), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_sex_and_birth_are_read_and_any_one_wrong_digit_is_noticed(sequence, born_on):
    number = f"110105{born_on:%Y%m%d}{sequence:03d}"
    number += ric.calc_check_digit(number + "0")
    found = identity(number)
    assert (found.born_on, found.sex) == (born_on, "1" if sequence % 2 else "2")
    wrong = str((int(number[14]) + 1) % 10)
    assert not is_identity(number[:14] + wrong + number[15:])


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "shape"),
        ("11010519491231002", "shape"),
        ("X1010519491231002X", "shape"),
        ("110105194913310021", "birth"),
        ("110105491331002", "birth"),
        ("110105194912310021", "checksum"),
    ],
)
def test_a_wrong_number_is_refused_without_repeating_it(number, code):
    with pytest.raises(Said) as caught:
        identity(number)
    assert caught.value.code == f"codes.identity_{code}"
    assert caught.value.values == {}


def test_nobody_is_born_after_today():
    assert identity(ID, on=date(1949, 12, 31))
    with pytest.raises(Said) as caught:
        identity(ID, on=date(1949, 12, 30))
    assert caught.value.code == "codes.identity_birth"


def test_a_credit_code_is_read():
    found = credit_code(CREDIT)
    assert (found.department, found.kind, found.region, found.body) == ("9", "1", "350100", "M000100Y4")
    assert found.warnings == ()
    assert credit_code("91350100-m000100y-43").number == CREDIT
    assert is_credit_code(CREDIT)


def test_a_rural_collective_may_begin_with_a_letter():
    body = "M000100Y4"
    number = f"N2530113{body}"
    number += uscc.calc_check_digit(number)
    assert credit_code(number).department == "N"


def test_a_wrong_body_code_inside_warns():
    number = "91350100M000100Y5"
    number += uscc.calc_check_digit(number)
    assert [warning.code for warning in credit_code(number).warnings] == ["codes.body_checksum"]


@pytest.mark.parametrize("weighed", range(11))
def test_every_check_character_of_a_body_code_can_occur(weighed):
    body = next(
        f"{number:08d}"
        for number in range(200)
        if sum(int(d) * w for d, w in zip(f"{number:08d}", codes._BODY_WEIGHTS, strict=True)) % 11 == weighed
    )
    assert codes._body_check(body + "?") == (
        "0" if weighed == 0 else "X" if weighed == 1 else str(11 - weighed)
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "shape"),
        ("91350100M000100Y4", "shape"),
        ("91350100I000100Y43", "shape"),
        ("9135O100M000100Y43", "shape"),
        ("91350100M000100Y44", "checksum"),
    ],
)
def test_a_wrong_credit_code_is_refused(number, code):
    assert not is_credit_code(number)
    with pytest.raises(Said) as caught:
        credit_code(number)
    assert caught.value.code == f"codes.credit_{code}"


def test_the_code_sets_are_complete():
    sets = code_sets()
    assert len(sets["ethnicity"].values) == 58
    assert sets["ethnicity"].text("56") == "基诺族"
    assert set(sets) >= {"sex", "marriage", "education", "family_relation", "political_status"}
    assert all(both.en and both.zh for one in sets.values() for both in one.values.values())


def test_a_code_is_put_into_words_or_refused():
    assert code_set("sex").text("2") == "女"
    assert code_set("sex").text("2", "en") == "female"
    with pytest.raises(Said) as caught:
        code_set("sex").text("3")
    assert say(caught.value) == "性别中没有代码“3”。"
    with pytest.raises(Said):
        code_set("shoe_size")
