"""Answers share what they read in the rulebook, and none sees an old rule after something was published."""

from __future__ import annotations

from copy import copy
from datetime import date

import pytest
from django.db import transaction

from linli.ground.said import Said
from linli.people.actors import SETUP
from linli.rulebook import remembering as remembering_module
from linli.rulebook.publishing import edition, editions, publish, publish_rule
from linli.rulebook.reading import calendar, rule
from linli.rulebook.remembering import LOOK_EVERY, remembering
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


def test_the_same_question_is_asked_once_whatever_answer_asks_it(django_assert_num_queries):
    printed(1)
    ruled(3)
    read()
    with remembering(), django_assert_num_queries(5):  # the stamp and four questions
        first = read()
    with remembering(), django_assert_num_queries(0):
        assert read() == first == (1, 1, 3)
    with django_assert_num_queries(4):  # outside an answer nothing is remembered
        read()


def test_an_answer_that_asks_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0), remembering():
        pass


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when told to."""
    now = [1000.0]
    monkeypatch.setattr("linli.rulebook.remembering.time.monotonic", lambda: now[0])
    return now


def elsewhere(number: int) -> None:
    """Another process publishes: this one's memory hears nothing of it."""
    kept = copy(remembering_module._shared)
    printed(number)
    remembering_module._shared.__dict__.update(vars(kept))


def test_another_process_is_heard_within_a_second(clock):
    printed(1)
    ruled(3)
    with remembering():
        assert read()[0] == 1
    elsewhere(2)
    clock[0] += LOOK_EVERY / 2
    with remembering():
        assert read()[0] == 1
    clock[0] += LOOK_EVERY
    with remembering():
        assert read()[0] == 2


def test_what_an_undone_publication_showed_is_not_shared():
    printed(1)
    ruled(3)
    with remembering(), pytest.raises(ZeroDivisionError), transaction.atomic():
        printed(2)
        assert read()[0] == 2
        raise ZeroDivisionError
    with remembering():
        assert read()[0] == 1


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
