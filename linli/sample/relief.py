"""Temporary assistance: granted by the street, reported to the district, urgent, held, refused, withdrawn, lapsed."""

from __future__ import annotations

from datetime import datetime
from random import Random

from linli.cases.moving import MoveWords, advance
from linli.disclosure.models import Publication
from linli.disclosure.objecting import answer_objection, object_to
from linli.sample import counter, hours
from linli.sample.diary import Detour, Story
from linli.sample.world import Dweller, World
from linli.services.decision import accept, grant, refuse
from linli.services.intake import withdraw
from linli.services.models import Application
from linli.services.paying import pay
from linli.services.supplementing import ask_supplement, supply
from linli.services.visiting import Seen, visit

ITEM = "temporary_assistance"
FATES = {
    "granted": 54, "district": 9, "supplement": 12, "refused": 7, "not_accepted": 4, "withdrawn": 4, "lapsed": 4,
    "objected": 3, "late": 3,
}  # fmt: skip
REASONS = {
    "sudden_event": ("家里失火，家具和粮食烧毁", "出车祸，肇事方还没有赔付"),
    "heavy_expense": ("住院手术，自付部分太重", "两个孩子同时上大学，学费凑不齐"),
    "lost_income": ("摔伤不能打工，家里断了收入", "厂子停工三个月没有工资"),
    "other_hardship": ("老伴去世，丧葬欠债", "老人独居，房屋急修"),
}
REFUSED = "经入户核查，家庭有稳定收入，本次支出已由保险赔付，不符合临时救助条件。"
NOT_ACCEPTED = "本次困难不属于临时救助范围，建议申请最低生活保障，社区可以帮办。"
LAPSED = "告知后十个工作日内没有补齐材料，先办结；材料齐了可以重新申请。"


def story(world: World, region: str, number: int, one: Dweller, at: datetime) -> Story:
    """One application for relief."""
    luck = world.luck(ITEM, region, number)
    fate = luck.choices(list(FATES), list(FATES.values()))[0]
    if at.date() >= hours.ALIVE_FROM and luck.random() < 0.4:
        fate = "late"
    is_urgent = luck.random() < 0.07
    application = _file(
        world, region, one, luck, at, lacks=fate in ("supplement", "lapsed"), urgent=is_urgent
    )
    if fate == "withdrawn" and one.actor is not None:
        at = hours.later(at, luck, hours=(1, 20))
        yield at
        withdraw(application=application, by=one.actor, at=at, reason="亲戚已经帮忙解决")
        return
    clerk = world.holder("clerk", region)
    at = hours.office(at, luck, days=4 if fate == "late" else luck.choice((0, 0, 1)))
    yield at
    if fate in ("supplement", "lapsed") and not is_urgent:
        ask_supplement(
            application=application, missing=["event_proof"], by=clerk, at=at, opinion="请补交单据或照片。"
        )
        at = yield from _supplied(world, region, application, fate, luck, at)
        if application.case.closed_on is not None:
            return
    if fate == "not_accepted":
        refuse(application=application, reason=NOT_ACCEPTED, by=clerk, at=at)
        counter.rated(application, one, luck, at, is_content=False)
        return
    accept(application=application, by=clerk, at=at)
    if is_urgent:
        yield from _urgent(world, region, application, one, luck, at)
    else:
        yield from _ordinary(world, region, application, one, fate, luck, at)


def _file(
    world: World, region: str, one: Dweller, luck: Random, at: datetime, *, lacks: bool, urgent: bool
) -> Application:
    reason = luck.choice(list(REASONS))
    text = luck.choice(REASONS[reason])
    answers = {
        "household_size": luck.randint(1, 5), "phone": one.phone, "address": one.person.address, "reason": reason,
        "story": f"{text}，家里一时转不过来，请求帮助。", "amount": str(luck.randrange(8, 60) * 100),
        "account": "62280000" + one.phone,
    }  # fmt: skip
    brought = [counter.form("临时救助申请书", text)]
    if not lacks or urgent:
        brought.append(counter.event_proof("医疗费用收据" if reason == "heavy_expense" else "情况证明", luck))
    asked = counter.Asked(ITEM, answers, brought, urgent)
    return counter.apply(world, one, region, asked, luck, at)


def _supplied(
    world: World, region: str, application: Application, fate: str, luck: Random, at: datetime
) -> Detour:
    clerk = world.holder("clerk", region)
    if fate == "lapsed":
        at = hours.office(at, luck, days=11)
        yield at
        advance(application.case, "lapse", by=clerk, at=at, words=MoveWords(LAPSED))
        return at
    at = hours.office(at, luck, days=luck.randint(1, 6))
    yield at
    supply(application=application, papers=[counter.event_proof("补交收据", luck)], by=clerk, at=at)
    at = hours.office(at, luck)
    yield at
    return at


def _urgent(
    world: World, region: str, application: Application, one: Dweller, luck: Random, at: datetime
) -> Story:
    """Help first, papers later."""
    street = world.holder("street_assistance", region)
    at = hours.later(at, luck, hours=(1, 5))
    yield at
    cents = luck.randrange(10, 30) * 10000
    grant(application=application, cents=cents, by=street, at=at, opinion="情况紧急，先行救助。")
    at = hours.later(at, luck, hours=(1, 4))
    yield at
    pay(
        application=application,
        cents=cents,
        paid_on=at.date(),
        reference=f"急{application.case.number}",
        by=street,
        at=at,
    )
    at = hours.office(at, luck, days=luck.randint(2, 6))
    yield at
    _visited(world, region, application, luck, at)
    at = hours.office(at, luck, days=1)
    yield at
    advance(
        application.case, "complete", by=world.holder("clerk", region), at=at, words=MoveWords("手续补齐。")
    )
    counter.rated(application, one, luck, at)


def _visited(world: World, region: str, application: Application, luck: Random, at: datetime) -> None:
    worker = world.holder("grid_worker", region)
    seen = Seen(
        (worker.name, world.holder("clerk", region).name),
        "家中情况与申请一致，邻居证实。",
        True,
        luck.randint(1, 3),
    )
    visit(application=application, seen=seen, by=worker, at=at)


def _ordinary(
    world: World, region: str, application: Application, one: Dweller, fate: str, luck: Random, at: datetime
) -> Story:
    street, district = world.holder("street_assistance", region), world.holder("district_civil", region)
    at = hours.office(at, luck, days=luck.choice((1, 1, 2)))
    yield at
    _visited(world, region, application, luck, at)
    at = hours.office(at, luck, days=luck.choice((1, 1, 2)) + (6 if fate == "late" else 0))
    yield at
    if fate == "refused":
        refuse(application=application, reason=REFUSED, by=street, at=at)
        counter.rated(application, one, luck, at, is_content=False)
        return
    decider, cents = street, luck.randrange(5, 30) * 10000
    if fate == "district":
        advance(
            application.case,
            "report_up",
            by=street,
            at=at,
            words=MoveWords("数额超过街道审批额度，报区民政局。"),
        )
        at = hours.office(at, luck, days=luck.choice((1, 2, 2)))
        yield at
        decider, cents = district, luck.randrange(35, 120) * 10000
    grant(application=application, cents=cents, by=decider, at=at, opinion="情况属实，同意救助。")
    if fate == "objected":
        at = yield from _objected(world, region, application, luck, at)
    at = hours.office(at, luck, days=luck.choice((0, 1, 1)))
    yield at
    pay(
        application=application,
        cents=cents,
        paid_on=at.date(),
        reference=f"救{application.case.number}",
        by=street,
        at=at,
    )
    counter.rated(application, one, luck, at)


def _objected(world: World, region: str, application: Application, luck: Random, at: datetime) -> Detour:
    """A neighbour doubts the grant; it is answered in time, and only then paid."""
    publication = Publication.objects.get(source=f"case:{application.case.number}")
    neighbour = luck.choice(
        [one for one in world.dwellers[region] if one.actor and one.person != application.case.person]
    )
    assert neighbour.actor is not None
    at = hours.later(at, luck, hours=(20, 50))
    yield at
    objection = object_to(
        publication=publication,
        text="这户人家好像刚买了车，请核实一下。",
        channel="portal",
        by=neighbour.actor,
        at=at,
    )
    at = hours.office(at, luck, days=luck.choice((1, 2, 3)))
    yield at
    answer_objection(
        objection=objection, outcome="dismissed", text="经核对，车辆属于来访亲属，救助决定不变。",
        by=world.holder(publication.post, region), at=at,
    )  # fmt: skip
    return at
