"""Old-age allowances: applied for from eighty on, confirmed by the district, paid month by month."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from linli.cases.moving import MoveWords, advance
from linli.people.actors import Actor
from linli.sample import counter, hours, papers
from linli.sample.diary import Story
from linli.sample.world import Dweller, World
from linli.services.decision import accept, amount_due, grant, refuse
from linli.services.intake import Paper
from linli.services.models import Application
from linli.services.paying import pay
from linli.services.supplementing import ask_supplement, supply

ITEM = "old_age_allowance"
REFUSED = "经核对户籍不在本地，请到户口所在地社区申请。"


def story(world: World, region: str, number: int, one: Dweller, at: datetime) -> Story:
    """One application, and the payments that follow."""
    luck = world.luck(ITEM, region, number)
    lacks = luck.random() < 0.14
    application = _file(world, region, one, luck, at, lacks=lacks)
    clerk = world.holder("clerk", region)
    street, district = world.holder("street_assistance", region), world.holder("district_civil", region)
    at = hours.office(at, luck, days=luck.choice((0, 1, 1, 2)))
    yield at
    if lacks:
        ask_supplement(application=application, missing=["bank_card"], by=clerk, at=at)
        at = hours.office(at, luck, days=luck.randint(1, 7))
        yield at
        supply(application=application, papers=[_card(luck)], by=clerk, at=at)
    accept(application=application, by=clerk, at=at)
    at = hours.office(at, luck, days=luck.randint(1, 5))
    yield at
    if luck.random() < 0.05:
        refuse(application=application, reason=REFUSED, by=street, at=at)
        return
    advance(application.case, "report_up", by=street, at=at)
    at = hours.office(at, luck, days=luck.randint(1, 5))
    yield at
    if luck.random() < 0.06:
        advance(application.case, "send_back", by=district, at=at, words=MoveWords("请核对社保卡开户行。"))
        at = hours.office(at, luck, days=1)
        yield at
        advance(application.case, "report_up", by=street, at=at)
        at = hours.office(at, luck, days=1)
        yield at
    cents = amount_due(application, at.date())
    assert cents is not None
    grant(application=application, cents=cents, by=district, at=at)
    yield from _paid(application, one, cents, district, luck, at)


def _file(world: World, region: str, one: Dweller, luck: Random, at: datetime, *, lacks: bool) -> Application:
    answers = {
        "identity": one.identity, "phone": one.phone, "address": one.person.address, "account": "62170000" + one.phone,
    }  # fmt: skip
    asked = counter.Asked(ITEM, answers, () if lacks else (_card(luck),))
    return counter.apply(world, one, region, asked, luck, at)


def _card(luck: Random) -> Paper:
    content = papers.bill("社会保障卡复印件", (f"卡号尾号 {luck.randrange(10000):04d}", "仅用于办理高龄津贴"))
    return Paper("bank_card", "社保卡.png", content)


def _paid(
    application: Application, one: Dweller, cents: int, district: Actor, luck: Random, at: datetime
) -> Story:
    """On a working day about the tenth of every month."""
    is_first = True
    while True:
        month = (
            at + timedelta(days=3)
            if is_first
            else (at.replace(day=1) + timedelta(days=40)).replace(day=10, hour=9)
        )
        at = hours.office(month, luck)
        yield at
        pay(
            application=application, cents=cents, paid_on=at.date(), reference=f"津{at:%Y%m}-{application.case.number}",
            by=district, at=at,
        )  # fmt: skip
        if is_first:
            counter.rated(application, one, luck, at)
        is_first = False
