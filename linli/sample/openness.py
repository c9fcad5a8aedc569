"""What the communities show: every quarter and half year, after meetings; one thing late, one taken down too early."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from linli.disclosure.models import Publication
from linli.disclosure.objecting import answer_objection, object_to
from linli.disclosure.publishing import Span, correct, publish, take_down
from linli.disclosure.showing import Showing
from linli.people.actors import Actor
from linli.sample import cast, hours
from linli.sample.diary import Story
from linli.sample.world import World

QUARTERS = (
    ("2025年第一季度", date(2025, 3, 31)),
    ("2025年第二季度", date(2025, 6, 30)),
    ("2025年第三季度", date(2025, 9, 30)),
    ("2025年第四季度", date(2025, 12, 31)),
)
MEETINGS = (
    (date(2025, 4, 17), "电动车充电点放在哪里", "设在3号楼后，装十个充电口，晚十点断电"),
    (date(2025, 6, 19), "书屋开放时间", "周六延长到晚上八点，试行两个月"),
    (date(2025, 9, 18), "楼道堆物怎么管", "先清后罚改为楼栋长轮流劝导，每月一次"),
    (date(2025, 12, 11), "2026年项目做什么", "做老人助餐和儿童托管，申报试点项目"),
)


def story(world: World, region: str) -> Story:
    """A year of a community's notice board."""
    luck = world.luck("openness", region)
    by = world.holder("committee_director", region)
    steps: list[tuple[datetime, str, dict[str, object], date]] = []
    for name, end in QUARTERS:
        at = hours.office(hours.moment(end, 18), luck, days=luck.choice((3, 5, 8)))
        steps += [(at, item, facts, end) for item, facts in _quarter(name, luck)]
    for name, end in (("2025年上半年", QUARTERS[1][1]), ("2025年下半年", QUARTERS[3][1])):
        at = hours.office(hours.moment(end, 18), luck, days=6)
        facts: dict[str, object] = {
            "period": name,
            "facility": "公共场地和书屋",
            "content": "开放照常，预约和借阅见统计",
        }
        steps.append((at, "facility_use", facts, end))
    if region == cast.HELIN:
        steps += [
            (hours.office(hours.moment(on, 18), luck, days=2), "consultation_result",
             {"topic": topic, "result": result, "held_on": on}, on)
            for on, topic, result in MEETINGS
        ]  # fmt: skip
    for at, item, shown, event in sorted(steps, key=lambda step: step[0]):
        yield at
        _show(world, region, item, shown, event, by, at)


def _quarter(name: str, luck: Random) -> list[tuple[str, dict[str, object]]]:
    income, spent = luck.randrange(180, 260) * 10000, luck.randrange(120, 175) * 10000
    return [
        ("finance_report", {"period": name, "income": income, "spending": spent, "balance": income - spent}),
        ("residents_affairs", {"period": name, "content": "议事、调解、卫生评比和志愿服务情况", "opinion": "监督委员会无异议"}),
        ("government_tasks", {"period": name, "task": "高龄津贴核对、医保参保登记", "basis": "街道委托书", "result": "按期完成"}),
    ]  # fmt: skip


def _show(
    world: World, region: str, item: str, facts: dict[str, object], event: date, by: Actor, at: datetime
) -> Publication:
    period = facts.get("period") or facts.get("topic")
    title = {"finance_report": "财务收支", "residents_affairs": "居务", "government_tasks": "协助政府工作",
             "facility_use": "设施使用", "consultation_result": "协商结果"}[item]  # fmt: skip
    return publish(
        item=item, region=world.regions[region], showing=Showing(title=f"{period}{title}公开", facts=facts),
        source=f"region:{region}", by=by, at=at, span=Span(event_on=event),
    )  # fmt: skip


def trouble(world: World) -> Story:
    """At Helin: a report doubted and corrected, a list that hung too short, a doubt still open today."""
    by = world.holder("committee_director", cast.HELIN)
    at = hours.moment(date(2025, 7, 14), 10)
    yield at
    report = Publication.objects.filter(region=cast.HELIN, item__code="finance_report").order_by("-id")[0]
    text = "支出里没有写物业用房租金，请说明。"
    objection = object_to(publication=report, text=text, channel="portal", by=world.selves["chen"], at=at)
    at = hours.moment(date(2025, 7, 17), 11)
    yield at
    answer_objection(objection=objection, outcome="upheld", text="确有遗漏，已补列并重新公开。", by=by, at=at)
    facts: dict[str, object] = {
        "period": "2025年第二季度", "income": 2_310_000, "spending": 1_620_000, "balance": 690_000,
        "detail": "含物业用房租金600元",
    }  # fmt: skip
    correct(
        publication=report, showing=Showing(title="2025年第二季度财务收支公开（更正）", facts=facts), why="补列物业用房租金",
        by=by, at=at,
    )  # fmt: skip
    yield from _hung_too_short(world, by)
    at = hours.moment(date(2026, 2, 27), 20)
    yield at
    last = (
        Publication.objects.showing(at.date()).filter(region=cast.HELIN, item__code="project_result").first()
    )
    if last is not None:
        object_to(
            publication=last,
            text="助餐补助九月没有凭证，为什么也算完成？",
            channel="portal",
            by=world.selves["mu"],
            at=at,
        )


def _hung_too_short(world: World, by: Actor) -> Story:
    at = hours.moment(date(2025, 10, 20), 10)
    yield at
    shown: dict[str, object] = {"items": "服务事项六项、代办八项", "changes": "新增图书借阅证当场办结"}
    early = publish(
        item="service_items", region=world.regions[cast.HELIN], showing=Showing(title="社区服务事项公开", facts=shown),
        source=f"region:{cast.HELIN}", by=by, at=at,
    )  # fmt: skip
    at = hours.moment(date(2025, 10, 27), 16)
    yield at
    take_down(publication=early, ground="mistake", reason="排版有误，未满期先行撤下", by=by, at=at)
