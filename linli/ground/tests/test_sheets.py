from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Optional, Union

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ground.canonical import canonical
from linli.ground.said import Said
from linli.ground.sheets import Both, dump, from_plain, load_file, load_text, plain


@dataclass(frozen=True)
class Step:
    word: str
    days: int
    unit: Literal["natural", "working"] = "natural"

    def __post_init__(self):
        if self.days < 0:
            raise Said("steps.negative_days", days=self.days)


@dataclass(frozen=True)
class Item:
    code: str
    title: Both
    since: date
    share: Decimal
    steps: tuple[Step, ...]
    is_open: bool = True
    first: Step | None = None
    until: Optional[date] = None  # noqa: UP045
    words: dict[str, Both] = field(default_factory=dict)


TEXT = """\
code: '530113'
title:
  zh: 临时救助
  en: Hardship relief
since: 2026-01-05
share: 0.50
steps:
  - word: intake
    days: 5
  - word: grant
    days: 20
    unit: working
is_open: false
words:
  refuse: 不予批准
"""

ITEM = Item(
    code="530113",
    title=Both("临时救助", "Hardship relief"),
    since=date(2026, 1, 5),
    share=Decimal("0.50"),
    steps=(Step("intake", 5), Step("grant", 20, "working")),
    is_open=False,
    words={"refuse": Both("不予批准")},
)


def fault(text, schema=Item):
    with pytest.raises(Said) as caught:
        load_text(text, schema, source="item.yaml")
    said = caught.value
    assert said.values["source"] == "item.yaml"
    return said.code, said.values["line"], said.values["key"]


def test_a_sheet_is_read_into_its_schema():
    assert load_text(TEXT, Item, source="item.yaml") == ITEM


def test_a_sheet_is_written_back_as_the_same_file():
    assert dump(ITEM) == TEXT


def test_a_decimal_keeps_its_digits_and_a_whole_one_is_written_whole():
    assert load_text(dump({"a": Decimal("2"), "b": Decimal("0.10")}), dict[str, Decimal], source="") == {
        "a": Decimal("2"),
        "b": Decimal("0.10"),
    }
    assert str(load_text(TEXT, Item, source="").share) == "0.50"


def test_the_plain_form_goes_into_canonical_json_and_comes_back():
    assert b'"share":"0.50","since":"2026-01-05"' in canonical(plain(ITEM))
    assert from_plain(plain(ITEM), Item, source="edition") == ITEM


def test_what_equals_its_default_is_not_written():
    assert "is_open" not in plain(load_text(TEXT.replace("is_open: false\n", ""), Item, source=""))


def test_a_text_of_several_lines_is_written_as_a_block():
    assert dump({"a": "一\n二\n"}) == "a: |\n  一\n  二\n"


@settings(max_examples=50)
@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])), min_size=1))
def test_any_printable_text_survives_writing_and_reading(texts):
    printable = {name: text for name, text in texts.items() if name.isprintable()}
    if printable:
        assert load_text(dump(printable), dict[str, str], source="") == printable


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: '530113'", "code: 530113", ("sheets.wrong_type", 1, "code")),
        ("code: '530113'", "code: no", ("sheets.wrong_type", 1, "code")),
        ("code: '530113'\n", "", ("sheets.missing_key", 1, "code")),
        ("code: '530113'", "colour: red", ("sheets.unknown_key", 1, "colour")),
        ("    days: 5", "    days: five", ("sheets.wrong_type", 9, "steps[1].days")),
        ("    days: 5", "    days: 5.0", ("sheets.wrong_type", 9, "steps[1].days")),
        ("    days: 5", "    days: 0b11", ("sheets.wrong_type", 9, "steps[1].days")),
        ("    days: 5", "    days: [5]", ("sheets.wrong_type", 9, "steps[1].days")),
        ("    days: 5", "    days: 5\n    days: 6", ("sheets.duplicate_key", 10, "steps[1].days")),
        ("    days: 5", "    days: 5\n    dais: 6", ("sheets.unknown_key", 10, "steps[1].dais")),
        ("    days: 5\n", "", ("sheets.missing_key", 8, "steps[1].days")),
        ("    days: 5", "    days: -5", ("steps.negative_days", 8, "steps[1]")),
        ("unit: working", "unit: lunar", ("sheets.not_a_choice", 12, "steps[2].unit")),
        ("2026-01-05", "2026-02-30", ("sheets.wrong_type", 5, "since")),
        ("2026-01-05", "2026-01-05 10:00:00", ("sheets.wrong_type", 5, "since")),
        ("0.50", "1e3", ("sheets.wrong_type", 6, "share")),
        ("0.50", ".inf", ("sheets.wrong_type", 6, "share")),
        ("is_open: false", "is_open: off", ("sheets.wrong_type", 13, "is_open")),
        ("  zh: 临时救助\n", "", ("sheets.missing_key", 3, "title.zh")),
        ("refuse: 不予批准", "yes: 是", ("sheets.key_not_text", 15, "words.yes")),
        ("refuse: 不予批准", "refuse: {zh: 否, fr: non}", ("sheets.unknown_key", 15, "words.refuse.fr")),
        ("words:\n  refuse: 不予批准", "words: []", ("sheets.wrong_type", 14, "words")),
        ("words:", "words: &a", ("sheets.alias", 14, "words.b")),
        ("is_open: false", "is_open: ]", ("sheets.syntax", 13, "")),
        ("is_open: false", "is_open: !!python/name:os.system x", ("sheets.wrong_type", 13, "is_open")),
    ],
)
def test_a_fault_is_named_with_its_line_and_key(old, new, expected):
    text = TEXT.replace(old, new, 1)
    if "&a" in new:
        text = text.replace("refuse: 不予批准", "b: *a")
    assert fault(text) == expected


def test_a_list_must_be_a_list_and_a_sheet_a_mapping():
    assert fault("a: {}", dict[str, tuple[str, ...]]) == ("sheets.wrong_type", 1, "a")
    assert fault("[]") == ("sheets.wrong_type", 1, "")


def test_an_optional_field_may_be_said_to_be_empty():
    item = load_text(TEXT + "first: null\nuntil: 2026-12-31\n", Item, source="")
    assert (item.first, item.until) == (None, date(2026, 12, 31))
    assert load_text(TEXT + "first: {word: a, days: 1}\n", Item, source="").first == Step("a", 1)


def test_the_choices_and_keys_that_are_allowed_are_named():
    with pytest.raises(Said) as caught:
        load_text("unit: lunar\nword: a\ndays: 1", Step, source="")
    assert caught.value.values["allowed"] == ["natural", "working"]


def test_an_empty_sheet_and_two_sheets_in_one_file_are_refused():
    assert fault("# nothing\n") == ("sheets.empty", 1, "")
    assert fault("a: b\n---\na: b\n", dict[str, str])[0] == "sheets.syntax"


def test_unprintable_bytes_are_refused():
    assert fault("a: '\x07'", dict[str, str]) == ("sheets.syntax", 1, "")


def test_a_sheet_nested_without_end_is_refused():
    assert fault("[" * 3000)[0] in {"sheets.too_deep", "sheets.syntax"}


def test_too_deep_a_recursion_becomes_a_sentence(monkeypatch):
    def deep(*_args, **_kwargs):
        raise RecursionError

    monkeypatch.setattr("linli.ground.sheets.yaml.compose", deep)
    assert fault("a: b")[0] == "sheets.too_deep"


def test_a_file_is_named_in_its_faults(tmp_path):
    path = tmp_path / "item.yaml"
    path.write_text("﻿" + TEXT, encoding="utf-8")
    assert load_file(path, Item) == ITEM
    path.write_bytes("code: 临时".encode("gb18030"))
    with pytest.raises(Said) as caught:
        load_file(path, Item)
    assert (caught.value.code, caught.value.values["source"]) == ("sheets.not_utf8", str(path))
    with pytest.raises(Said) as caught:
        load_file(tmp_path / "absent.yaml", Item)
    assert caught.value.code == "sheets.unreadable"


def test_a_text_falls_back_to_chinese():
    assert (Both("是", "yes").text("en"), Both("是").text("en"), Both("是", "yes").text()) == (
        "yes",
        "是",
        "是",
    )


@pytest.mark.parametrize("kind", [Union[str, int], tuple[str, str], dict[int, str], float])  # noqa: UP007
def test_a_schema_that_sheets_cannot_hold_is_a_programming_mistake(kind):
    with pytest.raises(TypeError):
        load_text("a", kind, source="")
