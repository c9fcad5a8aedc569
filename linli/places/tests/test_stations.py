"""Stations: which communities have none, when they are open, who was there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from linli.ground.clock import Calendar
from linli.ground.said import Said
from linli.places import attending, stationing
from linli.places.establishing import enter_facility
from linli.places.formulas import Special, open_on, well_formed
from linli.places.models import Region, Stock, with_stations, without_station
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, LIUWAN, MINGHE, WANGSHAN
from tests.counting import counted

HOURS = {str(day): [["09:00", "12:00"], ["14:00", "17:30"]] for day in range(1, 6)}
DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def station(village):
    return stationing.open_station(
        community=village.helin,
        code="HL-1",
        name="禾邻社区服务站",
        hours=HOURS,
        by=village.actor("sun"),
        at=BEGIN,
    )


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


def test_one_statement_tells_which_communities_have_no_station_and_which_share_one(station, village):
    stationing.cover(
        station=station,
        community=village.regions[LIUWAN],
        from_on=BEGIN.date(),
        by=village.actor("jie"),
        at=BEGIN,
    )
    with counted() as queries:
        found = {
            row.code: (row.served_by, row.sharing)
            for row in with_stations(Region.objects.communities(), BEGIN.date())
        }
    assert len(queries) == 1
    assert found == {HELIN: (1, 2), LIUWAN: (1, 2), WANGSHAN: (0, 0)}
    assert [row.code for row in without_station(Region.objects.communities(), BEGIN.date())] == [WANGSHAN]


def test_a_cover_that_ends_leaves_the_community_without(station, village):
    cover = station.covers.get()
    stationing.end_cover(cover=cover, on=BEGIN.date(), by=village.actor("sun"), at=BEGIN)
    later = BEGIN.date() + DAY
    assert not without_station(Region.objects.within(HELIN), BEGIN.date()).exists()
    assert without_station(Region.objects.within(HELIN), later).exists()
    [row] = with_stations(Region.objects.within(HELIN), later)
    assert (row.served_by, row.sharing) == (0, 0)


def test_only_who_keeps_stations_may_open_one(village):
    refused("people.no_right", lambda: stationing.open_station(
        community=village.helin, code="X", name="x", hours=HOURS, by=village.actor("ma"), at=BEGIN))  # fmt: skip
    refused("people.other_place", lambda: stationing.open_station(
        community=village.regions[WANGSHAN], code="X", name="x", hours=HOURS, by=village.actor("sun"), at=BEGIN))  # fmt: skip


CALENDAR = Calendar(frozenset({2026}), frozenset({date(2026, 5, 1)}), frozenset({date(2026, 5, 9)}))


@pytest.mark.parametrize(
    ("on", "spans", "why"),
    [
        (date(2026, 4, 30), 2, ""),
        (date(2026, 5, 1), 0, "holiday"),
        (date(2026, 5, 2), 0, ""),
        (date(2026, 5, 9), 2, "makeup"),
        (date(2026, 5, 11), 0, "special"),
    ],
)
def test_a_day_opens_by_exception_then_calendar_then_weekday(on, spans, why):
    special = Special(date(2026, 5, 11), date(2026, 5, 12), (), "装修")
    day = open_on(HOURS, on, specials=[special], calendar=CALENDAR)
    assert (len(day.spans), day.why) == (spans, why)


@pytest.mark.parametrize(
    "spans", [[("9", "12:00")], [("12:00", "09:00")], [("09:00", "12:00"), ("11:00", "13:00")]]
)
def test_spans_that_are_no_hours_are_refused(spans):
    assert not well_formed(spans)


def test_the_exception_announced_last_counts_and_none_is_entered_afterwards(station, village):
    director = village.actor("sun")
    tomorrow = BEGIN.date() + DAY
    common = {"station": station, "days": (tomorrow, tomorrow), "by": director}
    stationing.announce_exception(**common, spans=[], reason="停电", at=BEGIN)
    stationing.announce_exception(**common, spans=[("14:00", "17:00")], reason="下午来电", at=BEGIN)
    today, next_day = stationing.week(station, BEGIN.date(), calendar=CALENDAR, days=2)
    assert (today.why, next_day.reason, next_day.spans) == ("", "下午来电", (("14:00", "17:00"),))
    refused("places.exception_passed", lambda: stationing.announce_exception(
        station=station, days=(BEGIN.date() - DAY, BEGIN.date()), spans=[], reason="x", by=director, at=BEGIN))  # fmt: skip


def test_the_duty_log_is_signed_by_the_person_and_corrected_by_another_line(station, village):
    clerk, at = village.actor("limin"), BEGIN
    came = attending.sign(station=station, kind="in", by=clerk, at=at)
    refused("places.signed_in_already", lambda: attending.sign(station=station, kind="in", by=clerk, at=at))
    attending.sign(station=station, kind="out", by=clerk, at=at + timedelta(hours=3))
    refused(
        "places.not_signed_in",
        lambda: attending.sign(station=station, kind="out", by=clerk, at=at + 4 * timedelta(hours=1)),
    )
    early = at - timedelta(minutes=30)
    refused("people.no_right", lambda: attending.correct_sign(
        sign=came, moment=early, kind="in", reason="忘签", by=village.actor("xin"), at=at + DAY))  # fmt: skip
    attending.correct_sign(sign=came, moment=early, kind="in", reason="系统慢了", by=clerk, at=at + DAY)
    refused("places.corrected_already", lambda: attending.correct_sign(
        sign=came, moment=early, kind="in", reason="x", by=clerk, at=at + DAY))  # fmt: skip
    [mine, other] = attending.day(station, at.date(), expected=[clerk.actor_word, "account:0"])
    assert (mine.minutes, mine.is_open, mine.first) == (210, False, early)
    assert (other.minutes, other.first) == (0, None)
    assert station.signs.count() == 3, "the first line is still there"
    assert LedgerEntry.objects.filter(kind="places.duty").count() == 3
    assert verify().ok


def test_absent_is_who_was_expected_on_an_open_day_and_signed_nothing(station, village):
    clerk, officer = village.actor("limin"), village.actor("xin")
    attending.sign(station=station, kind="in", by=clerk, at=BEGIN)
    days = stationing.week(station, BEGIN.date(), calendar=CALENDAR, days=7)
    monday, tuesday = BEGIN.date(), BEGIN.date() + DAY
    expected = {clerk.actor_word: (monday, monday), officer.actor_word: (tuesday, None)}
    found = attending.absent(station, days, expected=expected)
    assert found == [(officer.actor_word, tuesday + n * DAY) for n in range(4)], "closed at the weekend"


def test_the_yearly_count_takes_areas_and_households_as_they_stand(station, village):
    director = village.actor("sun")
    enter_facility(
        community=village.helin, code="centre", name="党群服务中心", kind="centre", area_centiares=6_000_00,
        activity_centiares=3_900_00, by=director, at=BEGIN,
    )  # fmt: skip
    row = stationing.take_stock(community=village.helin, by=director, at=BEGIN)
    assert (row.area_metres, row.activity_metres, row.households, row.has_station) == (6000, 3900, 1000, True)
    refused(
        "places.stock_today", lambda: stationing.take_stock(community=village.helin, by=director, at=BEGIN)
    )
    assert Stock.objects.count() == 1
    elsewhere = stationing.take_stock(community=village.regions[LIUWAN], by=village.actor("jie"), at=BEGIN)
    assert not elsewhere.has_station
    assert village.actor("jie").place == MINGHE


def test_the_day_is_the_local_one(station, village):
    late = datetime(2026, 1, 5, 23, 30, tzinfo=ZONE)
    assert attending.sign(station=station, kind="in", by=village.actor("limin"), at=late).on == date(
        2026, 1, 5
    )
