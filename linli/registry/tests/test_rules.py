"""The page of rules speaks in words: titles, values with units, places, days, how sure each is. Never a code or fen."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file
from linli.ground.wording import words
from linli.people.actors import SETUP
from linli.registry import rules
from linli.rulebook.declared import KIND, RuleSheet
from linli.rulebook.models import Rule
from linli.rulebook.publishing import publish_rule
from tests import cast
from tests.counting import counted

pytestmark = pytest.mark.django_db


def _rows(answer) -> list[list[str]]:
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def _row(answer, title: str) -> list[str]:
    return next(row for row in _rows(answer) if row[0] == title)


def test_every_rule_of_the_packs_has_a_title_in_both_languages():
    codes = {load_file(path, RuleSheet).code for path in sheet_paths(KIND).values()}
    assert sorted(code for code in codes if f"rule.{code}" not in words()) == []
    assert len(codes) > 20


def test_every_unit_of_the_packs_is_said_in_words():
    units = {load_file(path, RuleSheet).unit for path in sheet_paths(KIND).values()}
    listed = {"材料", "关口", "词", "单位"}  # of lists, whose words stand for themselves
    assert sorted(units - set(rules.UNITS) - listed - {rules.FEN, rules.FEN_MONTHLY, "%"}) == []


def test_days_money_and_shares_are_said_in_words(desk):
    page = desk("limin").get("/desk/rules/")
    assert _row(page, "公开至少几天")[1:3] == ["不少于15天", "全国"]
    assert _row(page, "街道临时救助额度")[1] == "不超过3000元"
    assert _row(page, "高龄津贴标准")[1] == "每月50元"
    assert _row(page, "支出前的关口")[1].startswith("不超资金用途、先到账后支出")
    assert _row(page, "公开至少几天")[5] == "2020年1月1日起"
    assert {row[4] for row in _rows(page)} <= {"已核对", "待核对", "估计"}


def test_no_code_and_no_iso_day_is_left_on_the_page(desk):
    text = "\n".join(" ".join(row) for row in _rows(desk("limin").get("/desk/rules/")))
    assert re.findall(r"\b[a-z]+[._][a-z_.]+\b|\d{4}-\d\d-\d\d", text) == []


def test_a_place_has_its_name_and_a_term_its_end(desk):
    publish_rule(
        code="services.visit_people", value=3, source="本地规定", valid_from=date(2026, 3, 2),
        valid_to=date(2026, 12, 31), jurisdiction=cast.HELIN, operator="at_least", unit="人", surety="V",
        by=SETUP, at=cast.BEGIN,
    )  # fmt: skip
    found = [row for row in _rows(desk("limin").get("/desk/rules/")) if row[0] == "入户调查至少几人"]
    assert ["不少于3人", "禾邻社区", "本地规定", "已核对", "2026年3月2日至2026年12月31日"] in [
        row[1:] for row in found
    ]


def test_the_page_is_english_where_the_words_are_ours(desk):
    clerk = desk("limin")
    clerk.cookies["linli_reader"] = "language=en"
    page = clerk.get("/desk/rules/")
    row = _row(page, "Shortest time of a publication")
    assert row[1] == "at least 15 days"
    assert row[5] == "from 1 January 2020"
    assert _row(page, "Ceiling of temporary assistance, street")[1] == "at most CNY 3,000.00"


def test_a_rule_without_words_is_shown_by_its_code():
    assert rules.title("nobody.named_this") == "nobody.named_this"


def test_the_list_takes_few_statements(desk):
    clerk = desk("limin")
    clerk.get("/desk/rules/")
    with counted() as statements:
        clerk.get("/desk/rules/")
    assert len(statements) <= 10, statements
    assert Rule.objects.count() > 20
