from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from linli.ground import wording
from linli.ground.money import Money
from linli.ground.said import Said, Saying
from linli.ground.sheets import Both, load_file
from linli.ground.wording import blanks, fill, say, words, written

GROUND = ("apportioning", "clock", "codes", "deadline", "money", "ratios", "references", "sheets", "wording")


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A folder of word sheets of our own instead of the packaged one."""
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    wording._sheet.cache_clear()
    wording._lenient.cache_clear()
    yield tmp_path
    wording._sheet.cache_clear()
    wording._lenient.cache_clear()


def test_a_refusal_is_said_in_both_languages():
    refusal = Said("sheets.missing_key", source="a.yaml", line=3, key="code")
    assert say(refusal) == "a.yaml 第3行：缺少 code。"
    assert say(refusal.saying, "en") == "a.yaml, line 3: code is missing."


def test_a_code_without_words_is_named_without_its_values(sheets):
    assert say(Saying("nowhere.at_all", {"name": "王某"})) == "没有收录这句话（nowhere.at_all）。"
    assert say(Saying("nowhere.at_all"), "en") == "No wording for “nowhere.at_all”."


def test_all_sentences_lie_together_by_code(sheets):
    (sheets / "one.yaml").write_text("one.code: 一\n", encoding="utf-8")
    (sheets / "two.yaml").write_text("two.code: {zh: 二, en: Two}\n", encoding="utf-8")
    assert words() == {"one.code": Both("一"), "two.code": Both("二", "Two")}


def test_a_faulty_sheet_is_silent_when_a_sentence_is_needed_and_refused_when_checked(sheets):
    (sheets / "bad.yaml").write_text("bad.code: {zh: ", encoding="utf-8")
    (sheets / "good.yaml").write_text("good.code: 好\n", encoding="utf-8")
    assert say(Saying("bad.code")) == "没有收录这句话（bad.code）。"
    assert say(Saying("good.code")) == "好"
    with pytest.raises(Said):
        words()


def test_a_code_may_stand_in_another_rooms_sheet(sheets):
    (sheets / "room.yaml").write_text("intake.late: {zh: 迟了, en: Late}\n", encoding="utf-8")
    assert say(Saying("intake.late"), "en") == "Late"


def test_a_code_given_twice_is_refused(sheets):
    for name in ("one", "two"):
        (sheets / f"{name}.yaml").write_text("same.code: 一\n", encoding="utf-8")
    with pytest.raises(Said) as caught:
        words()
    assert caught.value.code == "wording.code_twice"
    assert caught.value.values["code"] == "same.code"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 3, 2), "2026年3月2日", "2 March 2026"),
        (datetime(2026, 3, 1, 16, 5, tzinfo=UTC), "2026年3月2日 00:05", "2 March 2026, 00:05"),
        (datetime(2026, 3, 1, 16, 5), "2026年3月1日 16:05", "1 March 2026, 16:05"),
        (Money(6_000_000), "60,000.00元", "CNY 60,000.00"),
        (Decimal("1E+2"), "100", "100"),
        (True, "是", "yes"),
        (None, "—", "—"),
        (12, "12", "12"),
        (Both("是", "yes"), "是", "yes"),
        ((date(2026, 3, 2), "x"), "2026年3月2日、x", "2 March 2026, x"),
    ],
)
def test_values_are_written_as_each_language_writes_them(value, zh, en):
    assert (written(value), written(value, "en")) == (zh, en)


def test_a_saying_inside_a_saying_is_said_in_the_same_language():
    inner = Saying("sheets.empty", {"source": "a.yaml"})
    assert fill("{why}", {"why": inner}, "en") == "a.yaml: the file is empty."


def test_a_word_can_follow_a_number():
    assert fill("{n} {n|day|days}", {"n": 1}, "en") == "1 day"
    assert fill("{n} {n|day|days}", {"n": 2}, "en") == "2 days"


def test_a_blank_without_a_value_stays_visible():
    assert fill("{a}{b.__class__}{c}", {"a": 1}) == "1{b.__class__}{c}"


@pytest.mark.parametrize("name", GROUND)
def test_the_grounds_own_words_have_both_languages_with_the_same_blanks(name):
    for code, both in load_file(wording.FOLDER / f"{name}.yaml", dict[str, Both]).items():
        assert code.startswith(f"{name}.")
        assert both.en, code
        assert blanks(both.zh) == blanks(both.en), code
