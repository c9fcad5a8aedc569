"""Complaints about staff stay hidden from those concerned; who gives no name asks with a code; other channels."""

from __future__ import annotations

from typing import Any

import pytest

from linli.cases.models import Case
from linli.finding.searching import matching_keys
from linli.grievances.answering import decide_reopening, reply, revisit
from linli.grievances.intake import Told, dispatch
from linli.grievances.models import Grievance
from linli.grievances.redirecting import redirect
from linli.grievances.unnamed import UNNAMED, asked_by, file_unnamed
from linli.notices.models import Notice
from linli.people.roles import all_roles
from tests.cast import BEGIN

from .conftest import DAY, refused

RUDE = "窗口的人说话很凶，让我跑了三趟"


def test_a_complaint_about_staff_goes_above_and_its_community_never_sees_it(tell, village):
    told = tell(class_code="G17", nature="complaint", text=RUDE, concerns="clerk")
    assert (told.case.data_class, told.case.hold_post) == ("P4", "street_officer")
    seers = {
        login
        for login in village.actors
        if Case.objects.visible_to(village.actor(login)).filter(pk=told.pk).exists()
    }
    assert seers == {"wang", "jie"}, (
        "who told it, and the street's officer; nobody of the community, nobody elsewhere"
    )
    found = matching_keys("cases.case", "跑了三趟")
    assert not Case.objects.visible_to(village.actor("limin")).filter(pk__in=found).exists()
    assert (
        not Notice.objects.exclude(to_post="")
        .filter(link__contains=told.case.number)
        .exclude(to_post="street_officer")
        .exists()
    )


def test_a_complaint_about_the_street_goes_to_the_district(tell, village):
    told = tell(class_code="G17", nature="complaint", text=RUDE, concerns="street_officer")
    assert told.case.hold_post == "district_civil"
    assert not Case.objects.visible_to(village.actor("jie")).exists()
    assert Case.objects.visible_to(village.actor("qu")).get() == told.case
    refused("grievances.unknown_post", lambda: tell(class_code="G17", text=RUDE, concerns="king"))


def test_it_is_handled_above_and_reopened_one_level_higher(tell, village):
    told, officer = tell(class_code="G17", nature="complaint", text=RUDE), village.actor("jie")
    refused("cases.not_open_to", lambda: dispatch(grievance=told, by=village.actor("limin"), at=BEGIN))
    dispatch(grievance=told, by=officer, at=BEGIN)
    assert told.responded_in_time and told.case.step == "handling"
    reply(grievance=told, text="已核实并提醒当事人。", by=officer, at=BEGIN + DAY)
    facts: dict[str, Any] = {
        "was_reached": True,
        "is_resolved": False,
        "is_satisfied": False,
        "at": BEGIN + DAY,
    }
    refused(
        "grievances.answered_it_yourself",
        lambda: revisit(grievance=told, channel="phone", by=officer, **facts),
    )
    revisit(grievance=told, channel="portal", by=village.resident("wang"), **facts)
    assert told.case.hold_post == "district_civil"
    decide_reopening(grievance=told, reopen=True, reason="", by=village.actor("qu"), at=BEGIN + DAY)
    assert told.case.hold_post == "street_officer"


def test_no_post_of_a_community_can_ever_hold_restricted_matters():
    seers = {code: one.level for code, one in all_roles().items() if one.sees("P4") not in ("none", "own")}
    assert "street_officer" in seers and "community" not in seers.values()


@pytest.fixture
def unnamed(published, village):
    told = Told("G04", "report", "后门垃圾堆了一星期，臭得很")
    return file_unnamed(told=told, region=village.helin, by=UNNAMED, at=BEGIN)


def test_who_gives_no_name_asks_with_a_code_that_is_kept_as_a_digest_only(unnamed):
    grievance, code = unnamed
    assert asked_by(code.lower().replace("-", " ")) == grievance
    assert code.replace("-", "") not in repr(Grievance.objects.filter(pk=grievance.pk).values().get())
    assert asked_by("0000-0000-0000") is None and asked_by("") is None
    assert (grievance.case.person, grievance.case.filed_by, grievance.is_anonymous) == (None, "unnamed", True)


def test_an_unnamed_one_is_nobodys_own_and_tells_nobody(unnamed, village):
    grievance, _code = unnamed
    assert not Case.objects.visible_to(village.resident("wang")).exists()
    assert Case.objects.visible_to(village.actor("limin")).get() == grievance.case
    assert not Notice.objects.exists()


def test_a_report_of_corruption_is_sent_on_and_its_words_are_taken_out(tell, village):
    told, clerk = tell(class_code="G16", nature="report", text="有人挪用公款买车"), village.actor("limin")

    def to(channel, words=""):
        return redirect(grievance=told, channel=channel, words=words, by=clerk, at=BEGIN)

    refused("grievances.unknown_channel", lambda: to("moon"))
    refused("grievances.channel_words", lambda: to("other"))
    passage = to("discipline")
    told.refresh_from_db()
    assert (told.case.outcome, told.redirected_to, told.text) == ("redirected", "discipline", "")
    assert "12388" in passage.opinion.text and passage.opinion.is_public
    assert not matching_keys("cases.case", "挪用公款").exists()
    assert Notice.objects.filter(template="grievance.redirected", to_person=village.person("wang")).exists()


def test_a_petition_keeps_its_words_and_says_where_to_go(tell, village):
    told = tell(text="这事我已经去信访局了")
    redirect(grievance=told, channel="petition", words="", by=village.actor("limin"), at=BEGIN)
    assert told.text and told.case.outcome == "redirected"
