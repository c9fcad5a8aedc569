"""Pairings, work points and the five ones, each from its records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.ground.said import Said
from linli.linkage.fiveones import five_ones
from linli.linkage.models import Pairing, WorkPoint
from linli.linkage.pairing import (
    Agreement,
    Held,
    end_pairing,
    hold_activity,
    join_platform,
    pair,
    remind_reviews,
    review,
)
from linli.linkage.points import (
    Handed,
    Version,
    carry_out_merger,
    enter_device,
    enter_point,
    give_back,
    hand_item,
    plan_merger,
    set_upkeep,
)
from linli.people.actors import CLOCK
from linli.places.models import Facility
from linli.places.stationing import open_station
from linli.trail.verifying import verify
from tests.cast import BEGIN

DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def pairing(village):
    agreement = Agreement("区财政局机关党委", "每季度一次", 4, date(2026, 1, 5), date(2028, 1, 4))
    return pair(
        region=village.helin, organisation=village.bodies["helin-party"], agreement=agreement, by=village.actor("qian"),
        at=BEGIN,
    )  # fmt: skip


def talk(on):
    return Held("talk", "班子成员谈心", on, 12, "收集意见 6 条")


def test_the_look_back_counts_what_was_held_in_the_year(pairing, village):
    secretary = village.actor("qian")
    for days in (10, 100, 300):
        hold_activity(
            pairing=pairing, held=talk(BEGIN.date() + days * DAY), by=secretary, at=BEGIN + 370 * DAY
        )
    row = review(pairing=pairing, words="完成三次", by=secretary, at=BEGIN + 370 * DAY)
    assert (row.planned, row.held, row.people) == (4, 3, 36)
    assert verify().ok


def test_an_activity_lies_in_the_term_and_not_ahead(pairing, village):
    secretary = village.actor("qian")
    refused("linkage.activity_day", lambda: hold_activity(
        pairing=pairing, held=talk(BEGIN.date() + DAY), by=secretary, at=BEGIN))  # fmt: skip
    end_pairing(
        pairing=pairing, on=BEGIN.date() + 5 * DAY, reason="机构改革", by=secretary, at=BEGIN + 5 * DAY
    )
    refused("linkage.activity_day", lambda: hold_activity(
        pairing=pairing, held=talk(BEGIN.date() + 6 * DAY), by=secretary, at=BEGIN + 9 * DAY))  # fmt: skip


def test_a_running_pairing_is_not_entered_twice_and_reviews_are_asked_for_once_a_year(
    published, pairing, village
):
    agreement = Agreement("区财政局机关党委", "x", 1, date(2026, 2, 1), date(2027, 1, 1))
    refused("linkage.paired_already", lambda: pair(
        region=village.helin, organisation=village.bodies["helin-party"], agreement=agreement, by=village.actor("qian"),
        at=BEGIN))  # fmt: skip
    later = BEGIN + 370 * DAY
    assert remind_reviews(by=CLOCK, at=later) == 1
    assert remind_reviews(by=CLOCK, at=later + DAY) == 0
    review(pairing=pairing, words="完成", by=village.actor("qian"), at=later)
    assert not Pairing.objects.review_due(on=later.date()).exists()


def test_who_reads_pairings(pairing, village):
    seen = {
        one: Pairing.objects.visible_to(village.actor(one)).exists()
        for one in ("qian", "jie", "ma", "wangdong", "wang")
    }
    assert seen == {"qian": True, "jie": True, "ma": False, "wangdong": False, "wang": False}
    unit = join_platform(
        region=village.helin, name="清溪小学", kind="school", by=village.actor("qian"), at=BEGIN
    )
    assert unit == join_platform(
        region=village.helin, name="清溪小学", kind="school", by=village.actor("qian"), at=BEGIN
    )


@pytest.fixture
def station(village):
    return open_station(
        community=village.helin, code="HL-1", name="服务站", hours={}, by=village.actor("sun"), at=BEGIN
    )


def test_items_are_taken_over_with_basis_and_money_and_points_are_merged(station, village):
    secretary = village.actor("qian")
    point = enter_point(
        region=village.helin, name="社保工作点", department="区人社局", staff=2, devices=3, items=["待遇认证"],
        by=secretary, at=BEGIN,
    )  # fmt: skip
    refused("linkage.basis_missing", lambda: hand_item(
        point=point, handed=Handed("待遇认证", " ", 0, BEGIN.date()), by=secretary, at=BEGIN))  # fmt: skip
    item = hand_item(
        point=point,
        handed=Handed("待遇认证", "区委办〔2025〕3号", 1_200_000, BEGIN.date()),
        by=secretary,
        at=BEGIN,
    )
    back = give_back(
        item=item, basis="区委办〔2026〕1号", on=BEGIN.date() + DAY, by=secretary, at=BEGIN + DAY
    )
    assert (back.state, back.follows, back.yearly_cents) == ("given_back", item, 0)
    refused("linkage.given_back_already", lambda: give_back(
        item=item, basis="x", on=BEGIN.date(), by=secretary, at=BEGIN))  # fmt: skip
    plan = plan_merger(
        station=station, points=[point], words="并入服务站综合窗口", due_on=BEGIN.date() + 30 * DAY, by=secretary,
        at=BEGIN,
    )  # fmt: skip
    carry_out_merger(plan=plan, outcome="人员并入", by=secretary, at=BEGIN + 20 * DAY)
    point.refresh_from_db()
    assert (point.ended_on, point.merged_into) == ((BEGIN + 20 * DAY).date(), station)
    assert not WorkPoint.objects.filter(ended_on=None).exists()
    assert verify().ok


def test_the_five_ones_come_from_records_and_name_what_is_missing(station, village):
    director, today = village.actor("sun"), BEGIN.date()
    assert [one.is_met for one in five_ones(station, today)] == [False, False, True, False, False], (
        "辛信 is the officer"
    )
    station.facility = Facility.objects.create(
        community=village.helin, code="c", name="党群服务中心", kind="centre", area_centiares=60_000
    )
    for what, state in (("电脑", "working"), ("投影仪", "working"), ("投影仪", "broken")):
        enter_device(
            station=station, what=what, count=2, state=state, keeper="info_officer", by=director, at=BEGIN
        )
    refused("linkage.funding_missing", lambda: set_upkeep(
        station=station, version=Version("mechanism", "维护办法", "x", today + DAY), by=director, at=BEGIN))  # fmt: skip
    for kind in ("rules", "mechanism"):
        version = Version(kind, "值班制度", "按时到岗", today + 100 * DAY, "街道工作经费")
        set_upkeep(station=station, version=version, by=director, at=BEGIN)
    found = {one.code: (one.is_met, one.by) for one in five_ones(station, today)}
    assert all(met for met, _by in found.values())
    assert found["devices"][1] == "电脑×2"
    late = {one.code: one.is_met for one in five_ones(station, today + 101 * DAY)}
    assert (late["rules"], late["mechanism"]) == (False, False), "past the day of review"
