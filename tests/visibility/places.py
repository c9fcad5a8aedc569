"""The world of the proof: the village, a community under another street, one in another province; marked people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from linli.ground import codes
from linli.people.actors import SETUP, Actor
from linli.people.entering import enter_organisation, enter_person
from linli.people.models import Account, Organisation, Person
from linli.people.roles import role
from linli.people.signing import open_account, resident_actor
from linli.places.establishing import describe, enter_building, enter_facility, establish
from linli.places.models import Region, level_of
from tests import cast
from tests.cast import HELIN, WANGSHAN, ZONE, Village

NOW = datetime(2026, 6, 24, 10, 0, tzinfo=ZONE)
FILED = NOW - timedelta(days=2)
FAR = "980101001001"
FAR_REGIONS = {
    "980000000000": "远山省", "980100000000": "远川市", "980101000000": "远溪区", "980101001000": "远河街道", FAR: "远林社区",
}  # fmt: skip
COMMUNITIES = (HELIN, WANGSHAN, FAR)
LETTERS = {HELIN: "禾", WANGSHAN: "望", FAR: "远"}
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土"


@dataclass(frozen=True)
class Marks:
    """The words planted in a person's fields and in what they write; each stands nowhere else in the world."""

    name: str
    phone: str
    identity: str
    address: str
    bank: str
    story: str

    def words(self) -> tuple[str, ...]:
        return (self.name, self.phone, self.identity, self.address, self.bank, self.story)


@dataclass(frozen=True)
class Owner:
    """A resident whom a matter is about, with an account and the marks planted in it."""

    person: Person
    account: Account
    marks: Marks

    @property
    def actor(self) -> Actor:
        return resident_actor(self.account)


@dataclass
class Corner:
    """One community of the world: its body that applies for projects, its guardian and neighbour, its matters.

    ``things`` holds by kind what addresses are made of (numbers, keys, codes); ``owners`` whose they are.
    """

    village: Village
    code: str
    guardian: Owner
    neighbour: Owner
    body: Organisation
    things: dict[str, dict[str, str]] = field(default_factory=dict)
    owners: dict[str, Owner] = field(default_factory=dict)
    count: int = 2

    @property
    def region(self) -> Region:
        return Region.objects.get(code=self.code)

    def hand(self, post: str) -> Actor:
        """Who acts in a post for this community: somebody of the village, else a hand invented for it."""
        return _hand(self.village, post, self.code)

    def owner(self, kind: str, *, with_guardian: bool = True, **facts: Any) -> Owner:
        """A fresh resident for a kind of matter, with marks of their own."""
        self.count += 1
        if with_guardian:
            facts["guardian"] = self.guardian.person
        made = self.owners[kind] = _resident(self.region, self.count, **facts)
        return made


def _hand(village: Village, post: str, code: str) -> Actor:
    for actor in village.actors.values():
        if actor.post == post and actor.holds(code):
            return actor
    level = role(post).level
    place = code
    for above in codes.ancestors(code):
        if level_of(above) == level:
            place = above
    return Actor(actor_word=f"hand:{post}@{place}", post=post, place=place)


def _identity(number: int) -> str:
    """An ID number that passes its check (GB 11643-1999), of somebody born in 1940."""
    body = f"1101011940{1 + number // 28:02d}{1 + number % 28:02d}{number:03d}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _resident(region: Region, count: int, **facts: Any) -> Owner:
    letter = LETTERS[region.code]
    order = COMMUNITIES.index(region.code) * 50 + count
    marks = Marks(
        name=f"欧阳{letter}{SIGNS[count]}", phone=f"1387{order:03d}{9000 - 37 * order:04d}", identity=_identity(order),
        address=f"标记路{order}号{count}室", bank=f"62220299{order:04d}7777{order:03d}", story=f"缘由{order}号标记{letter}",
    )  # fmt: skip
    who: dict[str, Any] = {"by": SETUP, "at": cast.BEGIN}
    person = enter_person(
        name=marks.name, community=region, identity=marks.identity, phone=marks.phone, address=marks.address, **facts, **who,
    )  # fmt: skip
    account = open_account(
        person=person, login=f"r{order}", password=cast.PASSWORD, phone=marks.phone, is_sample=True, **who
    )
    return Owner(person, account, marks)


def corners(village: Village) -> dict[str, Corner]:
    """The three communities, with a guardian and a neighbour each."""
    who: dict[str, Any] = {"by": SETUP, "at": cast.BEGIN}
    for code, name in FAR_REGIONS.items():
        establish(code=code, name=name, stands="reserved", is_sample=True, **who)
    facts = {"number_letters": "YL", "service_phone": "0980-0000001", "households": 500, "residents": 1500}
    describe(region=Region.objects.get(code=FAR), facts=facts, **who)
    found = {}
    for code in COMMUNITIES:
        region = Region.objects.get(code=code)
        if code != HELIN:
            enter_building(community=region, name="一号楼", doors=[("1", "101", 9000)], **who)
            hall: dict[str, Any] = {
                "code": "hall",
                "name": "议事厅",
                "kind": "room",
                "is_bookable": True,
                "capacity": 40,
            }
            enter_facility(community=region, **hall, **who)
        body = enter_organisation(
            key=f"proof-{code}",
            name=f"{region.name}居民委员会",
            kind="residents_committee",
            region=region,
            **who,
        )
        found[code] = Corner(
            village, code, guardian=_resident(region, 1), neighbour=_resident(region, 2), body=body
        )
    return found
