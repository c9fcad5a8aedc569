"""The quick matters of the counter: proofs, rooms, library cards, mediation requests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from linli.cases.handling import rate
from linli.cases.moving import advance
from linli.sample import counter, hours
from linli.sample.diary import Story
from linli.sample.world import Dweller, World
from linli.services.booking import Wish, book, cancel_booking, check_in
from linli.services.cards import issue_card
from linli.services.decision import accept, refuse
from linli.services.handing import hand_over
from linli.services.proofs import issue_proof, refuse_proof

PROOF = "community_proof"
BLOCKED = (
    "kinship",
    "marital_status",
    "no_criminal_record",
    "alive",
    "property_income",
    "lost_document",
    "identity",
)
USED_FOR = ("子女入学报名", "公交老年卡办理", "用人单位", "银行开户", "住房公积金中心")
PURPOSES = (
    "老年合唱排练",
    "家长课堂",
    "孩子生日会",
    "居民议事",
    "彝族刺绣学习",
    "防诈骗讲座",
    "舞蹈队活动",
    "业主小组会",
)
DISPUTES = {
    "neighbours": ("楼上住户", "楼上漏水把我家吊顶泡坏了，一直谈不拢赔多少。"),
    "family": ("家里兄弟", "老人赡养费怎么分摊，兄弟几个说法不一样。"),
    "property": ("物业公司", "车位费涨价没有商量，要求说明。"),
    "housing": ("合租人", "合租押金不退，房子里东西损坏责任说不清。"),
    "labour": ("装修包工头", "干了一个月活，只给了一半工钱。"),
}
_SLOTS = (9, 11, 14, 16, 19)


def proof(world: World, region: str, number: int, one: Dweller, at: datetime) -> Story:
    """A proof on the list; some cannot be signed."""
    luck = world.luck(PROOF, region, number)
    kind = luck.choice(("residence_fact", "residence_fact", "moved_in", "community_service"))
    answers = {
        "proof_kind": kind,
        "fact": "2025年义务劳动三次" if kind == "community_service" else "",
        "used_for": luck.choice(USED_FOR),
    }
    application = counter.apply(world, one, region, counter.Asked(PROOF, answers), luck, at)
    at = hours.office(at, luck, days=3 if luck.random() < 0.03 else 0)
    yield at
    clerk = world.holder("clerk", region)
    if luck.random() < 0.06:
        refuse(
            application=application, reason="登记地址与申请不一致，上门两次没有见到人居住。", by=clerk, at=at
        )
        counter.rated(application, one, luck, at, is_content=False)
        return
    accept(application=application, by=clerk, at=at)
    at = hours.office(at, luck, days=luck.choice((0, 0, 1)))
    yield at
    issue_proof(
        application=application,
        checked="社区登记相符，网格员上门核对过。",
        by=world.holder("committee_director", region),
        at=at,
    )
    counter.rated(application, one, luck, at)


def blocked_proof(world: World, region: str, number: int, at: datetime) -> Story:
    """Somebody asks for a proof of the block list and is told the right door."""
    luck = world.luck("blocked", region, number)
    at = hours.office(at, luck)
    yield at
    refuse_proof(
        item=PROOF,
        kind=luck.choice(BLOCKED),
        region=world.regions[region],
        by=world.holder("clerk", region),
        at=at,
    )


def slots(world: World, region: str, first: date, last: date) -> list[tuple[str, datetime]]:
    """Every time at which a room can be had: facility code and beginning."""
    days = [first + timedelta(days=step) for step in range((last - first).days)]
    found = []
    for code, facility in world.facilities[region].items():
        if facility.is_bookable and code != "children":
            found += [(code, hours.moment(day, hour)) for day in days for hour in _SLOTS]
    return found


def booking(
    world: World, region: str, number: int, one: Dweller, slot: tuple[str, datetime], at: datetime
) -> Story:
    """A room for an hour and a half, confirmed, used or not."""
    luck = world.luck("booking", region, number)
    by, channel = counter.channel_of(world, one, region, luck)
    facility, clerk = world.facilities[region][slot[0]], world.holder("clerk", region)
    wish = Wish(slot[1], slot[1] + timedelta(minutes=90), luck.choice(PURPOSES), luck.randint(5, 30))
    row = book(
        facility=facility, wish=wish, applicant=one.person, channel=channel, by=by, at=at,
        entry=counter.entry(world, region, channel),
    )  # fmt: skip
    wait = (
        9
        if luck.random() < 0.04 or (at.date() >= hours.ALIVE_FROM and luck.random() < 0.4)
        else luck.choice((0, 0, 1))
    )
    at = min(hours.office(at, luck, days=wait), slot[1] - timedelta(minutes=30))
    yield at
    advance(row.case, "confirm", by=clerk, at=at)
    if luck.random() < 0.09:
        at = max(at + timedelta(minutes=5), slot[1] - timedelta(hours=luck.randint(2, 20)))
        yield at
        cancel_booking(booking=row, by=one.actor or clerk, at=at, reason="人凑不齐，改期")
        return
    at = slot[1] + timedelta(minutes=luck.randint(0, 15))
    yield at
    if luck.random() < 0.07:
        at += timedelta(hours=1)
        yield at
        advance(row.case, "no_show", by=clerk, at=at)
        return
    check_in(booking=row, by=clerk, at=at)
    if one.actor is not None and luck.random() < 0.3:
        at += timedelta(hours=2)
        yield at
        rate(case=row.case, stars=luck.choice((4, 5, 5, 5)), by=one.actor, at=at)


def card(world: World, region: str, number: int, one: Dweller, at: datetime) -> Story:
    """A library card the same day."""
    luck = world.luck("card", region, number)
    answers = {"phone": one.phone} if one.phone else {}
    application = counter.apply(world, one, region, counter.Asked("library_card", answers), luck, at)
    at = hours.office(at, luck, days=luck.choice((0, 0, 0, 1)))
    yield at
    issue_card(
        application=application,
        by=world.holder("librarian", region),
        at=at,
        guardian_agreed=one.age(at.date()) < 14,
    )
    counter.rated(application, one, luck, at)


def mediation(world: World, region: str, number: int, one: Dweller, at: datetime) -> Story:
    """A dispute is put down and handed to the mediation committee; some belong elsewhere."""
    luck = world.luck("mediation", region, number)
    kind = luck.choices(list(DISPUTES), (10, 5, 4, 4, 2))[0]
    other, told = DISPUTES[kind]
    answers = {"other_side": other, "dispute_kind": kind, "story": told, "phone": one.phone}
    application = counter.apply(world, one, region, counter.Asked("mediation_application", answers), luck, at)
    mediator = world.holder("mediator", region)
    at = hours.office(at, luck, days=5 if luck.random() < 0.04 else luck.choice((0, 1, 1, 2)))
    yield at
    if luck.random() < 0.1:
        refuse(
            application=application,
            reason="这件事公安已经立案，请先问办案民警能不能委托调解。",
            by=mediator,
            at=at,
        )
        return
    accept(application=application, by=mediator, at=at)
    at = hours.office(at, luck, days=1)
    yield at
    committee = application.case.region.name
    hand_over(
        application=application,
        to=f"organisation:{region}",
        by=mediator,
        at=at,
        opinion=f"交{committee}人民调解委员会。",
    )
    counter.rated(application, one, luck, at)
