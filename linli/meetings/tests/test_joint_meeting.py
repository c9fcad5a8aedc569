"""A joint meeting of the four bodies: called, held, resolved by the rule, signed; its tasks come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.meetings.calling import Call, Line, Member, call, remind
from linli.meetings.formulas import Threshold, has_quorum
from linli.meetings.holding import (
    Came,
    Decided,
    Stance,
    awaited,
    resolve,
    sign_minutes,
    take_roll,
    write_minutes,
)
from linli.meetings.models import Meeting
from linli.meetings.tasking import Asked, assign, result_of, send_back
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.usefixtures("published")
DAY = timedelta(days=1)
HELD = BEGIN + 4 * DAY
BODIES = [
    ("helin-party", "party", "party_secretary"), ("helin-committee", "committee", "committee_director"),
    ("helin-owners", "owners", "owners_director"), ("helin-property", "property", "property_manager"),
]  # fmt: skip


def refused(code, call_it):
    with pytest.raises(Said) as refusal:
        call_it()
    assert refusal.value.code == code


def members(village):
    return [Member(village.bodies[key], capacity, post) for key, capacity, post in BODIES]


def summons(**facts):
    given = {
        "title": "电动车充电联席会议", "on": HELD.date(), "begins": "14:30", "venue": "议事厅",
        "agenda": [Line("充电棚选址"), Line("夜间巡查")], **facts,
    }  # fmt: skip
    return Call(**given)


@pytest.fixture
def meeting(village):
    return call(
        region=village.helin, called=summons(), members=members(village), by=village.actor("qian"), at=BEGIN
    )


@pytest.fixture
def held(meeting, village):
    came = {seat.pk: Came("present", "到会人") for seat in meeting.seats.all()}
    owners = meeting.seats.get(capacity="owners")
    came[owners.pk] = Came("absent")
    take_roll(meeting=meeting, came=came, by=village.actor("qian"), at=HELD)
    return meeting


def stances(meeting, *agreeing):
    seats = meeting.seats.exclude(roll__state="absent")
    return [Stance(seat, "agree" if seat.capacity in agreeing else "against", "意见") for seat in seats]


def decided(meeting, village, *agreeing):
    item = meeting.agenda.get(order=1)
    text = Decided("在南门西侧建充电棚", stances(meeting, *agreeing))
    return resolve(item=item, decided=text, by=village.actor("qian"), at=HELD)


def test_all_four_bodies_are_told_and_reminded_once(meeting, village):
    told = Notice.objects.filter(template="meetings.called").values_list("to_post", flat=True)
    assert set(told) == {post for _, _, post in BODIES}
    assert meeting.notice_in_time
    assert remind(by=CLOCK, at=HELD - DAY) == 4
    assert remind(by=CLOCK, at=HELD - DAY) == 0


def test_a_call_without_one_of_the_four_or_without_agenda_is_refused(village):
    secretary = village.actor("qian")
    common = {"region": village.helin, "by": secretary, "at": BEGIN}
    refused("meetings.four_bodies", lambda: call(called=summons(), members=members(village)[:3], **common))
    refused(
        "meetings.agenda_missing", lambda: call(called=summons(agenda=[]), members=members(village), **common)
    )
    refused(
        "meetings.time_shape", lambda: call(called=summons(begins="9点"), members=members(village), **common)
    )
    refused(
        "meetings.day_passed",
        lambda: call(called=summons(on=date(2026, 1, 4)), members=members(village), **common),
    )
    refused("people.no_right", lambda: call(
        called=summons(), members=members(village), region=village.helin, by=village.actor("ma"), at=BEGIN))  # fmt: skip


def test_two_of_three_present_carry_and_one_does_not(held, village):
    row = decided(held, village, "party", "committee")
    assert (row.present, row.agree, row.against, row.carried) == (3, 2, 1, True)
    item = held.agenda.get(order=2)
    lost = resolve(
        item=item, decided=Decided("加巡查", stances(held, "party")), by=village.actor("qian"), at=HELD
    )
    assert not lost.carried, "one of three is not more than half"
    seat = held.seats.get(capacity="property")
    refused("meetings.not_carried", lambda: assign(
        resolution=lost, asked=Asked(seat, "x", HELD.date() + DAY), by=village.actor("qian"), at=HELD))  # fmt: skip


def test_without_a_quorum_nothing_is_resolved(meeting, village):
    came = {
        seat.pk: Came("present" if seat.capacity in ("party", "committee") else "absent")
        for seat in meeting.seats.all()
    }
    take_roll(meeting=meeting, came=came, by=village.actor("qian"), at=HELD)
    refused("meetings.no_quorum", lambda: decided(meeting, village, "party"))


@pytest.mark.parametrize(
    ("present", "operator", "met"), [(2, "more_than", False), (2, "at_least", True), (3, "more_than", True)]
)
def test_half_of_four_is_at_least_half_but_not_more(present, operator, met):
    assert has_quorum(present=present, due=4, threshold=Threshold(50, operator)) is met


def test_who_is_absent_neither_speaks_nor_signs(held, village):
    owners = held.seats.get(capacity="owners")
    text = Decided("x", [Stance(owners, "agree")])
    refused("meetings.not_there", lambda: resolve(
        item=held.agenda.get(order=1), decided=text, by=village.actor("qian"), at=HELD))  # fmt: skip
    minutes = write_minutes(meeting=held, text="纪要全文", by=village.actor("qian"), at=HELD)
    refused("meetings.was_not_there", lambda: sign_minutes(minutes=minutes, by=village.actor("ye"), at=HELD))
    refused("meetings.no_seat", lambda: sign_minutes(minutes=minutes, by=village.actor("he"), at=HELD))


def test_minutes_wait_for_the_named_bodies_and_close_the_record(held, village):
    decided(held, village, "party", "committee")
    minutes = write_minutes(meeting=held, text="纪要全文", by=village.actor("qian"), at=HELD)
    assert [seat.capacity for seat in awaited(held)] == ["party", "committee", "property"]
    sign_minutes(minutes=minutes, by=village.actor("ma"), at=HELD)
    refused("meetings.signed_already", lambda: sign_minutes(minutes=minutes, by=village.actor("ma"), at=HELD))
    assert [seat.capacity for seat in awaited(held)] == ["party", "committee"]
    refused("meetings.minutes_written", lambda: resolve(
        item=held.agenda.get(order=2), decided=Decided("x", []), by=village.actor("qian"), at=HELD))  # fmt: skip
    assert verify().ok


def test_a_task_waits_in_the_inbox_and_its_result_comes_back(held, village):
    row = decided(held, village, "party", "committee", "property")
    asked = Asked(held.seats.get(capacity="property"), "建好充电棚并接电", HELD.date() + 20 * DAY)
    task = assign(resolution=row, asked=asked, by=village.actor("qian"), at=HELD)
    manager, case = village.actor("ma"), task.case
    assert Case.objects.in_hands_of(manager).get() == case
    assert Case.objects.visible_to(manager).filter(pk=case.pk).exists()
    assert case.due_on is not None and case.due_on >= asked.due_on
    advance(case, "report", by=manager, at=HELD + 5 * DAY, words=MoveWords("棚已建好，未接电"))
    send_back(task=task, reason="还没有接电", by=village.actor("qian"), at=HELD + 6 * DAY)
    assert case.hold_post == "property_manager"
    advance(case, "report", by=manager, at=HELD + 7 * DAY, words=MoveWords("已接电"))
    advance(case, "confirm", by=village.actor("qian"), at=HELD + 8 * DAY)
    assert (case.outcome, result_of(case)) == ("done", "已接电")
    assert verify().ok


def test_a_meeting_is_seen_by_its_bodies_and_by_who_reads_them(meeting, village):
    seen = {
        login: Meeting.objects.visible_to(village.actor(login)).exists()
        for login in ("qian", "sun", "ye", "ma", "jie", "limin", "wangdong", "wangjie", "wang")
    }
    assert seen == {
        "qian": True, "sun": True, "ye": True, "ma": True, "jie": True, "limin": False, "wangdong": False,
        "wangjie": False, "wang": False,
    }  # fmt: skip
