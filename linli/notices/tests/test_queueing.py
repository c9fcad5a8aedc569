"""The counter's queue: numbers in order, one window each, no names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.said import Said
from linli.notices.queueing import QueueNumber, ahead, at_window, board, call_again, end, take
from linli.notices.queueing import call_next as call_or_none
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ON = BEGIN.date()


def call_next(**given):
    called = call_or_none(**given)
    assert called is not None
    return called


def clerk(village):
    return {"region": village.helin, "by": village.actor("limin")}


@pytest.fixture
def three(village):
    return [take(at=BEGIN + n * MINUTE, **clerk(village)) for n in range(3)]


def test_numbers_run_from_one_every_day_and_at_every_station(three, village):
    assert [one.number for one in three] == [1, 2, 3]
    assert take(at=BEGIN + DAY, **clerk(village)).number == 1
    other = take(region=village.regions["990101002001"], by=village.actor("wangli"), at=BEGIN)
    assert other.number == 1 and ahead(three[2]) == 2


def test_who_waits_longest_is_called_and_the_last_one_is_done(three, village):
    first = call_next(window="1", at=BEGIN + 10 * MINUTE, **clerk(village))
    assert (first.number, first.state, first.window) == (1, "called", "1")
    second = call_next(window="1", at=BEGIN + 15 * MINUTE, **clerk(village))
    first.refresh_from_db()
    assert (second.number, first.state) == (2, "done")
    shown = board(village.helin, ON)
    assert (shown.called, shown.waiting, shown.served) == (((2, "1"),), (3,), 1)
    assert shown.mean_wait == 12, "10 and 14 minutes"


def test_an_absent_number_may_come_back_before_those_who_came_later(three, village):
    first = call_next(window="1", at=BEGIN + 10 * MINUTE, **clerk(village))
    who = {"by": village.actor("limin"), "at": BEGIN + 11 * MINUTE}
    end(number=first, state="absent", **who)
    assert board(village.helin, ON).absent == 1
    call_again(number=first, **who)
    assert call_next(window="1", at=BEGIN + 12 * MINUTE, **clerk(village)).number == 1


def test_nobody_waits_and_impossible_changes_are_refused(village):
    assert call_or_none(window="1", at=BEGIN, **clerk(village)) is None
    one = take(at=BEGIN, **clerk(village))
    who = {"by": village.actor("limin"), "at": BEGIN}
    for wrong in (
        lambda: end(number=one, state="done", **who),
        lambda: call_again(number=one, **who),
        lambda: call_or_none(window=" ", at=BEGIN, **clerk(village)),
        lambda: take(region=village.helin, by=village.actor("wangli"), at=BEGIN),
        lambda: take(region=village.helin, by=village.resident("wang"), at=BEGIN),
    ):
        with pytest.raises(Said):
            wrong()
    assert QueueNumber.objects.get().state == "waiting"


def test_the_number_at_the_window_is_the_clerks_own(three, village):
    call_next(window="1", at=BEGIN + 10 * MINUTE, **clerk(village))
    mine = at_window(village.helin, village.actor("limin"), ON)
    assert mine is not None and mine.number == 1
    assert at_window(village.helin, village.actor("sun"), ON) is None
