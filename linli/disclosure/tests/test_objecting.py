"""Objections are answered once and in time; what was said stays with those it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.disclosure.models import Objection
from linli.disclosure.objecting import answer_objection, object_to
from linli.disclosure.tests.test_publishing import refused, shown, village
from linli.notices.models import Notice
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
__all__ = ["village"]


@pytest.fixture
def publication(village):
    return shown(village)


@pytest.fixture
def objection(village, publication):
    return object_to(
        publication=publication, text="他家有车。", channel="portal", by=village.actor("chen"), at=BEGIN
    )


def test_an_objection_gets_a_day_and_reaches_who_published(objection, publication):
    assert objection.due_on == date(2026, 1, 19)
    notice = Notice.objects.get(template="publication.objection")
    assert (notice.to_post, notice.to_place) == (publication.post, publication.place)
    assert "他家有车" not in str(notice.values)


def test_an_answer_closes_it_once_and_tells_the_objector(village, objection):
    zha = village.actor("zha")
    answer_objection(
        objection=objection, outcome="dismissed", text="已核实，车不是他家的。", by=zha, at=BEGIN + DAY
    )
    assert Notice.objects.filter(template="publication.answered", to_person=village.person("chen")).exists()
    assert not Objection.objects.open().exists()
    refused(
        "disclosure.answered_already",
        lambda: answer_objection(objection=objection, outcome="upheld", text="x", by=zha, at=BEGIN + DAY),
    )
    assert verify().ok


def test_unanswered_past_its_day_it_is_overdue(objection):
    assert not Objection.objects.overdue(on=objection.due_on).exists()
    assert Objection.objects.overdue(on=objection.due_on + DAY).get() == objection


def test_only_those_it_concerns_read_it(village, objection):
    readers = [
        login for login in ("chen", "zha", "sun", "wang", "yang", "wangdong", "yunwei")
        if Objection.objects.visible_to(village.actor(login)).exists()
    ]  # fmt: skip
    assert readers == ["chen", "zha", "sun"]


def test_a_clerk_enters_it_for_a_person_at_the_counter(village, publication):
    entered = object_to(
        publication=publication,
        text="不公平",
        channel="counter",
        by=village.actor("limin"),
        at=BEGIN,
        person=village.person("mu"),
    )
    assert entered.person == village.person("mu")
    assert Objection.objects.visible_to(village.actor("mu")).get() == entered


def test_what_is_no_objection_is_refused(village, publication, objection):
    chen, zha = village.actor("chen"), village.actor("zha")

    def objecting(text, at=BEGIN, by=chen):
        return lambda: object_to(publication=publication, text=text, channel="portal", by=by, at=at)

    refused("disclosure.objection_empty", objecting(" "))
    refused("disclosure.objection_long", objecting("长" * 2001))
    refused("disclosure.not_showing", objecting("迟了", at=BEGIN + 30 * DAY))
    refused("people.no_right", objecting("x", by=village.actor("shen")))
    other = {
        "publication": publication,
        "text": "x",
        "channel": "portal",
        "at": BEGIN,
        "person": village.person("mu"),
    }
    refused("people.no_right", lambda: object_to(by=chen, **other))

    def answering(outcome, text, by=zha):
        return lambda: answer_objection(objection=objection, outcome=outcome, text=text, by=by, at=BEGIN)

    refused("disclosure.unknown_outcome", answering("perhaps", "x"))
    refused("disclosure.answer_empty", answering("upheld", " "))
    refused("disclosure.personal_number", answering("upheld", "请打13900000001"))
    refused("people.no_right", answering("upheld", "x", by=chen))
