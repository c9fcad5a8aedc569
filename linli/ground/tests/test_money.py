import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.money import Money, capital, parse_yuan, prose, yuan
from linli.ground.said import Said

FEN = st.integers(-(10**18) + 1, 10**18 - 1)
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def whole(text):
    """Reads capital characters, to check them by a way of its own."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, _, low = text.rpartition(unit)
            return whole(high) * size + whole(low)
    total = digit = 0
    for sign in text:
        if sign in UNITS:
            total, digit = total + digit * UNITS[sign], 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


def from_capital(text):
    sign = -1 if text.startswith("负") else 1
    body = text.removeprefix("负").removesuffix("整")
    yuan_part, found, rest = body.rpartition("元")
    rest = rest if found else body
    jiao = DIGITS.index(rest[rest.index("角") - 1]) if "角" in rest else 0
    last = DIGITS.index(rest[rest.index("分") - 1]) if "分" in rest else 0
    return sign * (whole(yuan_part) * 100 + jiao * 10 + last)


@pytest.mark.parametrize(
    ("fen", "table", "text", "capitals"),
    [
        (6_000_000, "60,000.00", "6万元", "陆万元整"),
        (6_500_000, "65,000.00", "6.5万元", "陆万伍仟元整"),
        (6_543_200, "65,432.00", "65432元", "陆万伍仟肆佰叁拾贰元整"),
        (12_350, "123.50", "123元5角", "壹佰贰拾叁元伍角"),
        (140_950, "1,409.50", "1409元5角", "壹仟肆佰零玖元伍角"),
        (600_714, "6,007.14", "6007元1角4分", "陆仟零柒元壹角肆分"),
        (168_032, "1,680.32", "1680元3角2分", "壹仟陆佰捌拾元零叁角贰分"),
        (10_700_053, "107,000.53", "107000元5角3分", "壹拾万柒仟元零伍角叁分"),
        (1_640_902, "16,409.02", "16409元零2分", "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "325.04", "325元零4分", "叁佰贰拾伍元零肆分"),
        (0, "0.00", "0元", "零元整"),
        (5, "0.05", "5分", "伍分"),
        (50, "0.50", "5角", "伍角"),
        (-5, "-0.05", "负5分", "负伍分"),
        (-6_000_000, "-60,000.00", "负6万元", "负陆万元整"),
        (1_000, "10.00", "10元", "壹拾元整"),
        (1_050_000, "10,500.00", "1.05万元", "壹万零伍佰元整"),
        (10_050_000, "100,500.00", "10.05万元", "壹拾万零伍佰元整"),
        (10_000_100_000, "100,001,000.00", "10000.1万元", "壹亿零壹仟元整"),
        (15_000_000_000, "150,000,000.00", "1.5亿元", "壹亿伍仟万元整"),
        (1_234_500_000_000_00, "1,234,500,000,000.00", "12345亿元", "壹万贰仟叁佰肆拾伍亿元整"),
    ],
)
def test_amounts_are_written_for_tables_for_prose_and_for_vouchers(fen, table, text, capitals):
    assert (yuan(fen), prose(fen), capital(fen)) == (table, text, capitals)


@given(FEN)
def test_whatever_is_written_reads_back_as_the_same_amount(fen):
    assert parse_yuan(yuan(fen)) == parse_yuan(prose(fen)) == from_capital(capital(fen)) == fen


@given(FEN)
def test_capitals_never_hold_two_zeros_together_nor_one_before_a_unit(fen):
    text = capital(fen)
    assert "零零" not in text
    assert fen == 0 or not any(f"零{unit}" in text for unit in "拾佰仟万亿元角分整")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("6万元", 6_000_000),
        ("６万元", 6_000_000),
        ("60,000.00", 6_000_000),
        ("６０，０００．００ 元", 6_000_000),
        ("￥60000", 6_000_000),
        ("人民币 60000 元整", 6_000_000),
        ("6.123456万", 6_123_456),
        ("1.2亿元", 12_000_000_000),
        ("0.1", 10),
        ("60000.000", 6_000_000),
        ("-0.05", -5),
        ("¥-0.05", -5),
        ("−5元", -500),
        ("负6万元", -6_000_000),
        ("123元5角", 12_350),
        ("123元零5分", 12_305),
        ("5角", 50),
    ],
)
def test_amounts_are_understood_as_people_write_them(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "整",
        "0.30000000000000004",
        "60000.001",
        "1e5",
        "6,00,00",
        "6千",
        "--5",
        "-¥-5",
        "6.1234567万",
        "约6万元",
        "NaN",
    ],
)
def test_what_is_no_exact_amount_is_refused(text):
    with pytest.raises(Said) as caught:
        parse_yuan(text)
    assert caught.value.code == "money.not_an_amount"


def test_a_float_is_never_taken_for_an_amount():
    with pytest.raises(TypeError):
        parse_yuan(0.1)  # type: ignore[arg-type]


def test_an_amount_beyond_all_units_has_no_capital_form():
    with pytest.raises(Said):
        capital(10**18)


def test_money_can_be_ordered():
    assert Money(1) < Money(2)
