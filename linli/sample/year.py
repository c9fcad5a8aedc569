"""The year's plan: how much of everything comes up where and when; the stories do the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from linli.cases.handling import escalate_overdue
from linli.notices.sending import send_pending
from linli.people.actors import CLOCK
from linli.projects.gates import open_quarters
from linli.sample import (
    about,
    allowance,
    cast,
    coming,
    course,
    grievances,
    hours,
    judging,
    lives,
    openness,
    relief,
    tongyuan,
    visits,
)
from linli.sample.day import DAY
from linli.sample.diary import Story
from linli.sample.pilot import Pilot, steps_told
from linli.sample.world import Dweller, World

FIRST = date(2025, 3, 3)
LAST = DAY - timedelta(days=1)


@dataclass(frozen=True)
class Volume:
    """How many of each in the year."""

    grievances: int
    proofs: int
    bookings: int
    cards: int
    relief: int
    allowances: int
    mediation: int
    blocked: int


FULL = {
    cast.HELIN: Volume(980, 260, 360, 170, 92, 70, 56, 46),
    cast.LIUWAN: Volume(90, 40, 30, 0, 14, 12, 8, 6),
    cast.WANGSHAN: Volume(150, 60, 60, 30, 14, 10, 8, 8),
}
SMALL = {
    cast.HELIN: Volume(46, 16, 18, 12, 10, 6, 5, 3),
    cast.LIUWAN: Volume(4, 3, 2, 0, 1, 1, 1, 1),
    cast.WANGSHAN: Volume(8, 4, 3, 2, 1, 1, 1, 1),
}


def plan(world: World) -> None:
    """Put every story of the year into the diary."""
    for region, volume in (SMALL if world.small else FULL).items():
        luck = world.luck("plan", region)
        _grievances(world, region, volume.grievances, luck)
        _counter(world, region, volume, luck)
        _bookings(world, region, volume.bookings, luck)
        _assistance(world, region, volume, luck)
        world.diary.begin(hours.moment(FIRST, 6), openness.story(world, region))
    world.diary.begin(hours.moment(FIRST, 6, 30), _clock(FIRST))
    world.diary.begin(hours.moment(FIRST, 6), openness.trouble(world))
    lives.begin(world)
    _projects(world)


def _projects(world: World) -> None:
    """The project years 2025 and 2026, the evaluations between them, and the real project of 2020."""
    before = hours.moment(date(2025, 1, 3), 9)
    begin = world.diary.begin
    now, coming_one, village = (Pilot(world, subject) for subject in (about.ABOUT, about.NEXT, about.LIUWAN))
    for steps in (
        course.applying(now),
        course.paying(now),
        course.finishing(now),
        coming.steps(coming_one, village),
    ):
        begin(before, steps_told(steps))
    for day, party in zip(
        (date(2026, 1, 27), date(2026, 2, 4), date(2026, 2, 6)), judging.PARTIES, strict=True
    ):
        begin(before, judging.story(now, party, day))
    begin(before, tongyuan.story(date(2026, 2, 11)))


def _clock(first: date) -> Story:
    """Every morning the clock looks for what is late, every evening what waits is sent."""
    day = first
    while True:
        escalate_overdue(by=CLOCK, at=hours.moment(day, 6, 30))
        if day.day == 1:
            open_quarters(by=CLOCK, at=hours.moment(day, 6, 30))
        yield hours.moment(day, 18)
        send_pending(by=CLOCK, at=hours.moment(day, 18))
        day += timedelta(days=1)
        yield hours.moment(day, 6, 30)


def _grievances(world: World, region: str, count: int, luck: Random) -> None:
    """Any day; more on working days, and the last fortnight as busy as the weeks after a festival are."""
    busy = 16 if world.small else 3.6
    days = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
    weights = [
        (1.0 if hours.is_working(day) else 0.55) * (busy if day >= hours.ALIVE_FROM else 1.0) for day in days
    ]
    for number, day in enumerate(luck.choices(days, weights, k=count)):
        at = hours.leisure(day, luck)
        world.diary.begin(at, grievances.story(world, region, number, at))


def _working_days(luck: Random, count: int) -> list[date]:
    """Working days drawn for a matter of the counter; the last week is as busy as the weeks after a festival are."""
    days = hours.working_days(FIRST, LAST)
    return luck.choices(days, [2.2 if day >= hours.ALIVE_FROM else 1.0 for day in days], k=count)


def _asked(one: Dweller, day: date, luck: Random) -> datetime:
    """When somebody asks: by phone whenever there is time, else while the counter is open."""
    if one.actor is not None and luck.random() < 0.7:
        return hours.leisure(day, luck)
    return hours.office(hours.moment(day, 8), luck)


def _counter(world: World, region: str, volume: Volume, luck: Random) -> None:
    days = _working_days(luck, 4000)
    grown = world.shuffled(world.grown(region, FIRST), luck)
    for number in range(volume.proofs):
        one = luck.choice(grown)
        at = _asked(one, luck.choice(days), luck)
        world.diary.begin(at, visits.proof(world, region, number, one, at))
    for number in range(volume.blocked):
        at = hours.moment(luck.choice(days), 8)
        world.diary.begin(at, visits.blocked_proof(world, region, number, at))
    for number, one in enumerate(world.shuffled(_with_phone(world, region), luck)[: volume.mediation]):
        at = _asked(one, luck.choice(days), luck)
        world.diary.begin(at, visits.mediation(world, region, number, one, at))
    readers = world.shuffled(world.dwellers[region], luck)[: volume.cards]
    for number, one in enumerate(readers):
        at = hours.office(hours.moment(luck.choice(days), 8), luck)
        world.diary.begin(at, visits.card(world, region, number, one, at))


def _with_phone(world: World, region: str) -> list[Dweller]:
    own = {person.pk for person in world.people.values()}
    return [one for one in world.grown(region, FIRST) if one.phone and one.person.pk not in own]


def _bookings(world: World, region: str, count: int, luck: Random) -> None:
    taken = ("hall", hours.moment(date(2026, 3, 5), 19))
    free = visits.slots(world, region, FIRST + timedelta(days=3), LAST + timedelta(days=14))
    free = [slot for slot in free if slot != taken]
    grown = world.grown(region, FIRST)
    for number, slot in enumerate(luck.sample(free, min(count, len(free)))):
        asked: datetime = hours.leisure((slot[1] - timedelta(days=luck.randint(1, 12))).date(), luck)
        one = luck.choice(grown)
        if one.actor is None:
            asked = hours.office(hours.moment(asked.date() - timedelta(days=1), 12), luck)
        if asked.date() >= FIRST and asked < slot[1] - timedelta(hours=2):
            world.diary.begin(asked, visits.booking(world, region, number, one, slot, asked))


def _assistance(world: World, region: str, volume: Volume, luck: Random) -> None:
    """One household asks at most once; the old are those who are eighty or nearly so."""
    days = _working_days(luck, 600)
    people = world.shuffled(_with_phone(world, region), luck)
    old = [one for one in people if one.age(LAST) >= 80]
    for number, one in enumerate(old[: volume.allowances]):
        birthday = max(FIRST, date(one.born.year + 80, one.born.month, min(one.born.day, 28)))
        at = hours.office(
            hours.moment(luck.choice([day for day in days if day >= birthday] or days[-1:]), 8), luck
        )
        if one.age(at.date()) >= 80:
            world.diary.begin(at, allowance.story(world, region, number, one, at))
    for number, one in enumerate(people[: volume.relief]):
        at = _asked(one, luck.choice(days), luck)
        world.diary.begin(at, relief.story(world, region, number, one, at))
