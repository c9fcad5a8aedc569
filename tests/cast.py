"""The village: the people and organisations every test knows. It knows only places and people.

Helin (禾邻社区) has two grids, the resettlement estate Anhe (安和苑) and old people in building 3; Liuwan (柳湾村) is
the village next to it; Wangshan (望山社区) lies under another street and must never see Helin's matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from linli.people.actors import SETUP, Actor
from linli.people.entering import appoint, enter_organisation, enter_person, form_household
from linli.people.models import Account, Organisation, Person
from linli.people.signing import open_account, post_actor, resident_actor
from linli.places.establishing import describe, draw_grid, enter_building, enter_facility, establish
from linli.places.models import Region

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=ZONE)
SINCE = date(2025, 1, 1)
PASSWORD = "village-2026"

REGIONS = {
    "990000000000": "示例省", "990100000000": "云川市", "990101000000": "清溪区", "990101001000": "明河街道",
    "990101001001": "禾邻社区", "990101001201": "柳湾村", "990101002000": "望山街道", "990101002001": "望山社区",
}  # fmt: skip
HELIN, LIUWAN, WANGSHAN = "990101001001", "990101001201", "990101002001"
MINGHE, QINGXI, YUNCHUAN, PROVINCE = "990101001000", "990101000000", "990100000000", "990000000000"

BODIES = {
    # key: (name, kind, region)
    "helin-party": ("禾邻社区党总支", "party_org", HELIN),
    "helin-committee": ("禾邻社区居民委员会", "residents_committee", HELIN),
    "helin-station": ("禾邻社区服务站", "service_station", HELIN),
    "helin-supervision": ("禾邻社区居务监督委员会", "supervision_committee", HELIN),
    "helin-property": ("安和物业服务中心", "property_company", HELIN),
    "helin-owners": ("安和苑业主委员会", "owners_committee", HELIN),
    "liuwan-committee": ("柳湾村村民委员会", "villagers_committee", LIUWAN),
    "wangshan-station": ("望山社区服务站", "service_station", WANGSHAN),
    "wangshan-committee": ("望山社区居民委员会", "residents_committee", WANGSHAN),
    "minghe-office": ("明河街道办事处", "street_office", MINGHE),
    "wangshan-office": ("望山街道办事处", "street_office", "990101002000"),
    "qingxi-civil": ("清溪区民政局", "civil_affairs", QINGXI),
    "qingxi-finance": ("清溪区财政局", "finance", QINGXI),
    "qingxi-audit": ("清溪区审计局", "audit", QINGXI),
    "yunchuan-civil": ("云川市民政局", "civil_affairs", YUNCHUAN),
    "province-civil": ("示例省民政厅", "civil_affairs", PROVINCE),
    "evaluator": ("清正绩效评价事务所", "evaluator", QINGXI),
    "operator": ("平台运维组", "operator", PROVINCE),
}

# login: (name, born, post, body, place); an empty post is a resident only
PEOPLE = {
    "wang": ("王桂兰", 1951, "", "", HELIN),
    "zhao": ("赵德顺", 1938, "", "", HELIN),
    "chen": ("陈小雨", 1994, "", "", HELIN),
    "mu": ("木阿青", 1987, "", "", HELIN),
    "liu": ("刘湾生", 1979, "", "", LIUWAN),
    "gao": ("高望山", 1985, "", "", WANGSHAN),
    "limin": ("李敏", 1990, "clerk", "helin-station", HELIN),
    "sun": ("孙立春", 1975, "committee_director", "helin-committee", HELIN),
    "he": ("何巧云", 1982, "committee_member", "helin-committee", HELIN),
    "qian": ("钱守正", 1968, "party_secretary", "helin-party", HELIN),
    "wu": ("吴监生", 1966, "supervision_member", "helin-supervision", HELIN),
    "tao": ("陶会清", 1984, "accountant", "helin-committee", HELIN),
    "yang": ("杨格", 1992, "grid_worker", "helin-station", HELIN),
    "feng": ("冯和", 1963, "mediator", "helin-committee", HELIN),
    "tong": ("佟心", 1988, "childrens_director", "helin-committee", HELIN),
    "shu": ("舒文", 1991, "librarian", "helin-station", HELIN),
    "xin": ("辛信", 1995, "info_officer", "helin-station", HELIN),
    "ma": ("马维修", 1980, "property_manager", "helin-property", HELIN),
    "ye": ("叶业", 1972, "owners_director", "helin-owners", HELIN),
    "jie": ("解道清", 1983, "street_officer", "minghe-office", MINGHE),
    "zha": ("查慈", 1986, "street_assistance", "minghe-office", MINGHE),
    "qu": ("区正民", 1978, "district_civil", "qingxi-civil", QINGXI),
    "cai": ("蔡财", 1981, "finance_officer", "qingxi-finance", QINGXI),
    "shen": ("沈审", 1977, "auditor", "qingxi-audit", QINGXI),
    "shi": ("施民安", 1974, "city_civil", "yunchuan-civil", YUNCHUAN),
    "sheng": ("盛省三", 1970, "province_civil", "province-civil", PROVINCE),
    "ping": ("平议", 1989, "evaluator", "evaluator", QINGXI),
    "yunwei": ("袁维", 1993, "operator", "operator", PROVINCE),
    "wangli": ("王力", 1990, "clerk", "wangshan-station", WANGSHAN),
    "wangdong": ("汪东", 1976, "committee_director", "wangshan-committee", WANGSHAN),
    "wangjie": ("汪街", 1984, "street_officer", "wangshan-office", "990101002000"),
}


@dataclass(frozen=True)
class Village:
    """Everyone by login: ``village.actor("limin")`` is the clerk, ``village.person("wang")`` a resident."""

    regions: dict[str, Region]
    bodies: dict[str, Organisation]
    persons: dict[str, Person]
    accounts: dict[str, Account]
    actors: dict[str, Actor]

    @property
    def helin(self) -> Region:
        return self.regions[HELIN]

    def actor(self, login: str) -> Actor:
        """The person in the post they hold, or as a resident."""
        return self.actors[login]

    def resident(self, login: str) -> Actor:
        """The same person as a resident."""
        return resident_actor(self.accounts[login])

    def person(self, login: str) -> Person:
        return self.persons[login]


def settle(at: datetime = BEGIN) -> Village:
    """Build the village by acts."""
    who: dict[str, Any] = {"by": SETUP, "at": at}
    regions = {
        code: establish(code=code, name=name, stands="reserved", is_sample=True, **who)
        for code, name in REGIONS.items()
    }
    for code, letters in ((HELIN, "HL"), (LIUWAN, "LW"), (WANGSHAN, "WS")):
        facts = {
            "number_letters": letters,
            "service_phone": "0990-0000001",
            "households": 1000,
            "residents": 3000,
        }
        describe(region=regions[code], facts=facts, **who)
    grids = [draw_grid(community=regions[HELIN], code=f"G{n}", name=f"第{n}网格", **who) for n in (1, 2)]
    for number in (1, 2, 3):
        doors = [("1", f"{floor}0{door}", 8800) for floor in range(1, 4) for door in (1, 2)]
        enter_building(
            community=regions[HELIN], name=f"安和苑{number}号楼", doors=doors, grid=grids[number % 2], **who
        )
    enter_facility(
        community=regions[HELIN],
        code="hall",
        name="议事厅",
        kind="room",
        is_bookable=True,
        capacity=40,
        **who,
    )
    enter_facility(community=regions[HELIN], code="library", name="农家书屋", kind="library", **who)
    bodies = {
        key: enter_organisation(key=key, name=name, kind=kind, region=regions[code], **who)
        for key, (name, kind, code) in BODIES.items()
    }
    persons, accounts, actors = {}, {}, {}
    for order, (login, (name, born, post, body, place)) in enumerate(PEOPLE.items(), start=1):
        home = regions[place] if regions[place].level == "community" else regions[HELIN]
        phone = f"1390000{order:04d}"
        person = enter_person(
            name=name, community=home, phone=phone, birth_year=born, address="安和苑3号楼1单元", **who
        )
        account = open_account(
            person=person, login=login, password=PASSWORD, phone=phone, is_sample=True, **who
        )
        actor = resident_actor(account)
        if post:
            held = appoint(
                person=person,
                organisation=bodies[body],
                post=post,
                place=regions[place],
                valid_from=SINCE,
                **who,
            )
            actor = post_actor(account, held)
        persons[login], accounts[login], actors[login] = person, account, actor
    form_household(community=regions[HELIN], number="HL-0001", members=[(persons["wang"], "02")], **who)
    return Village(regions, bodies, persons, accounts, actors)
