"""Who acts for somebody is told what they are told; who wants silence has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.said import Said
from linli.notices.leaving import break_silence, follow, followers, leave, mark_these_read, silence, unfollow
from linli.notices.models import Notice, Silence
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
LINK, HOUR = "case:HL-2026-AAAAAA", timedelta(hours=1)


def told(village, at, template="case.withdrawn"):
    values = {"number": "HL-2026-AAAAAA", "title": "临时救助"}
    who = {"by": village.actor("limin"), "at": at}
    also = followers(LINK)
    return leave(
        template=template, to_person=village.person("zhao"), also=also, values=values, link=LINK, **who
    )


def of(village, login):
    return list(Notice.objects.filter(to_person=village.person(login)).values_list("template", flat=True))


def test_an_agent_is_told_what_was_told_before_and_everything_after_until_the_mandate_ends(village):
    who = {"link": LINK, "person": village.person("chen"), "by": village.actor("limin")}
    told(village, BEGIN)
    follow(ground="agent", at=BEGIN + HOUR, **who)
    assert of(village, "chen") == ["case.withdrawn"]
    told(village, BEGIN + 2 * HOUR)
    assert len(of(village, "chen")) == len(of(village, "zhao")) == 2
    assert unfollow(at=BEGIN + 3 * HOUR, **who)
    told(village, BEGIN + 4 * HOUR)
    assert len(of(village, "chen")) == 2 and len(of(village, "zhao")) == 3


def test_nobody_is_told_twice(village):
    who = {"link": LINK, "person": village.person("zhao"), "by": village.actor("limin")}
    follow(ground="agent", at=BEGIN, **who)
    told(village, BEGIN)
    assert len(of(village, "zhao")) == 1


def test_another_matter_is_not_followed(village):
    follow(
        link="case:OTHER", person=village.person("chen"), ground="agent", by=village.actor("limin"), at=BEGIN
    )
    told(village, BEGIN)
    assert of(village, "chen") == []


def test_silence_is_ones_own_and_may_be_broken(village):
    mine = {"person": village.person("limin"), "template": "staff.digest", "at": BEGIN}
    silence(by=village.actor("limin"), **mine)
    silence(by=village.actor("limin"), **mine)
    assert Silence.objects.count() == 1
    with pytest.raises(Said):
        break_silence(by=village.actor("sun"), **mine)
    assert break_silence(by=village.actor("limin"), **mine) and not Silence.objects.exists()


def test_some_are_read_and_other_peoples_are_left_alone(village):
    mine, other = told(village, BEGIN), told(village, BEGIN)
    keys = [mine.key, "unknown"]
    assert mark_these_read(keys=keys, by=village.resident("wang"), at=BEGIN) == 0
    assert mark_these_read(keys=keys, by=village.resident("zhao"), at=BEGIN) == 1
    other.refresh_from_db()
    assert other.read_at is None
