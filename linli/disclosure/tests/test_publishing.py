"""A publication shows what its item shows, masked, long enough, and is never edited."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.disclosure import declared
from linli.disclosure.duties import overdue
from linli.disclosure.models import Publication, TakenDown
from linli.disclosure.publishing import Span, correct, publish, take_down
from linli.disclosure.showing import Showing
from linli.disclosure.tests.catalogue import publish_catalogue
from linli.finding.searching import matching_keys
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import load_file
from linli.people.actors import VISITOR
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, WANGSHAN, settle

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AID = {
    "name": "王桂兰",
    "household_size": 1,
    "item": "临时救助",
    "amount": 200000,
    "reason": "sudden_event",
    "place": "安和苑3号楼1单元402室",
    "decided_by": "明河街道办事处",
    "decided_on": date(2026, 1, 5),
}


@pytest.fixture
def village():
    publish_catalogue()
    return settle()


def shown(village, at=BEGIN, post="zha", facts=None, **changes):
    showing = Showing(title="临时救助对象公示", facts={**AID, **(facts or {})})
    wanted = {
        "item": "assistance_list",
        "region": village.helin,
        "showing": showing,
        "source": "case:HL-1",
        **changes,
    }
    return publish(by=village.actor(post), at=at, **wanted)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code
    return refusal.value


def test_the_shipped_catalogue_is_sound():
    sheets = {code: load_file(path, declared.SCHEMA) for code, path in sheet_paths(declared.KIND).items()}
    assert {"assistance_list", "finance_report", "project_funds"} <= set(sheets)
    for code, sheet in sheets.items():
        assert sheet.code == code
        assert declared.faults(sheet, source=code) == []


def test_a_faulty_catalogue_sheet_is_named():
    sheet = load_file(sheet_paths(declared.KIND)["assistance_list"], declared.SCHEMA)
    doubled = replace(
        sheet, approvers=("owners_director",), shows=(*sheet.shows, replace(sheet.shows[0], how="choice"))
    )
    codes = [fault.code for fault in declared.faults(doubled, source="x.yaml")]
    assert codes == [
        "disclosure.sheet_unknown_post",
        "disclosure.sheet_double",
        "disclosure.sheet_no_choices",
    ]
    assert [f.code for f in declared.faults(replace(sheet, approvers=()))] == ["disclosure.sheet_no_approver"]


def test_an_assistance_publication_is_masked_as_written(village):
    publication = shown(village)
    body = json.dumps(publication.body, ensure_ascii=False)
    assert "王**" in body and "2,000.00元" in body and "突发事件" in body and "安和苑3号楼***" in body
    for secret in ("桂兰", "402", "139000", "单元"):
        assert secret not in body
    assert (publication.from_on, publication.until_on) == (date(2026, 1, 5), date(2026, 1, 20))
    assert publication.duty_on == date(2026, 1, 8) and publication.board == "社区公告栏"
    assert LedgerEntry.objects.get(kind="disclosure.publication").row_key == publication.number
    assert verify().ok


def test_everybody_may_read_and_find_it(village):
    publication = shown(village)
    found = Publication.objects.visible_to(VISITOR).filter(
        pk__in=matching_keys("disclosure.publication", "临时救助", inside=HELIN)
    )
    assert found.get() == publication
    assert not Publication.objects.within(WANGSHAN, WANGSHAN).exists()
    assert Publication.objects.about("case:HL-1").get() == publication


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"disease": "肺癌"}, "disclosure.fact_not_shown"),
        ({"amount": None}, "disclosure.fact_missing"),
        ({"amount": "2000"}, "disclosure.wrong_value"),
        ({"decided_on": "2026-01-05"}, "disclosure.wrong_value"),
        ({"item": 5}, "disclosure.wrong_value"),
        ({"reason": "白血病"}, "disclosure.wrong_value"),
        ({"item": "身份证11010519491231002X"}, "disclosure.personal_number"),
        ({"item": "电话13900000001"}, "disclosure.personal_number"),
        ({"item": "卡号6222021234567890123"}, "disclosure.personal_number"),
    ],
)
def test_what_may_not_be_shown_is_refused(village, facts, code):
    said = refused(code, lambda: shown(village, facts=facts))
    assert "11010519491231002X" not in str(said) and "13900000001" not in str(said)
    assert not Publication.objects.exists()


def test_no_free_text_beside_persons_and_no_number_in_a_lead(village):
    showing = Showing(title="公示", facts=AID, lead="因病致贫")
    refused("disclosure.no_free_text", lambda: shown(village, showing=showing))
    other = Showing(
        title="议事结果",
        lead="联系13900000001",
        facts={"topic": "停车", "result": "划线", "held_on": date(2026, 1, 3)},
    )
    refused(
        "disclosure.personal_number",
        lambda: shown(village, post="sun", item="consultation_result", showing=other),
    )


def test_only_an_approver_of_the_place_publishes(village):
    refused("people.no_right", lambda: shown(village, post="wang"))
    refused("disclosure.not_approver", lambda: shown(village, post="limin"))
    refused("people.other_place", lambda: shown(village, post="zha", region=village.regions[WANGSHAN]))


def test_fifteen_days_are_the_least(village):
    begin = date(2026, 1, 5)
    refused("disclosure.too_short", lambda: shown(village, span=Span(until_on=begin + 14 * DAY)))
    refused("disclosure.begins_in_past", lambda: shown(village, span=Span(from_on=begin - DAY)))
    assert shown(village, span=Span(until_on=begin + 15 * DAY)).minimum_days == 15


def test_a_period_ending_on_a_rest_day_is_moved(village):
    # 2026-01-02 + 15 days is Saturday 17 January: the paper hangs until Monday.
    publication = shown(village, at=BEGIN - 3 * DAY)
    assert publication.until_on == date(2026, 1, 19)


def test_fourteen_days_are_flagged_and_fifteen_are_fine(village):
    early, full = shown(village), shown(village)
    refused(
        "disclosure.too_early",
        lambda: take_down(
            publication=early, ground="over", reason="期满", by=village.actor("sun"), at=BEGIN + 14 * DAY
        ),
    )
    down = take_down(
        publication=early, ground="privacy", reason="本人请求", by=village.actor("sun"), at=BEGIN + 14 * DAY
    )
    assert (down.days, down.is_early) == (14, True)
    down = take_down(
        publication=full, ground="over", reason="期满", by=village.actor("sun"), at=BEGIN + 15 * DAY
    )
    assert (down.days, down.is_early) == (15, False)
    assert not Publication.objects.showing(date(2026, 1, 20)).exists()


def test_taking_down_needs_right_ground_and_reason_once(village):
    publication, sun = shown(village), village.actor("sun")
    refused(
        "people.no_right",
        lambda: take_down(
            publication=publication, ground="over", reason="x", by=village.actor("wu"), at=BEGIN
        ),
    )
    refused(
        "disclosure.unknown_ground",
        lambda: take_down(publication=publication, ground="whim", reason="x", by=sun, at=BEGIN),
    )
    refused(
        "disclosure.reason_missing",
        lambda: take_down(publication=publication, ground="over", reason=" ", by=sun, at=BEGIN),
    )
    take_down(publication=publication, ground="mistake", reason="金额有误", by=sun, at=BEGIN)
    refused(
        "disclosure.down_already",
        lambda: take_down(publication=publication, ground="mistake", reason="x", by=sun, at=BEGIN),
    )
    assert TakenDown.objects.count() == 1


def test_a_correction_keeps_the_earlier_version(village):
    old = shown(village)
    showing = Showing(title="临时救助对象公示（更正）", facts={**AID, "amount": 250000})
    new = correct(publication=old, showing=showing, why="金额写错", by=village.actor("zha"), at=BEGIN + DAY)
    assert list(Publication.objects.showing(date(2026, 1, 6))) == [new]
    assert list(Publication.objects.showing(date(2026, 1, 5))) == [old]
    assert new.previous == old and new.source == old.source and new.until_on > old.until_on
    zha = village.actor("zha")
    refused(
        "disclosure.corrected_already",
        lambda: correct(publication=old, showing=showing, why="再改", by=zha, at=BEGIN + DAY),
    )
    refused(
        "disclosure.correction_why",
        lambda: correct(publication=new, showing=showing, why=" ", by=zha, at=BEGIN + DAY),
    )
    take_down(publication=new, ground="mistake", reason="重复", by=zha, at=BEGIN + DAY)
    refused(
        "disclosure.down_already",
        lambda: correct(publication=new, showing=showing, why="再改", by=zha, at=BEGIN + DAY),
    )


def test_the_database_itself_refuses_editing(village):
    publication = shown(village)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(title="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        publication.delete()


def test_routine_duties_are_owed_until_shown(village):
    on = date(2026, 1, 30)
    owed = {duty.code for duty in overdue(region=village.helin, on=on)}
    assert {"finance_report", "residents_affairs"} <= owed and "assistance_list" not in owed
    facts = {"period": "2025年第四季度", "income": 100, "spending": 50, "balance": 50}
    publish(
        item="finance_report",
        region=village.helin,
        showing=Showing(title="财务收支公开", facts=facts),
        source="period:2025Q4",
        by=village.actor("sun"),
        at=BEGIN,
        span=Span(event_on=date(2025, 12, 31)),
    )
    assert "finance_report" not in {duty.code for duty in overdue(region=village.helin, on=on)}
    assert overdue(region=village.helin, on=date(2026, 1, 5)) == []
