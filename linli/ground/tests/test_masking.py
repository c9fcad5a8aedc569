import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground import masking
from linli.ground.masking import address, bank, find_personal, identity, name, phone, scrub

ID = "11010519491231002X"
OLD_ID = "110105491231002"


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马**"),
        ("买买提·吐尔逊", "买***"),
        ("John Smith", "J***"),
        ("王", "*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(full, masked):
    assert name(full) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800130000", "138****0000"),
        ("+86 138-0013-0000", "138****0000"),
        ("１３８００１３００００", "138****0000"),
        ("0871-62121234", "0871-******34"),
        ("010 62121234", "010-******34"),
        ("12345", "*****"),
    ],
)
def test_a_phone_keeps_what_tells_it_from_others(number, masked):
    assert phone(number) == masked


def test_an_identity_number_shows_six_and_two_at_most():
    assert identity(ID) == "110105**********2X"
    assert identity("11010519491231002x") == "110105**********2X"
    assert identity(OLD_ID) == "110105*******02"
    assert identity("1234") == "****"


def test_a_bank_number_shows_its_last_four():
    assert bank("6222 0200 1234 5678") == "************5678"
    assert bank("12345678") == "********"


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("铜都街道桐园社区3幢2单元501室", "铜都街道桐园社区3幢***"),
        ("桐园小区１２号楼", "桐园小区１２号楼"),
        ("白云街12号3栋2单元101", "白云街12号3栋***"),
        ("桐园村李家组12号", "桐园村李家组***"),
        ("桐园村三十二号", "桐园村***"),
        ("桐园社区501", "桐园社区***"),
        ("桐园社区居委会", "桐园社区居委会"),
        ("A座1203", "A座***"),
    ],
)
def test_an_address_ends_at_the_building(full, masked):
    assert address(full) == masked


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (f"证件{ID}。", "identity", f"证件{'*' * 18}。"),
        ("证件110105 19491231 002x", "identity", f"证件{'*' * 18}"),
        ("证件110105194912310021", "identity", f"证件{'*' * 18}"),  # wrong check character
        (f"证件{OLD_ID}", "identity", f"证件{'*' * 15}"),
        ("证件１１０１０５１９４９１２３１００２Ｘ", "identity", f"证件{'*' * 18}"),
        ("电话13800130000，", "mobile", "电话138****0000，"),
        ("tel13800130000", "mobile", "tel138****0000"),
        ("电话 138–0013–0000", "mobile", "电话 138****0000"),
        ("电话+8613800130000", "mobile", "电话138****0000"),
        ("电话0871-62121234", "landline", "电话0871-******34"),
        ("电话(0871)62121234", "landline", "电话0871-******34"),
        ("卡号6222020012345678901", "bank", f"卡号{'*' * 15}8901"),
        ("卡号6222 0200 1234 5678 901", "bank", f"卡号{'*' * 15}8901"),
        ("卡号4111111111111111", "bank", f"卡号{'*' * 12}1111"),
    ],
)
def test_personal_numbers_are_found_and_scrubbed_in_free_text(text, kind, masked):
    assert [one.kind for one in find_personal(text)] == [kind]
    assert scrub(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "区划代码530113001001",
        "凭证号4111111111111112",
        "金额138,001.30元",
        "日期2026-03-06 至 2026-04-06",
        "发票号24532000000012345678",
        "统一社会信用代码91350100M000100Y43",
        "编号110105194913310021",
        "圆周率3.14159265358979",
        "热线12345",
        "摘要a13800138000b",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert find_personal(text) == []
    assert scrub(text) == text


def test_places_point_into_the_text_as_it_was_given():
    text = f"王某，{ID}，１３８００１３００００，谢谢"
    for one in find_personal(text):
        assert text[one.start : one.end] == one.text
    assert scrub(text) == f"王某，{'*' * 18}，138****0000，谢谢"


def test_an_offices_phone_may_be_left_readable():
    text = "咨询0871-62121234，投诉13800130000"
    assert scrub(text, ("identity", "mobile", "bank")) == "咨询0871-62121234，投诉138****0000"


@given(st.text(alphabet="0123456789０１Xx- ，王号a.()+", max_size=60))
def test_scrubbing_never_leaves_something_to_scrub(text):
    once = scrub(text)
    assert find_personal(once) == []
    assert scrub(once) == once


@given(st.text(max_size=40))
def test_masks_never_fail_on_any_text(text):
    for mask in (name, phone, identity, bank, address, scrub):
        assert isinstance(mask(text), str)


@given(st.text(min_size=8, max_size=30, alphabet="0123456789X"))
def test_an_identity_mask_never_shows_more_than_eight_characters(text):
    assert len(masking.identity(text).replace("*", "")) <= 8
