"""Stories go on in the order of time, day by day, and stop before the sample's day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.sample import hours, people
from linli.sample.diary import Diary, Story

BEGIN = hours.moment(date(2025, 3, 3), 9)


def every(step: timedelta, at: datetime, seen: list[datetime]) -> Story:
    while True:
        seen.append(at)
        at += step
        yield at


@pytest.mark.django_db
def test_stories_mix_in_the_order_of_time_and_end_at_the_day():
    seen: list[datetime] = []
    diary = Diary(BEGIN + timedelta(days=3))
    diary.begin(BEGIN, every(timedelta(hours=7), BEGIN, seen))
    diary.begin(BEGIN + timedelta(hours=1), every(timedelta(hours=5), BEGIN + timedelta(hours=1), seen))
    months: list[date] = []
    diary.run(months.append)
    assert seen == sorted(seen)
    assert max(seen) < BEGIN + timedelta(days=3)
    assert months == [date(2025, 3, 3)]


@pytest.mark.django_db
def test_a_story_cannot_go_back_in_time():
    diary = Diary(BEGIN + timedelta(days=3))
    diary.begin(BEGIN, iter([BEGIN - timedelta(minutes=1)]))
    with pytest.raises(RuntimeError, match="back in time"):
        diary.run(lambda _: None)


@given(some.datetimes(datetime(2025, 1, 3), datetime(2026, 2, 20)), some.integers(0, 12), some.integers())
def test_office_hours_are_later_and_on_a_working_day(plain, days, seed):
    after = plain.replace(microsecond=0, tzinfo=hours.ZONE)
    at = hours.office(after, Random(seed), days=days)
    assert at > after
    assert hours.is_working(at.date())
    assert "08:40" <= f"{at:%H:%M}" < "17:20"
    between = hours.working_days(after.date() + timedelta(days=1), at.date())
    assert len(between) in (days, days + 1)


@given(some.datetimes(datetime(2025, 1, 3), datetime(2026, 2, 20)), some.integers())
def test_the_duty_officer_looks_within_a_day(plain, seed):
    after = plain.replace(microsecond=0, tzinfo=hours.ZONE)
    assert timedelta(0) < hours.duty(after, Random(seed)) - after <= timedelta(hours=24)


@given(some.dates(date(1920, 1, 1), date(2020, 1, 1)), some.sampled_from("12"), some.integers(1, 900))
def test_invented_identity_numbers_are_right_and_of_no_real_place(born, sex, number):
    from linli.ground.codes import identity

    read = identity(people.identity(born, sex, number))
    assert (read.born_on, read.sex, read.region) == (born, sex, "990101")
    assert [warning.code for warning in read.warnings] == ["codes.unknown_district"]
