"""Loading the sample: settle, plan, live through the year. All of it is in the database, or nothing is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.cases.models import Case
from linli.places.models import Region
from linli.sample import cast, hours, households, settling, year
from linli.sample.day import DAY
from linli.sample.diary import Diary
from linli.sample.world import World
from linli.trail.writing import writing

SEED = 20260302
SETTLED_ON = date(2025, 1, 2)


@dataclass(frozen=True)
class Loaded:
    """What the sample holds."""

    persons: int
    cases: int
    open: int


def is_loaded() -> bool:
    """Whether this database holds the sample."""
    return Region.objects.filter(code=cast.HELIN, is_sample=True).exists()


def load(*, small: bool = False, seed: int = SEED, told: Callable[[date], None] = lambda _: None) -> Loaded:
    """Write the sample. ``told`` hears of every month. One transaction holds it all, so a broken start leaves nothing."""
    with transaction.atomic():
        world = settled(small=small, seed=seed)
        year.plan(world)
        world.diary.run(told)
    people = sum(len(dwellers) for dwellers in world.dwellers.values())
    return Loaded(people, Case.objects.count(), Case.objects.open().count())


def settled(*, small: bool, seed: int = SEED) -> World:
    """The places, the people and an empty diary that ends where the sample's day begins."""
    world = World(Diary(hours.moment(DAY, 0)), seed, small)
    at: datetime = hours.moment(SETTLED_ON, 9)
    with writing():
        settling.settle(world, at)
        households.move_in(world, at)
    return world
