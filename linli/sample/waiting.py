"""What the clock and the counter leave besides: monthly facts, findable papers, and a morning's queue at the station."""

from __future__ import annotations

from datetime import timedelta

from linli.cases.facts import count_new
from linli.notices.queueing import ABSENT, call_next, end, take
from linli.people.actors import CLOCK
from linli.records.findable import put_new
from linli.sample import cast, hours
from linli.sample.day import DAY
from linli.sample.world import World

TAKEN = (1, 4, 9, 11, 20, 26, 33, 41, 47, 55)  # minutes past half past eight
CALLED = (3, 12, 22, 31, 44, 52)
ABSENT_AT = 2


def count_and_queue(world: World) -> None:
    """Count the year, make its papers findable, and let ten people come to the counter on the sample's morning."""
    at = hours.moment(DAY, 9)
    count_new(by=CLOCK, at=at)
    while put_new(by=CLOCK, at=at, most=2000) >= 2000:
        pass
    region, by = world.regions[cast.HELIN], world.holder("clerk", cast.HELIN)
    half_past_eight = hours.moment(DAY, 8) + timedelta(minutes=30)
    moves = sorted([(minute, "take") for minute in TAKEN] + [(minute, "call") for minute in CALLED])
    called = 0
    for minute, move in moves:
        moment = half_past_eight + timedelta(minutes=minute)
        if move == "take":
            take(region=region, by=by, at=moment)
            continue
        found = call_next(region=region, window="1", by=by, at=moment)
        called += 1
        if found is not None and called == ABSENT_AT:
            end(number=found, state=ABSENT, by=by, at=moment + timedelta(minutes=3))
