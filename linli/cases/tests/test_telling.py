"""Everybody concerned is told of every change: the person, guardian, agent; staff in the morning."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.cases.morning import leave_digests
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.tests.procedure import publish_trial
from linli.notices.leaving import follow, silence
from linli.notices.models import Notice
from linli.notices.wording import shown
from linli.people.actors import CLOCK
from linli.people.models import Person
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(village):
    opening = Opening(
        procedure=publish_trial(), subject="trial", title="试行", region=village.helin, channel="portal",
        person=village.person("wang"),
    )  # fmt: skip
    return open_case(opening=opening, by=village.resident("wang"), at=BEGIN)


def of(village, login, template=""):
    rows = Notice.objects.filter(to_person=village.person(login)).order_by("pk")
    return list((rows.filter(template=template) if template else rows).values_list("template", flat=True))


def test_a_move_without_a_notice_of_its_own_still_tells_what_the_page_now_says(case, village):
    advance(case, "accept", by=village.actor("limin"), at=BEGIN + HOUR)
    advance(case, "ask", by=village.actor("zha"), at=BEGIN + DAY, words=MoveWords(opinion="缺材料"))
    assert of(village, "wang") == ["case.accepted", "case.moved"]
    [said] = shown(list(Notice.objects.filter(template="case.moved")), "zh")
    assert said.plain == "“试行”现在：等您补材料。"


def test_nobody_is_told_of_what_they_did_themselves(case, village):
    advance(case, "withdraw", by=village.resident("wang"), at=BEGIN + HOUR)
    assert of(village, "wang") == []


def test_guardian_and_agent_are_told_the_same(case, village):
    Person.objects.filter(pk=village.person("wang").pk).update(guardian=village.person("mu"))
    link = f"case:{case.number}"
    follow(link=link, person=village.person("chen"), ground="agent", by=village.actor("limin"), at=BEGIN)
    advance(case, "accept", by=village.actor("limin"), at=BEGIN + HOUR)
    advance(
        case, "grant", by=village.actor("zha"), at=BEGIN + DAY, words=MoveWords(verb="test.decision.grant")
    )
    told = of(village, "wang")
    assert len(told) == 2 and of(village, "chen") == of(village, "mu") == told


def digests(village, login):
    return [
        row.values for row in Notice.objects.filter(template="staff.digest", to_person=village.person(login))
    ]


def test_each_working_morning_one_digest_to_who_has_something(case, village):
    assert leave_digests(by=CLOCK, at=BEGIN.replace(hour=7, minute=59)) == 0, "not before eight"
    assert leave_digests(by=CLOCK, at=BEGIN + 2 * DAY) == 1
    assert digests(village, "limin") == [
        {"day": "2026-01-07", "fresh": 0, "today": 1, "late": 0, "waiting": 0}
    ]
    assert leave_digests(by=CLOCK, at=BEGIN + 2 * DAY + HOUR) == 0, "once a day"
    assert digests(village, "zha") == [], "nothing in hand, no message"


def test_what_came_in_since_the_last_working_morning_is_new_and_rest_days_are_quiet(case, village):
    saturday = BEGIN + 5 * DAY
    assert leave_digests(by=CLOCK, at=saturday) == 0
    advance(case, "accept", by=village.actor("limin"), at=saturday)
    assert leave_digests(by=CLOCK, at=saturday + 2 * DAY) == 1
    assert digests(village, "zha")[0]["fresh"] == 1, "entered on Saturday, told on Monday"


def test_who_has_silenced_it_gets_none(case, village):
    silence(person=village.person("limin"), template="staff.digest", by=village.actor("limin"), at=BEGIN)
    assert leave_digests(by=CLOCK, at=BEGIN + 2 * DAY) == 0
