"""Laying out the sample: places, bodies, buildings, facilities, and the cast with posts and logins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from linli.people.actors import SETUP
from linli.people.entering import appoint, enter_organisation, enter_person
from linli.people.signing import open_account, post_actor, resident_actor
from linli.places.establishing import describe, draw_grid, enter_building, enter_facility, establish
from linli.places.models import Grid
from linli.sample import cast, people
from linli.sample.world import Dweller, World

SINCE = date(2024, 12, 1)
WEEK = {str(day): [["08:30", "12:00"], ["13:30", "17:30"]] for day in range(1, 6)}
HALL = {str(day): [["08:30", "21:00"]] for day in range(1, 8)}
READING = {str(day): [["10:00", "12:00"], ["14:00", "18:00"]] for day in (2, 3, 4, 5, 6, 7)}

PROFILES: dict[str, dict[str, Any]] = {
    cast.HELIN: {
        "number_letters": "HL", "households": 1012, "residents": 3046, "service_phone": "0990-1000001",
        "station_address": "明河街道安和路1号安和苑6号楼底层", "opening_hours": WEEK,
        "introduction": "禾邻社区由易地搬迁安置点安和苑和老街两片组成，2019年成立。居民来自八个山区村寨，汉、彝、苗等民族共同居住。",
    },
    cast.LIUWAN: {
        "number_letters": "LW", "households": 286, "residents": 1103, "service_phone": "0990-1000002",
        "station_address": "柳湾村委会一楼", "opening_hours": WEEK,
        "introduction": "柳湾村在明河上游，四个村民小组，以蔬菜和柑橘为业。",
    },
    cast.WANGSHAN: {
        "number_letters": "WS", "households": 2140, "residents": 6320, "service_phone": "0990-1000003",
        "station_address": "望山街道北门路22号", "opening_hours": WEEK,
        "introduction": "望山社区是清溪区的老城社区，单位宿舍和商品房相间。",
    },
}  # fmt: skip

FACILITIES = {
    cast.HELIN: (
        ("station", "社区服务站", "station", 32000, None, False, WEEK),
        ("hall", "议事厅", "room", 9600, 60, True, HALL),
        ("activity", "文体活动室", "room", 14000, 40, True, HALL),
        ("library", "农家书屋", "library", 8600, 30, False, READING),
        ("children", "儿童之家", "children_home", 11000, 35, True, READING),
    ),
    cast.LIUWAN: (
        ("station", "便民服务点", "station", 12000, None, False, WEEK),
        ("hall", "村民议事亭", "room", 6000, 50, True, HALL),
    ),
    cast.WANGSHAN: (
        ("station", "社区服务站", "station", 41000, None, False, WEEK),
        ("hall", "居民会客厅", "room", 8000, 40, True, HALL),
        ("library", "社区图书室", "library", 7000, 24, False, READING),
    ),
}


def settle(world: World, at: datetime) -> None:
    """Everything that stands before the first day."""
    who: dict[str, Any] = {"by": SETUP, "at": at}
    for code, (name, kind) in cast.REGIONS.items():
        world.regions[code] = establish(
            code=code, name=name, kind=kind, stands="reserved", is_sample=True, **who
        )
    for code, facts in PROFILES.items():
        describe(region=world.regions[code], facts=facts, **who)
        _buildings(world, code, who)
        _facilities(world, code, who)
    for key, body in cast.BODIES.items():
        world.bodies[key] = enter_organisation(
            key=key, name=body.name, kind=body.kind, region=world.regions[body.region], staffing=body.staffing,
            duties=list(body.duties), **who,
        )  # fmt: skip
    for number, part in enumerate(cast.CAST, start=1):
        _enter(world, part, number, who)


def _buildings(world: World, code: str, who: dict[str, Any]) -> None:
    region = world.regions[code]
    names = {
        cast.HELIN: [f"安和苑{number}号楼" for number in range(1, 13)]
        + [f"老街{number}院" for number in range(1, 5)],
        cast.LIUWAN: [f"第{word}村民小组" for word in "一二三四"],
        cast.WANGSHAN: [f"北门路{number}号院" for number in (3, 7, 12, 18, 22)],
    }[code]
    grids = [
        draw_grid(community=region, code=f"G{n}", name=f"第{n}网格", **who)
        for n in range(1, len(names) // 5 + 2)
    ]
    world.buildings[code] = [
        enter_building(
            community=region, name=name, doors=_doors(name), grid=_grid(grids, order, len(names)), order=order,
            units=2, floors=6, **who,
        )
        for order, name in enumerate(names)
    ]  # fmt: skip


def _grid(grids: list[Grid], order: int, count: int) -> Grid:
    return grids[order * len(grids) // count]


def _doors(name: str) -> list[tuple[str, str, int | None]]:
    """Homes of a building: two staircases of six floors in the estate, single doors elsewhere. Areas per storey plan."""
    if name.startswith("安和苑"):
        return [
            (str(unit), f"{floor}0{door}", 8000 if door == 1 else 10000)
            for unit in (1, 2)
            for floor in range(1, 7)
            for door in (1, 2)
        ]
    return [("", str(number), 9000 + 500 * (number % 5)) for number in range(1, 21)]


def _facilities(world: World, code: str, who: dict[str, Any]) -> None:
    world.facilities[code] = {
        key: enter_facility(
            community=world.regions[code], code=key, name=name, kind=kind, area_centiares=area * 10, capacity=capacity,
            is_bookable=bookable, opening_hours=hours, **who,
        )
        for key, name, kind, area, capacity, bookable, hours in FACILITIES[code]
    }  # fmt: skip


def _enter(world: World, part: cast.Part, number: int, who: dict[str, Any]) -> None:
    """A member of the cast, with login, posts and the self that acts as a resident."""
    home = world.regions.get(part.place) if part.place in PROFILES else None
    born, phone = date.fromisoformat(part.born), people.phone(number)
    identity = people.identity(born, part.sex, number)
    building = world.buildings[part.place][2 + number % 2] if home else None
    person = enter_person(
        name=part.name, community=home, identity=identity, phone=phone,
        address=f"{building.name}1单元302" if building else "", **who,
    )  # fmt: skip
    # Hashing is slow on purpose, so only those who are worth signing in as get a password.
    account = open_account(
        person=person,
        login=part.login,
        password=cast.PASSWORD if part.signs_in else None,
        phone=phone,
        is_sample=True,
        **who,
    )
    world.people[part.login], world.selves[part.login] = person, resident_actor(account)
    for post, body, title in part.posts:
        place = world.regions[part.place]
        held = appoint(
            person=person, organisation=world.bodies[body], post=post, place=place, title=title,
            valid_from=SINCE, basis="示范数据", **who,
        )  # fmt: skip
        world.posts.setdefault((post, part.place), post_actor(account, held))
    if home and not part.posts:
        dweller = Dweller(person, born, building, world.selves[part.login], identity, phone)
        world.dwellers.setdefault(part.place, []).append(dweller)
