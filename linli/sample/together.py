"""What several share: a leak told by three and merged, an unnamed report, a batch of the hotline, a round of screening."""

from __future__ import annotations

import io
from csv import writer
from datetime import date, datetime

from linli.grievances.batches import take_batch
from linli.grievances.groups import raise_groups
from linli.grievances.intake import Filed, Told, answer_at_once, dispatch, file_grievance
from linli.grievances.merging import join, merge
from linli.grievances.order_files import COLUMNS
from linli.grievances.referring import refer
from linli.grievances.releasing import propose
from linli.grievances.screening import (
    Sighting,
    close_conflict,
    close_round,
    enter_conflict,
    look_again,
    open_round,
)
from linli.grievances.unnamed import UNNAMED, file_unnamed
from linli.people.actors import CLOCK
from linli.sample import cast, hours
from linli.sample.diary import Story
from linli.sample.world import Dweller, World

LEAKS = (
    "三号楼楼顶下雨就漏水，顶楼几家天花板都湿了",
    "三号楼顶楼又漏水，雨水顺着灯往下滴",
    "三号楼楼顶漏雨漏水，墙皮掉了，请修一修",
)
ORDERS = (
    (
        "YC20260226001",
        "2026-02-26 09:12",
        "2026-03-04 18:00",
        "小区后门垃圾好几天没清，异味很大",
        "求助",
        "后门",
    ),
    (
        "YC20260226014",
        "2026-02-26 15:40",
        "2026-03-02 18:00",
        "电动车充电桩坏了两个，一直没人修",
        "投诉",
        "地下车库",
    ),
    ("YC20260227003", "2026-02-27 08:05", "2026-03-06 18:00", "广场舞晚上十点还在放音乐", "投诉", "小广场"),
)


def begin(world: World) -> None:
    """Put these stories into the diary of the community."""
    start = world.diary.begin
    start(hours.moment(date(2026, 2, 24), 19), _leak(world))
    start(hours.moment(date(2026, 2, 25), 22), _unnamed(world))
    start(hours.moment(date(2026, 2, 27), 9), _orders(world))
    start(hours.moment(date(2026, 2, 16), 9), _screening(world))
    start(hours.moment(date(2026, 2, 26), 10), _referral(world))


def _neighbours(world: World, on: date, count: int) -> list[Dweller]:
    """Grown neighbours with an account, always the same ones for a day."""
    found = [one for one in world.grown(cast.HELIN, on) if one.actor is not None and one.building is not None]
    return found[7 : 7 + count] if len(found) >= 7 + count else found[:count]


def _leak(world: World) -> Story:
    """Three tell the same leak, a fourth joins; two are merged into the first, a text for everybody waits."""
    clerk, region = world.holder("clerk", cast.HELIN), world.regions[cast.HELIN]
    tellers = _neighbours(world, date(2026, 2, 24), 4)
    building, told = tellers[0].building, []
    for order, (one, text) in enumerate(zip(tellers, LEAKS, strict=False)):
        at = hours.moment(date(2026, 2, 24 + order), 19, 10 + order)
        yield at
        assert one.actor is not None
        assert building is not None
        words = Told("G01", "help", text.replace("三号楼", building.name), building=building, spot="楼顶")
        told.append(
            file_grievance(told=words, filed=Filed(region, one.person, "portal"), by=one.actor, at=at)
        )
    at = hours.moment(date(2026, 2, 27), 8, 50)
    yield at
    raise_groups(region=cast.HELIN, by=CLOCK, at=at)
    last = tellers[3]
    assert last.actor is not None
    join(grievance=told[0], person=last.person, channel="portal", by=last.actor, at=at)
    for other in told[1:]:
        merge(grievance=other, kept=told[0], reason="都是同一栋楼顶漏水，一起修。", by=clerk, at=at)
    answer_at_once(
        grievance=told[0],
        reply="物业已联系防水队，三月三日起重做这栋楼顶的防水，约五天完工。",
        by=clerk,
        at=at,
    )
    propose(grievance=told[0], text="楼顶防水三月三日起重做，约五天完工，期间请勿上楼顶。", by=clerk, at=at)


def _unnamed(world: World) -> Story:
    """Somebody who gives no name reports a blocked fire lane; it is with the body of its class."""
    at = hours.moment(date(2026, 2, 25), 22, 14)
    yield at
    words = Told("G08", "report", "五号楼前消防通道天天停满车，救护车都进不来", spot="五号楼前")
    grievance, _code = file_unnamed(told=words, region=world.regions[cast.HELIN], by=UNNAMED, at=at)
    at = hours.moment(date(2026, 2, 26), 9, 20)
    yield at
    dispatch(grievance=grievance, by=world.holder("clerk", cast.HELIN), at=at)


def _orders(world: World) -> Story:
    """A batch of the hotline, as its file comes; taken again on the next day it changes nothing."""
    out = io.StringIO()
    lines = writer(out)
    lines.writerow([column.heading for column in COLUMNS])
    codes = [column.code for column in COLUMNS]
    for number, called, due, text, nature, spot in ORDERS:
        cells = {
            "number": number,
            "called_at": called,
            "due_at": due,
            "text": text,
            "nature": nature,
            "spot": spot,
        }
        lines.writerow([cells.get(code, "") for code in codes])
    content, clerk = out.getvalue().encode("gb18030"), world.holder("clerk", cast.HELIN)
    for at in (hours.moment(date(2026, 2, 27), 9, 30), hours.moment(date(2026, 2, 28), 9, 30)):
        yield at
        take_batch(content=content, name="热线转办0227.csv", choice="all", by=clerk, at=at)


def _screening(world: World) -> Story:
    """A round before the festival's end with two conflicts; one is settled, one is watched; the next round runs."""
    member, region = world.holder("committee_member", cast.HELIN), world.regions[cast.HELIN]
    at: datetime = hours.moment(date(2026, 2, 16), 9, 30)
    yield at
    first = open_round(region=region, occasion="春节返乡", by=member, at=at)
    parking = Sighting(
        "neighbours", "两户为车位堵门吵了两次", 2, ("repeated",), "mediator", "已分头劝过，画了临时车位线"
    )
    wages = Sighting(
        "wages",
        "返乡工友说工头拖欠工资，约好一起去找",
        6,
        ("many", "above"),
        "committee_director",
        "已联系街道劳动监察",
    )
    settled, watched = (enter_conflict(round=first, seen=one, by=member, at=at) for one in (parking, wages))
    at = hours.moment(date(2026, 2, 20), 15)
    yield at
    look_again(conflict=settled, criteria=(), measures="两户签了轮流停车约定", by=member, at=at)
    look_again(
        conflict=watched, criteria=("many",), measures="工头已付一半，余款三月五日前付清", by=member, at=at
    )
    close_round(round=first, summary="两个网格都走到，登记两件，一件已谈妥。", by=member, at=at)
    at = hours.moment(date(2026, 2, 24), 9, 40)
    yield at
    close_conflict(conflict=settled, closing="按约定停车，两户握手言和", by=member, at=at)
    open_round(region=region, by=member, at=at)


def _referral(world: World) -> Story:
    """Unpaid wages are referred to legal aid, with consent."""
    one, clerk = _neighbours(world, date(2026, 2, 26), 6)[5], world.holder("clerk", cast.HELIN)
    at = hours.moment(date(2026, 2, 26), 10, 5)
    yield at
    words = Told("G11", "help", "在工地干了三个月，工资一直没给，想讨回来")
    filed = Filed(world.regions[cast.HELIN], one.person, "counter")
    grievance = file_grievance(told=words, filed=filed, by=clerk, at=at)
    refer(
        grievance=grievance, kind="legal_aid", body="", purpose="讨要拖欠的三个月工资", has_consented=True, channel="counter",
        by=clerk, at=at,
    )  # fmt: skip
