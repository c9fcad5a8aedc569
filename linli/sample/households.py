"""Households of the sample: who lives together where, and which of them have a login of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import Any

from linli.people.actors import SETUP
from linli.people.entering import enter_person, form_household
from linli.people.models import Person
from linli.people.signing import open_account, resident_actor
from linli.places.models import Home
from linli.sample import cast, people
from linli.sample.world import Dweller, World

HOUSEHOLDS = {cast.HELIN: 190, cast.LIUWAN: 30, cast.WANGSHAN: 40}
LOGINS = {cast.HELIN: 64, cast.LIUWAN: 6, cast.WANGSHAN: 12}
HEAD = "02"  # GB/T 4761
SHAPES: tuple[tuple[int, tuple[tuple[str, int, int], ...]], ...] = (
    (22, (("head", 30, 52), ("spouse", 28, 50), ("child", 3, 17))),
    (14, (("head", 34, 55), ("spouse", 32, 53), ("child", 4, 20), ("parent", 66, 88))),
    (22, (("head", 66, 86), ("spouse", 64, 84))),
    (16, (("head", 70, 93),)),
    (8, (("head", 62, 78), ("grandchild", 5, 14))),
    (18, (("head", 22, 40),)),
)
_RELATIONS = {"head": HEAD, "spouse": "10", "child": "20", "parent": "50", "grandchild": "40"}
DAUGHTER = "30"


@dataclass(frozen=True)
class _Member:
    """Somebody about to be entered into a household."""

    role: str
    face: people.Face


def move_in(world: World, at: datetime) -> None:
    """Enter the households of every community, the cast's own first."""
    number = 200
    for region, count in HOUSEHOLDS.items():
        _cast_homes(world, region, at)
        wanted = max(count // 12, 8) if world.small else count
        homes = list(
            Home.objects.filter(building__community=region).select_related("building").order_by("pk")
        )
        luck = world.luck("households", region)
        luck.shuffle(homes)
        for order, home in enumerate(homes[:wanted]):
            number = _household(world, region, order, home, number, luck, at)
        _open_logins(world, region, luck, at)


def _cast_homes(world: World, region: str, at: datetime) -> None:
    for order, dweller in enumerate(world.dwellers.get(region, ())):
        form_household(
            community=world.regions[region], number=f"{region[-4:]}-{9000 + order}", members=[(dweller.person, HEAD)],
            by=SETUP, at=at,
        )  # fmt: skip


def _household(
    world: World, region: str, order: int, home: Home, number: int, luck: Random, at: datetime
) -> int:
    weights = [weight for weight, _ in SHAPES]
    shape = luck.choices([roles for _, roles in SHAPES], weights)[0]
    surname = luck.choice(people.NAMES.surnames)
    rows: list[tuple[Person, str]] = []
    origin = luck.choice(people.NAMES.origins) if home.building.name.startswith("安和苑") else ""
    for role, least, most in shape:
        member = _Member(role, _face(luck, role, surname, least, most, rows, at.date()))
        number += 1
        dweller = _person(world, region, member, home, number, origin, at)
        world.dwellers.setdefault(region, []).append(dweller)
        is_daughter = role == "child" and member.face.sex == "2"
        rows.append((dweller.person, DAUGHTER if is_daughter else _RELATIONS[role]))
    form_household(
        community=world.regions[region], number=f"{region[-4:]}-{order + 1:04d}", members=rows, home=home,
        traits=["moved_in"] if origin else [], moved_in_on=date(2019, 9, 1 + order % 28) if origin else None,
        by=SETUP, at=at,
    )  # fmt: skip
    return number


def _face(
    luck: Random, role: str, surname: str, least: int, most: int, rows: list[tuple[Person, str]], on: date
) -> people.Face:
    sex = luck.choice("12")
    if role == "spouse":
        surname, sex = luck.choice(people.NAMES.surnames), "2" if rows[0][0].sex == "1" else "1"
    return people.face(luck, surname, sex, luck.randint(least, most), on)


def _person(
    world: World, region: str, member: _Member, home: Home, number: int, origin: str, at: datetime
) -> Dweller:
    face = member.face
    is_grown = at.year - face.born.year >= 14
    facts: dict[str, Any] = {
        "identity": people.identity(face.born, face.sex, number),
        "phone": people.phone(number) if is_grown else "",
        "address": f"{home.building.name}{home.unit + '单元' if home.unit else ''}{home.number}",
        "home": home,
        "origin": origin,
    }
    person = enter_person(name=face.name, community=world.regions[region], by=SETUP, at=at, **facts)
    return Dweller(person, face.born, home.building, None, facts["identity"], facts["phone"])


def _open_logins(world: World, region: str, luck: Random, at: datetime) -> None:
    """Some residents, the younger ones sooner, have a login, so that they file and rate by themselves.

    These logins have no password: the sample needs them to act, not to be signed in to.
    """
    wanted = 4 if world.small else LOGINS[region]
    dwellers = world.dwellers[region]
    on = at.date()
    order = sorted(range(len(dwellers)), key=lambda n: (dwellers[n].age(on) >= 60) + luck.random())
    grown = [n for n in order if dwellers[n].actor is None and 18 <= dwellers[n].age(on) < 85]
    for n in grown[:wanted]:
        one = dwellers[n]
        account = open_account(
            person=one.person, login=f"j{one.phone[-4:]}", password=None, phone=one.phone,
            is_sample=True, by=SETUP, at=at,
        )  # fmt: skip
        dwellers[n] = replace(one, actor=resident_actor(account))
