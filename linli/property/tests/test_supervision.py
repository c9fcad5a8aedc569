"""Supervision: inspection, notice, answer, re-check by somebody else, a mark from records, its publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.models import Case
from linli.cases.tasks import escalate
from linli.disclosure.models import Publication
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.people.entering import appoint
from linli.property.declared import checklist_of
from linli.property.inspecting import Seen, begin_inspection, conclude, find, issue
from linli.property.models import Inspection, Mark
from linli.property.rechecking import Looked, answer, recheck
from linli.property.scoring import publish_mark, score
from linli.trail.verifying import verify
from tests.cast import BEGIN, SINCE

pytestmark = pytest.mark.usefixtures("published")
DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def inspection(estate, village):
    return begin_inspection(
        checklist="property_company", body=village.bodies["helin-property"], region=village.helin, estate=estate,
        by=village.actor("he"), at=BEGIN,
    )  # fmt: skip


def looked(inspection, *faults):
    items = checklist_of(inspection.checklist_id).items
    return [
        Seen(
            one.code, "fault" if one.code in faults else "met", "三号楼前堆杂物" if one.code in faults else ""
        )
        for one in items
    ]


def noticed(inspection, village, *faults):
    find(inspection=inspection, seen=looked(inspection, *faults), by=village.actor("he"), at=BEGIN)
    return issue(inspection=inspection, demand="清走杂物，恢复通道", by=village.actor("he"), at=BEGIN)


def test_from_a_fault_over_the_notice_to_a_passed_recheck(inspection, village):
    notice = noticed(inspection, village, "fire_lanes")
    assert notice.due_on == date(2026, 1, 20), "15 natural days"
    assert notice.items == ["fire_lanes"]
    assert Case.objects.in_hands_of(village.actor("ma")).get() == inspection.case
    assert Notice.objects.get(template="property.rectification").to_post == "property_manager"
    answer(inspection=inspection, text="已清走", by=village.actor("ma"), at=BEGIN + 3 * DAY)
    row = recheck(
        inspection=inspection, looked=Looked("通道畅通"), by=village.actor("he"), at=BEGIN + 5 * DAY
    )
    assert (row.passed, row.in_time, inspection.case.outcome) == (True, True, "rectified")
    assert verify().ok


def test_nobody_of_the_body_inspects_or_rechecks_it_whatever_post_they_act_in(inspection, village):
    noticed(inspection, village, "fire_lanes")
    answer(inspection=inspection, text="已清走", by=village.actor("ma"), at=BEGIN + DAY)
    appoint(
        person=village.person("he"), organisation=village.bodies["helin-property"], post="property_manager",
        place=village.helin, valid_from=SINCE, by=village.actor("sun"), at=BEGIN,
    )  # fmt: skip
    refused("people.no_right", lambda: recheck(
        inspection=inspection, looked=Looked("好"), by=village.actor("ma"), at=BEGIN + 2 * DAY))  # fmt: skip
    refused("property.own_body", lambda: recheck(
        inspection=inspection, looked=Looked("好"), by=village.actor("he"), at=BEGIN + 2 * DAY))  # fmt: skip
    refused("property.own_body", lambda: begin_inspection(
        checklist="property_company", body=village.bodies["helin-property"], region=village.helin,
        by=village.actor("he"), at=BEGIN))  # fmt: skip


def test_a_failed_recheck_gives_a_second_notice_with_its_own_day(inspection, village):
    first = noticed(inspection, village, "fire_lanes", "cleaning")
    answer(inspection=inspection, text="已整改", by=village.actor("ma"), at=BEGIN + 16 * DAY)
    at = BEGIN + 17 * DAY
    refused("property.demand_missing", lambda: recheck(
        inspection=inspection, looked=Looked("仍堵", ["fire_lanes"]), by=village.actor("sun"), at=at))  # fmt: skip
    row = recheck(
        inspection=inspection,
        looked=Looked("仍堵", ["fire_lanes"], "三日内清走"),
        by=village.actor("sun"),
        at=at,
    )
    second = inspection.rectifications.get(round=2)
    assert (row.passed, row.in_time) == (False, False)
    assert second.items == ["fire_lanes"]
    assert second.due_on >= at.date() + 15 * DAY > first.due_on
    assert inspection.case.step == "with_property"


def test_findings_are_whole_described_and_written_once(inspection, village):
    he = village.actor("he")
    refused("property.findings_incomplete", lambda: find(
        inspection=inspection, seen=looked(inspection)[1:], by=he, at=BEGIN))  # fmt: skip
    bare = [Seen(one.item, "fault") for one in looked(inspection)]
    refused("property.fault_undescribed", lambda: find(inspection=inspection, seen=bare, by=he, at=BEGIN))
    refused("property.nothing_found_yet", lambda: conclude(inspection=inspection, by=he, at=BEGIN))
    find(inspection=inspection, seen=looked(inspection), by=he, at=BEGIN)
    refused(
        "property.found_already",
        lambda: find(inspection=inspection, seen=looked(inspection), by=he, at=BEGIN),
    )
    refused("property.no_fault", lambda: issue(inspection=inspection, demand="x", by=he, at=BEGIN))
    conclude(inspection=inspection, by=he, at=BEGIN)
    assert inspection.case.outcome == "clean"


def test_faults_are_not_closed_as_clean(inspection, village):
    find(inspection=inspection, seen=looked(inspection, "lifts"), by=village.actor("he"), at=BEGIN)
    refused("property.faults_open", lambda: conclude(inspection=inspection, by=village.actor("he"), at=BEGIN))


def test_only_the_body_answers_its_notice(inspection, village):
    noticed(inspection, village, "lifts")
    refused("property.not_your_notice", lambda: answer(
        inspection=inspection, text="x", by=village.actor("ye"), at=BEGIN))  # fmt: skip


def test_a_notice_left_unanswered_is_raised_to_the_street_by_the_clock(inspection, village):
    noticed(inspection, village, "lifts")
    escalate.call(at=(BEGIN + 30 * DAY).isoformat())
    inspection.case.refresh_from_db()
    assert (inspection.case.step, inspection.case.hold_place) == ("with_street", "990101001000")


def test_a_company_sees_its_inspection_from_the_notice_on(inspection, village):
    def seen(login):
        return Inspection.objects.visible_to(village.actor(login)).exists()

    assert not seen("ma")
    noticed(inspection, village, "lifts")
    assert [seen(login) for login in ("ma", "he", "jie", "ye", "wangdong", "wangjie", "wang")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_an_owners_committee_is_inspected_too(committee, village):
    inspection = begin_inspection(
        checklist="owners_committee", body=village.bodies["helin-owners"], region=village.helin, by=village.actor("jie"),
        at=BEGIN,
    )  # fmt: skip
    find(inspection=inspection, seen=looked(inspection, "told"), by=village.actor("jie"), at=BEGIN)
    issue(inspection=inspection, demand="补告知", by=village.actor("jie"), at=BEGIN)
    assert inspection.case.hold_post == "owners_director"
    answer(inspection=inspection, text="已补告知", by=village.actor("ye"), at=BEGIN + DAY)
    refused("property.checklist_target", lambda: begin_inspection(
        checklist="property_company", body=village.bodies["helin-owners"], region=village.helin,
        by=village.actor("he"), at=BEGIN))  # fmt: skip


def year(village, inspection):
    noticed(inspection, village, "fire_lanes")
    answer(inspection=inspection, text="已清走", by=village.actor("ma"), at=BEGIN + DAY)
    recheck(inspection=inspection, looked=Looked("好"), by=village.actor("he"), at=BEGIN + 2 * DAY)
    return score(
        scoring="property_company", body=village.bodies["helin-property"], region=village.helin,
        span=(date(2026, 1, 1), date(2026, 1, 31)), by=village.actor("sun"), at=BEGIN + 30 * DAY,
    )  # fmt: skip


def test_a_mark_comes_from_records_and_names_what_has_none(inspection, contract, village):
    mark = year(village, inspection)
    lines = {line["code"]: (line["part"], line["whole"], line["marks"]) for line in mark.lines}
    assert lines == {
        "items_met": (9, 10, 3600), "rectified": (1, 1, 2000), "in_time": (0, 0, None), "resolved": (0, 0, None),
        "disclosed": (0, 1, 0),
    }  # fmt: skip
    assert (mark.marks, mark.reachable, mark.points, mark.grade) == (5600, 7000, 10000, "good")


def test_a_published_mark_shows_every_indicator_and_may_be_objected_to(inspection, contract, village):
    mark = year(village, inspection)
    assert not Mark.objects.visible_to(village.resident("wang")).exists()
    shown = publish_mark(mark=mark, by=village.actor("sun"), at=BEGIN + 30 * DAY)
    text = str(shown.body)
    assert "没有记录，不计分" in text and "9/10" in text and "56.00 / 70.00" in text
    assert Publication.objects.about(f"mark:{mark.key}").get() == shown
    assert Mark.objects.visible_to(village.resident("wang")).get() == mark
    refused(
        "property.published_already",
        lambda: publish_mark(mark=mark, by=village.actor("sun"), at=BEGIN + 30 * DAY),
    )


def test_too_little_on_record_gives_no_grade_and_is_not_published(village):
    mark = score(
        scoring="property_company", body=village.bodies["helin-property"], region=village.helin,
        span=(date(2025, 1, 1), date(2025, 12, 31)), by=village.actor("sun"), at=BEGIN,
    )  # fmt: skip
    assert (mark.grade, mark.reachable) == ("", 1000)
    refused(
        "property.too_little_recorded", lambda: publish_mark(mark=mark, by=village.actor("sun"), at=BEGIN)
    )
