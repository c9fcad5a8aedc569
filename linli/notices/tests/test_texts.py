"""Texts of notices: sheets with named blanks; no database."""

from datetime import date

import pytest

from linli.ground.said import Said
from linli.ground.sheets import load_text
from linli.notices.texts import Template, all_templates, checked_values, text

OFFERED = {
    "number": "HL2026-000123", "title": "临时救助", "due": date(2026, 3, 9), "day": date(2026, 3, 9), "count": 3,
    "from_day": date(2026, 3, 2), "reason": "等待补正", "step": "街道审核", "office": "安和物业", "hours": "14:00—16:00",
    "year": 2027, "task": "发送消息",
}  # fmt: skip


@pytest.mark.parametrize("word", sorted(all_templates()))
def test_every_template_can_be_filled_and_read_in_both_languages(word):
    values = checked_values(word, OFFERED)
    for lang in ("zh", "en"):
        said = text(word, values, lang)
        assert said.title and said.body and said.plain
        assert not set("{}") & set(said.title + said.body + said.plain)
        assert "2026-03-09" not in said.body
    # A text message of more than 70 characters is sent, and paid, twice.
    assert len(text(word, values).plain) <= 60


@pytest.mark.parametrize("word", sorted(all_templates()))
def test_every_declared_blank_is_used(word):
    template = all_templates()[word]
    said = template.title.zh + template.body.zh + template.plain.zh
    assert all(f"{{{name}}}" in said for name in template.blanks)


def test_an_unknown_template_is_refused():
    with pytest.raises(Said, match="notices.unknown_template"):
        checked_values("case.nothing", {})


def test_a_missing_blank_is_refused_and_named():
    with pytest.raises(Said) as refusal:
        checked_values("case.accepted", {"title": "临时救助", "number": "HL2026-1"})
    assert refusal.value.code == "notices.blanks_missing" and refusal.value.values["names"] == "due"


def test_values_the_template_does_not_name_are_not_kept():
    assert set(checked_values("case.decided", OFFERED)) == {"number", "title"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "3"},
        {"count": True},
        {"due": "2026-03-09"},
        {"number": ""},
        {"number": "x" * 81},
        {"title": 7},
        {"title": " "},
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(wrong):
    with pytest.raises(Said, match="notices.wrong_value"):
        checked_values("case.supplement", OFFERED | wrong)


def test_numbers_of_people_do_not_enter_a_notice():
    with pytest.raises(Said, match="notices.sensitive_value"):
        checked_values("case.in_hand", OFFERED | {"step": "找13800138000"})
    kept = checked_values("case.in_hand", OFFERED | {"title": "楼道灯坏了，电话13800138000 " + "很" * 90})
    assert "13800138000" not in str(kept["title"]) and len(str(kept["title"])) == 80


def test_a_day_not_fixed_yet_is_said_so():
    values = checked_values("case.accepted", OFFERED | {"due": None})
    assert "另行通知" in text("case.accepted", values).body
    assert "to be told" in text("case.accepted", values, "en").plain


def test_a_notice_whose_sheet_is_gone_still_shows_its_word():
    assert text("case.once", {"a": 1}).title == "case.once"


SHEET = "title: 甲\nbody: '{body}'\nplain: 丙\nchannels: [inapp]\nblanks:\n  number: number\n"


@pytest.mark.parametrize("body", ["{nummer}", "{number.real}", "{number!r}", "{number:>9}", "{}", "{0}"])
def test_a_sheet_with_an_undeclared_or_clever_blank_is_refused_with_its_line(body):
    with pytest.raises(Said) as refusal:
        load_text(SHEET.replace("{body}", body), Template, source="a.yaml")
    assert refusal.value.code == "notices.unknown_blank" and refusal.value.values["line"] == 1
