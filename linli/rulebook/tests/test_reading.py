"""Dated rules by place, editions, calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.ground.said import Said
from linli.people.actors import SETUP
from linli.rulebook.declared import seed_calendar
from linli.rulebook.models import CalendarYear, Edition
from linli.rulebook.publishing import edition, editions, load_year, publish, publish_rule
from linli.rulebook.reading import calendar, rule
from tests.cast import BEGIN, HELIN, PROVINCE, WANGSHAN

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": SETUP, "at": BEGIN}


def test_the_nearest_jurisdiction_and_the_right_day_decide():
    old, new = date(2020, 1, 1), date(2026, 1, 1)
    publish_rule(code="x", value=5, source="旧法", valid_from=old, valid_to=date(2025, 12, 31), **WHO)
    publish_rule(code="x", value=10, source="新法", valid_from=new, operator="more_than", **WHO)
    publish_rule(code="x", value=12, source="省规定", valid_from=new, jurisdiction=PROVINCE, **WHO)
    publish_rule(code="x", value=15, source="社区约定", valid_from=new, jurisdiction=HELIN, **WHO)
    assert rule("x", place=HELIN, on=date(2025, 12, 31)).value == 5
    assert rule("x", place=HELIN, on=new).value == 15
    assert rule("x", place=WANGSHAN, on=new).source == "省规定"
    assert rule("x", place="", on=new).operator == "more_than"
    with pytest.raises(Said):
        rule("x", place=HELIN, on=date(2019, 12, 31))


def test_publishing_the_same_sheet_again_makes_no_edition():
    first = publish(kind="k", code="c", body={"a": 1}, title={"zh": "甲"}, valid_from=date(2025, 1, 1), **WHO)
    assert (
        publish(kind="k", code="c", body={"a": 1}, title={"zh": "甲"}, valid_from=date(2026, 1, 1), **WHO)
        == first
    )
    second = publish(
        kind="k", code="c", body={"a": 2}, title={"zh": "甲"}, valid_from=date(2026, 1, 1), **WHO
    )
    assert (second.number, Edition.objects.count()) == (2, 2)
    assert edition("k", "c", date(2025, 6, 1)) == first and edition("k", "c", date(2026, 6, 1)) == second
    assert editions("k", date(2026, 6, 1)) == [second]
    with pytest.raises(Said):
        edition("k", "c", date(2024, 1, 1))


def test_the_calendar_can_be_edited_and_grows():
    assert calendar().knows(2026), "packaged until loaded"
    seed_calendar(**WHO)
    assert not calendar().knows(2027) and calendar().is_working_day(date(2026, 2, 14))
    load_year(
        year=2027, holidays={date(2027, 2, 8): "春节"}, workdays={date(2027, 2, 20): ""}, source="通知", **WHO
    )
    assert calendar().knows(2027) and not calendar().is_working_day(date(2027, 2, 8))
    load_year(year=2027, holidays={}, workdays={}, source="更正", **WHO)
    assert CalendarYear.objects.get(year=2027).version == 2 and calendar().is_working_day(date(2027, 2, 8))
    with pytest.raises(Said):
        load_year(year=2027, holidays={date(2026, 1, 1): ""}, workdays={}, source="", **WHO)
