"""When people do things: office hours on working days, evenings and weekends for residents."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from linli.ground.clock import packaged_calendar

ZONE = ZoneInfo("Asia/Shanghai")
ALIVE_FROM = date(2026, 2, 24)
"""From this day on less is finished at once, so that the last day finds work on the desks."""
_DAY = timedelta(days=1)
_OPENS, _CLOSES = time(8, 40), time(17, 20)


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day where the sample stands."""
    return datetime.combine(day, time(hour, minute), ZONE)


def is_working(day: date) -> bool:
    """Whether offices work on a day, by the published calendar."""
    return packaged_calendar().is_working_day(day)


def working_days(first: date, last: date) -> list[date]:
    """Every working day from the first to the last."""
    days = (first + step * _DAY for step in range((last - first).days + 1))
    return [day for day in days if is_working(day)]


def office(after: datetime, luck: Random, *, days: int = 0) -> datetime:
    """A later moment in office hours: ``days`` working days on, the same day where that still works."""
    day, left = after.date(), days
    while left or not is_working(day):
        day += _DAY
        left -= 1 if left and is_working(day) else 0
    earliest = max(moment(day, _OPENS.hour, _OPENS.minute), after + timedelta(minutes=4))
    latest = moment(day, _CLOSES.hour, _CLOSES.minute)
    if earliest >= latest:
        return office(moment(day + _DAY, 0), luck)
    seconds = int((latest - earliest).total_seconds())
    return (earliest + timedelta(seconds=luck.randrange(seconds))).replace(microsecond=0)


def duty(after: datetime, luck: Random) -> datetime:
    """The duty officer's next look at the inbox on a rest day: at ten or at four."""
    day, hour = after.date(), 10
    if after >= moment(day, 15, 30):
        day += _DAY
    elif after >= moment(day, 9, 30):
        hour = 16
    return moment(day, hour) + timedelta(seconds=luck.randrange(5400))


def leisure(day: date, luck: Random) -> datetime:
    """A moment at which residents write from their phones: from half past seven to half past ten at night."""
    return moment(day, 7, 30) + timedelta(seconds=luck.randrange(15 * 3600))


def later(after: datetime, luck: Random, *, hours: tuple[int, int]) -> datetime:
    """Some hours later, by day or by night."""
    first, last = hours
    return after + timedelta(minutes=luck.randrange(first * 60, last * 60))
