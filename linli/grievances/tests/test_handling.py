"""A grievance from filing over dispatch and answer to the revisit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance
from linli.finding.searching import matching_keys
from linli.grievances.answering import decide_reopening, release, reply, revisit
from linli.grievances.intake import Filed, Told, answer_at_once, class_list, dispatch, file_grievance, related
from linli.grievances.measures import MEASURES
from linli.grievances.models import Grievance, Revisit
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.places.models import Building
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.usefixtures("published")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(**facts):
    return Told(
        **{
            "class_code": "G01",
            "nature": "help",
            "text": "3号楼楼顶漏水，厨房天花板湿了",
            "spot": "1单元301",
            **facts,
        }
    )


@pytest.fixture
def grievance(village):
    return file_grievance(
        told=told(building=Building.objects.get(name="安和苑3号楼")),
        filed=Filed(village.helin, village.person("wang"), "portal"),
        by=village.resident("wang"),
        at=BEGIN,
    )


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


def test_from_filing_to_a_satisfied_revisit(grievance, village):
    case = grievance.case
    dispatch(grievance=grievance, by=village.actor("limin"), at=BEGIN + HOUR)
    assert (case.hold_post, grievance.responded_in_time) == ("property_manager", True)
    assert case.due_on == date(2026, 1, 12), "five working days from 6 January"
    reply(grievance=grievance, text="已补好防水层，雨后复查不漏。", by=village.actor("ma"), at=BEGIN + DAY)
    revisit(
        grievance=grievance, was_reached=True, channel="phone", is_resolved=True, is_satisfied=True,
        by=village.actor("limin"), at=BEGIN + 20 * DAY,
    )  # fmt: skip
    assert (case.outcome, case.closed_on) == ("resolved", date(2026, 1, 25))
    assert case.due_on is not None and case.due_on >= case.closed_on, (
        "waiting for the revisit does not run the clock"
    )
    assert [notice.template for notice in Notice.objects.order_by("id")] == [
        "grievance.received", "grievance.dispatched", "grievance.replied",
    ]  # fmt: skip
    assert verify().ok


def test_not_resolved_becomes_a_request_that_staff_answer(grievance, village):
    clerk = village.actor("limin")
    dispatch(grievance=grievance, by=clerk, at=BEGIN + 30 * HOUR)
    assert grievance.responded_in_time is False, "24 hours had passed"
    reply(grievance=grievance, text="已处理", by=village.actor("ma"), at=BEGIN + 2 * DAY)
    revisit(
        grievance=grievance, was_reached=True, channel="portal", is_resolved=False, is_satisfied=False,
        by=village.resident("wang"), at=BEGIN + 3 * DAY,
    )  # fmt: skip
    assert grievance.case.step == "reopening"
    decide_reopening(grievance=grievance, reopen=True, reason="", by=clerk, at=BEGIN + 3 * DAY)
    assert (grievance.case.step, grievance.reopen_count) == ("registered", 1)
    dispatch(grievance=grievance, by=clerk, at=BEGIN + 4 * DAY)
    reply(grievance=grievance, text="已返工", by=village.actor("ma"), at=BEGIN + 5 * DAY)
    revisit(
        grievance=grievance,
        was_reached=True,
        channel="phone",
        is_resolved=False,
        is_satisfied=False,
        by=clerk,
        at=BEGIN + 6 * DAY,
    )
    refused(
        "cases.opinion_missing",
        lambda: decide_reopening(grievance=grievance, reopen=False, reason=" ", by=clerk, at=BEGIN + 6 * DAY),
    )
    decide_reopening(
        grievance=grievance,
        reopen=False,
        reason="要动用维修资金，已列入业主大会议题。",
        by=clerk,
        at=BEGIN + 6 * DAY,
    )
    assert grievance.case.outcome == "unresolved"


def test_staff_cannot_skip_the_persons_answers_or_the_rooms_verbs(grievance, village):
    clerk, manager = village.actor("limin"), village.actor("ma")
    refused(
        "cases.needs_verb", lambda: advance(grievance.case, "dispatch_property_manager", by=clerk, at=BEGIN)
    )
    dispatch(grievance=grievance, by=clerk, at=BEGIN)
    refused("grievances.reply_missing", lambda: reply(grievance=grievance, text=" ", by=manager, at=BEGIN))
    refused(
        "cases.not_open_to",
        lambda: reply(grievance=grievance, text="好了", by=village.actor("yang"), at=BEGIN),
    )
    reply(grievance=grievance, text="好了", by=manager, at=BEGIN)
    refused(
        "grievances.revisit_answers",
        lambda: revisit(grievance=grievance, was_reached=True, channel="phone", by=clerk, at=BEGIN),
    )
    assert not Revisit.objects.exists()
    revisit(grievance=grievance, was_reached=False, channel="phone", by=clerk, at=BEGIN)
    assert grievance.case.step == "answered"


def test_a_wrong_dispatch_goes_back_with_reasons(grievance, village):
    dispatch(grievance=grievance, by=village.actor("limin"), at=BEGIN)
    advance(
        grievance.case,
        "return_dispatch",
        by=village.actor("ma"),
        at=BEGIN,
        words=MoveWords("屋顶在开发商保修期内"),
    )
    assert grievance.case.hold_post == "clerk"


def test_the_property_company_sees_only_what_is_in_its_hands(grievance, village):
    manager = village.actor("ma")
    assert not Grievance.objects.visible_to(manager).exists()
    dispatch(grievance=grievance, by=village.actor("limin"), at=BEGIN)
    assert Grievance.objects.visible_to(manager).get() == grievance
    assert not Grievance.objects.visible_to(village.actor("wangli")).exists()


def test_bad_input_is_refused_without_a_trace(village):
    def file(**facts):
        return file_grievance(
            told=told(**facts),
            filed=Filed(village.helin, None, "portal"),
            by=village.resident("wang"),
            at=BEGIN,
        )

    refused("grievances.text_short", lambda: file(text="坏 "))
    refused("grievances.unknown_class", lambda: file(class_code="G99"))
    refused("grievances.unknown_grade", lambda: file(grade="soon"))
    refused("grievances.unknown_nature", lambda: file(nature="rant"))
    assert not Case.objects.exists()


def test_an_anonymous_grievance_is_not_found_by_name(village):
    file_grievance(
        told=told(is_anonymous=True), filed=Filed(village.helin, village.person("wang"), "portal"),
        by=village.resident("wang"), at=BEGIN,
    )  # fmt: skip
    assert not matching_keys("cases.case", "王桂兰").exists()
    assert matching_keys("cases.case", "漏水").exists()


def test_words_suggest_the_class_and_neighbours_reports_are_shown(grievance, village):
    _, sheet = class_list(date(2026, 1, 5))
    assert [one.code for one in sheet.suggest("楼顶漏水")][0] == "G01" and sheet.suggest("唔") == []
    other = file_grievance(
        told=told(building=grievance.building), filed=Filed(village.helin, village.person("chen"), "phone"),
        by=village.actor("limin"), at=BEGIN + DAY,
    )  # fmt: skip
    assert related(other) == [grievance.case]


def test_a_public_answer_passes_the_privacy_check(grievance, village):
    clerk = village.actor("limin")
    refused("grievances.not_answered", lambda: release(grievance=grievance, text="已修", by=clerk, at=BEGIN))
    answer_at_once(grievance=grievance, reply="今天下午来修", by=clerk, at=BEGIN)
    refused(
        "grievances.personal_in_text",
        lambda: release(grievance=grievance, text="请联系13900001111", by=clerk, at=BEGIN),
    )
    release(grievance=grievance, text="3号楼屋顶已修复。", by=clerk, at=BEGIN)
    assert Grievance.objects.public().get() == grievance


def test_filing_stays_within_its_query_budget(grievance, village, django_assert_max_num_queries):
    resident, told_now, person = village.resident("wang"), told(), village.person("wang")
    with django_assert_max_num_queries(20):
        file_grievance(told=told_now, filed=Filed(village.helin, person, "portal"), by=resident, at=BEGIN)


def test_every_measure_declares_a_population_that_runs(grievance):
    for measure in MEASURES:
        rows = measure.population()
        assert (
            rows.filter(measure.part).count() <= rows.count()
            if measure.part is not None
            else rows.count() >= 0
        )
        assert measure.definition.zh and measure.definition.en and measure.word.startswith("grievances.")
