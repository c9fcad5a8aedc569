"""Several bodies at one matter: no water over four bodies with a refusal, a dispute and the street's word; a whistle
with both ratings; a task from above that goes back by the list."""

from __future__ import annotations

from datetime import date, timedelta

from linli.cases.extending import ask_extension, decide_extension
from linli.cases.linking import accept_lead, decide_dispute, link, refuse_part
from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.outside import answer_link, make_link
from linli.cases.pushing import Pushed, push_task, refuse_task
from linli.cases.whistling import Whistle, blow, rate_part
from linli.people.actors import VISITOR
from linli.rulebook.publishing import edition
from linli.sample import cast, hours
from linli.sample.diary import Story
from linli.sample.world import World

ASKED = "{title}，请查清原因、尽快恢复，并告诉楼里的住户。"


def begin(world: World) -> None:
    """Put these stories into the diary of the community."""
    start = world.diary.begin
    start(hours.moment(date(2026, 2, 2), 9), _no_water(world))
    start(hours.moment(date(2026, 2, 26), 9), _still_running(world))
    start(hours.moment(date(2026, 2, 3), 10), _whistle(world))
    start(hours.moment(date(2026, 2, 5), 10), _task(world))


def _opened(world: World, title: str, day: date) -> Case:
    clerk = world.holder("clerk", cast.HELIN)
    person = world.grown(cast.HELIN, day)[7].person
    opening = Opening(
        procedure=edition("procedures", "linked_matter", day), subject="G03", title=title,
        region=world.regions[cast.HELIN], channel="counter", person=person,
    )  # fmt: skip
    case = open_case(opening=opening, by=clerk, at=hours.moment(day, 9))
    link(case=case, question=ASKED.format(title=title), by=clerk, at=hours.moment(day, 9, 20))
    return case


def _part(case: Case, **body: str) -> Case:
    part = case.cooperations.get(**body, part__isnull=False).part
    assert part is not None
    return part


def _no_water(world: World) -> Story:
    """Lead, two assisting bodies and the water company; the property company refuses, the street decides."""
    day = date(2026, 2, 2)
    case = _opened(world, "三号楼停水两天", day)
    clerk, street, manager, member = (
        world.holder(post, cast.HELIN)
        for post in ("clerk", "street_officer", "property_manager", "committee_member")
    )
    pump, told, lead = (
        _part(case, post=post) for post in ("property_manager", "committee_member", "street_officer")
    )
    at = hours.moment(day, 15)
    yield at
    accept_lead(part=lead, by=street, at=at)
    refuse_part(part=pump, reason="not_competent", words="管道归供水公司，不归物业。", by=manager, at=at)
    at += timedelta(hours=1)
    yield at
    advance(pump, "insist", by=street, at=at, words=MoveWords("小区内的加压水泵由物业养护。"))
    decide_dispute(part=pump, stays=True, words="物业服务合同写明加压水泵由物业养护。", by=street, at=at)
    water = _part(case, name="供水公司")
    water.refresh_from_db()
    sent, _word = make_link(
        part=water,
        question="三号楼停水的原因和恢复时间？",
        by=clerk if water.hold_post == "clerk" else street,
        at=at,
    )
    at = hours.moment(date(2026, 2, 3), 10)
    yield at
    answer_link(link=sent, text="市政管网压力正常，停水因小区加压水泵故障。", by=VISITOR, at=at)
    advance(told, "answer", by=member, at=at, words=MoveWords("已上门告知三号楼住户，给老人送了水。"))
    advance(pump, "answer", by=manager, at=at, words=MoveWords("加压水泵已修好，今天上午恢复供水。"))
    at += timedelta(hours=2)
    yield at
    case.refresh_from_db()
    words = MoveWords("停水是小区加压水泵故障，物业已经修好，今天上午恢复供水；供水公司核实外面的管网正常。")
    advance(case, "answer", by=street, at=at, words=words)


def _still_running(world: World) -> Story:
    """One more, still in the clerk's hands, with more days granted; the bodies have not answered yet."""
    day = date(2026, 2, 26)
    case = _opened(world, "二号楼水压太低", day)
    clerk, district = world.holder("clerk", cast.HELIN), world.holder("district_civil", cast.HELIN)
    at = hours.moment(date(2026, 2, 27), 9)
    yield at
    ask_extension(case=case, days=5, reason="要等供水公司测压。", by=clerk, at=at)
    at += timedelta(hours=3)
    yield at
    decide_extension(case=case, grant=True, by=district, at=at)


def _whistle(world: World) -> Story:
    """The fire lane is blocked: called, there within the hours, cleared, both sides rate."""
    street, manager = (world.holder(post, cast.HELIN) for post in ("street_officer", "property_manager"))
    at = hours.moment(date(2026, 2, 3), 10)
    whistle = Whistle(
        "安和苑消防通道被占", "今天清理消防通道，拖离堵在通道上的车。", world.regions[cast.HELIN]
    )
    case = blow(whistle=whistle, posts=["property_manager"], by=street, at=at)
    part = case.parts.get()
    for hour, move, words in ((2, "report_in", ""), (5, "finish", "已联系车主挪车，重新划线。")):
        at = hours.moment(date(2026, 2, 3), 10 + hour)
        yield at
        advance(part, move, by=manager, at=at, words=MoveWords(words))
    at = hours.moment(date(2026, 2, 4), 9)
    yield at
    rate_part(part=part, figure=4, words="到得快，划线不够清楚。", by=street, at=at)
    rate_part(part=part, figure=1, by=manager, at=at)
    advance(case, "close", by=street, at=at, words=MoveWords("通道已畅通。"))


def _task(world: World) -> Story:
    """A task that is not the community's: refused by the list."""
    street, director = (world.holder(post, cast.HELIN) for post in ("street_officer", "committee_director"))
    at = hours.moment(date(2026, 2, 5), 10)
    task = Pushed(
        title="每周报送招商线索", words="每周五报送本社区招商线索不少于两条。", region=world.regions[cast.HELIN],
        basis="街道工作例会要求", cost_cents=0, paid_by="没有安排经费", wanted_by=date(2026, 3, 31),
    )  # fmt: skip
    case = push_task(task=task, by=street, at=at)
    at += timedelta(hours=4)
    yield at
    words = "清单写明招商引资不得由社区承担，请街道收回。"
    refuse_task(case=case, reason="investment", words=words, by=director, at=at)
