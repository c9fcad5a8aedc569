"""What befalls the people with a known login, so that whoever signs in as them finds something to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from linli.cases.handling import rate
from linli.cases.moving import advance
from linli.grievances.answering import reply
from linli.grievances.intake import Filed, Told, dispatch, file_grievance
from linli.notices.leaving import mark_all_read
from linli.people.actors import Actor
from linli.records.keeping import keep
from linli.sample import cast, counter, hours, papers
from linli.sample.diary import Story
from linli.sample.world import Dweller, World
from linli.services.booking import Wish, book
from linli.services.decision import accept
from linli.services.intake import file_application
from linli.services.proofs import issue_proof
from linli.services.supplementing import ask_supplement


def begin(world: World) -> None:
    """Put their stories into the diary."""
    first = hours.moment(date(2025, 3, 3), 7)
    for story in (
        _wang(world),
        _leak(world),
        _chen(world),
        *(_reads(self) for self in world.selves.values()),
    ):
        world.diary.begin(first, story)


def known(world: World, login: str) -> Dweller:
    """The dweller of a login."""
    return next(one for one in world.dwellers[cast.HELIN] if one.person == world.people[login])


def _reads(self: Actor) -> Story:
    """Somebody reads the messages now and then, last a few days ago."""
    for month in range(3, 15):
        year, month_of = divmod(month - 1, 12)
        at = hours.moment(date(2025 + year, month_of + 1, 22), 20)
        yield at
        mark_all_read(by=self, at=at)


def _wang(world: World) -> Story:
    """Wang Guilan asked for relief last week; the clerk waits for her bill."""
    clerk, one = world.holder("clerk", cast.HELIN), known(world, "wang")
    at = hours.moment(date(2026, 2, 25), 20, 10)
    yield at
    answers = {
        "household_size": 1, "phone": one.phone, "address": one.person.address, "reason": "heavy_expense",
        "story": "住院做了白内障手术，自付部分三千多，养老金不够。", "amount": "2400", "account": "62280000" + one.phone,
    }  # fmt: skip
    asked = counter.Asked(
        "temporary_assistance", answers, [counter.form("临时救助申请书", "白内障手术自付部分较重")]
    )
    assert one.actor is not None
    application = file_application(
        item=asked.item,
        applicant=one.person,
        answers=asked.answers,
        papers=asked.papers,
        channel="portal",
        by=one.actor,
        at=at,
    )
    at = hours.moment(date(2026, 2, 26), 9, 25)
    yield at
    ask_supplement(
        application=application, missing=["event_proof"], by=clerk, at=at, opinion="请补医院收费收据照片。"
    )


def _leak(world: World) -> Story:
    """Her roof leaks; the property company has answered, and she is to say whether it holds."""
    one, clerk = known(world, "wang"), world.holder("clerk", cast.HELIN)
    at = hours.moment(date(2026, 2, 24), 19, 5)
    yield at
    assert one.actor is not None
    photo = keep(
        content=papers.snap("房屋", 1), name="漏水.png", kind="photo", region=cast.HELIN, data_class="P2",
        retain_until=date(2029, 2, 24), by=one.actor, at=at,
    )  # fmt: skip
    told = Told(
        "G01", "help", "1单元302：厨房天花板漏水，墙皮掉了一块。", building=one.building, spot="1单元302"
    )
    filed = Filed(world.regions[cast.HELIN], one.person, "portal", (photo,))
    grievance = file_grievance(told=told, filed=filed, by=one.actor, at=at)
    at = hours.moment(date(2026, 2, 25), 9, 10)
    yield at
    dispatch(grievance=grievance, by=clerk, at=at)
    at = hours.moment(date(2026, 2, 27), 15, 40)
    yield at
    answer = "楼上水管接头松动，已更换并补了防水，请看几天。"
    reply(grievance=grievance, text=answer, by=world.holder("property_manager", cast.HELIN), at=at)


def _chen(world: World) -> Story:
    """Chen Xiaoyu got a proof, rated it, and has a room for Thursday."""
    one, clerk = known(world, "chen"), world.holder("clerk", cast.HELIN)
    at: datetime = hours.moment(date(2026, 1, 20), 12, 30)
    yield at
    assert one.actor is not None
    answers = {"proof_kind": "residence_fact", "fact": "", "used_for": "用人单位"}
    application = file_application(
        item="community_proof",
        applicant=one.person,
        answers=answers,
        papers=(),
        channel="portal",
        by=one.actor,
        at=at,
    )
    at += timedelta(hours=2)
    yield at
    accept(application=application, by=clerk, at=at)
    at += timedelta(hours=2)
    yield at
    director = world.holder("committee_director", cast.HELIN)
    issue_proof(application=application, checked="社区登记相符。", by=director, at=at)
    at += timedelta(hours=4)
    yield at
    rate(case=application.case, stars=5, by=one.actor, at=at, words="半天就办好了")
    at = hours.moment(date(2026, 2, 26), 21)
    yield at
    start = hours.moment(date(2026, 3, 5), 19)
    wish = Wish(start, start + timedelta(minutes=90), "年轻妈妈读书会", 12)
    row = book(
        facility=world.facilities[cast.HELIN]["hall"],
        wish=wish,
        applicant=one.person,
        channel="portal",
        by=one.actor,
        at=at,
    )
    at = hours.moment(date(2026, 2, 27), 9, 5)
    yield at
    advance(row.case, "confirm", by=clerk, at=at)
