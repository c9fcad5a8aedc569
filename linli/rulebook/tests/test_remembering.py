"""Within one answer the rulebook is read once, and never an old rule after something was published."""

from __future__ import annotations

from datetime import date

import pytest

from linli.ground.said import Said
from linli.people.actors import SETUP
from linli.rulebook.publishing import edition, editions, publish, publish_rule
from linli.rulebook.reading import calendar, rule
from linli.rulebook.remembering import remembering
from tests.cast import BEGIN, HELIN

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


def printed(number: int) -> None:
    body = {"code": "leaf", "number": number}
    publish(kind="trial", code="leaf", body=body, title={"zh": "试", "en": "Trial"}, valid_from=date(2026, 1, 1), by=SETUP,
            at=BEGIN)  # fmt: skip


def ruled(value: int, begin: date = date(2026, 1, 1)) -> None:
    publish_rule(code="trial.days", value=value, source="试行办法", valid_from=begin, by=SETUP, at=BEGIN)


def read() -> tuple[int, int, int]:
    calendar()
    found = rule("trial.days", place=HELIN, on=DAY).value
    return edition("trial", "leaf", DAY).number, len(editions("trial", DAY)), int(found)


def test_the_same_question_is_asked_once(django_assert_num_queries):
    printed(1)
    ruled(3)
    read()
    with remembering():
        with django_assert_num_queries(4):
            first = read()
        with django_assert_num_queries(0):
            assert read() == first == (1, 1, 3)
    with django_assert_num_queries(4):
        read()


def test_what_is_published_meanwhile_holds_at_once():
    printed(1)
    ruled(3)
    with remembering():
        assert read() == (1, 1, 3)
        printed(2)
        ruled(5, date(2026, 1, 2))
        assert read() == (2, 1, 5)


def test_other_days_and_places_are_other_questions():
    ruled(3)
    ruled(5, date(2026, 1, 5))
    with remembering():
        assert rule("trial.days", place=HELIN, on=date(2026, 1, 4)).value == 3
        assert rule("trial.days", place=HELIN, on=DAY).value == 5


def test_a_refusal_is_said_each_time():
    with remembering():
        for _ in range(2):
            with pytest.raises(Said):
                edition("trial", "leaf", DAY)
        printed(1)
        assert edition("trial", "leaf", DAY).number == 1
