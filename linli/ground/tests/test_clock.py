from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.clock import (
    Calendar,
    due_by_months,
    due_day,
    due_moment,
    month_later,
    packaged_calendar,
    remaining,
    working_days_between,
)
from linli.ground.said import Said
from linli.ground.wording import say

CALENDAR = packaged_calendar()
DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text)


def due(start, days, unit="natural", holds=(), **more):
    spans = [tuple(day(end) for end in hold.split(":")) for hold in holds]
    return due_day(start=day(start), days=days, unit=unit, calendar=CALENDAR, holds=spans, **more)


def codes(answer):
    return [line.code for line in answer.explanation]


@pytest.mark.parametrize(
    ("start", "days", "unit", "expected"),
    [
        ("2026-01-05", 60, "natural", "2026-03-06"),  # petition, 信访工作条例 art. 36
        ("2026-03-06", 30, "natural", "2026-04-07"),  # its extension would end in the Qingming holiday
        ("2026-01-31", 30, "natural", "2026-03-02"),  # judicial confirmation of a mediation agreement
        ("2026-02-10", 7, "natural", "2026-02-24"),  # Spring Festival 2026: 15 to 23 February
        ("2026-02-12", 3, "working", "2026-02-24"),  # Saturday the 14th was worked
        ("2025-09-25", 7, "natural", "2025-10-09"),  # National Day and Mid-Autumn 2025: 1 to 8 October
        ("2025-09-26", 5, "working", "2025-10-10"),  # Sunday 28 September was worked
        ("2020-01-20", 7, "natural", "2020-02-03"),  # holiday extended to 2 February
        ("2020-01-22", 2, "working", "2020-02-03"),
        ("2026-01-01", 2, "natural", "2026-01-04"),  # the 3rd is off, Sunday the 4th was worked
        ("2024-02-28", 1, "natural", "2024-02-29"),
        ("2026-01-05", 0, "natural", "2026-01-05"),
        ("2026-01-10", 0, "natural", "2026-01-12"),
        ("2026-01-10", 0, "working", "2026-01-12"),
        ("2026-01-05", 0, "working", "2026-01-05"),
    ],
)
def test_periods_end_where_the_law_says(start, days, unit, expected):
    answer = due(start, days, unit)
    assert answer.on == day(expected)
    assert answer.certain


@pytest.mark.parametrize(
    ("days", "unit", "holds", "expected"),
    [
        (10, "natural", ["2026-03-04:2026-03-05"], "2026-03-16"),  # 12 → the 14th, a Saturday
        (8, "natural", ["2026-03-04:2026-03-05"], "2026-03-12"),
        (8, "natural", ["2026-03-04:2026-03-05", "2026-03-05:2026-03-06"], "2026-03-13"),  # overlap once
        (8, "natural", ["2026-02-01:2026-03-02"], "2026-03-10"),  # over before the first counted day
        (8, "natural", ["2026-03-01:2026-03-03"], "2026-03-11"),  # only the 3rd was counted and is held
        (8, "natural", ["2026-03-10:2026-03-10"], "2026-03-11"),  # the last day itself
        (8, "natural", ["2026-03-11:2026-03-20"], "2026-03-10"),  # begins after the end
        (5, "working", ["2026-03-05:2026-03-08"], "2026-03-11"),
        (0, "natural", ["2026-03-02:2026-03-03"], "2026-03-04"),
    ],
)
def test_held_days_do_not_count(days, unit, holds, expected):
    assert due("2026-03-02", days, unit, holds).on == day(expected)


def test_a_moved_end_does_not_rest_on_a_held_day():
    # The 7th is a Saturday; the Monday after it begins a hold until Friday, then comes another weekend.
    assert due("2026-03-02", 5, holds=["2026-03-09:2026-03-13"]).on == day("2026-03-16")


def test_weekends_may_stay_by_local_rule_but_public_holidays_never():
    assert due("2026-03-02", 5, weekends_stay=True).on == day("2026-03-07")
    assert due("2026-03-02", 5).on == day("2026-03-09")
    assert due("2026-02-10", 7, weekends_stay=True).on == day("2026-02-24")


def test_an_unpublished_year_is_said_only_if_the_end_rests_on_it():
    early, late = due("2026-12-01", 20), due("2026-12-20", 20)
    assert (early.certain, late.certain) == (True, False)
    assert "clock.year_unknown" in codes(late)
    assert "2027年" in " ".join(say(line) for line in late.explanation)
    assert not due("2026-12-20", 20, "working").certain
    assert due("2003-12-20", 20).certain  # 2003 is unknown, but only 9 January 2004 is asked about


def test_the_last_days_of_december_may_still_be_changed_by_the_next_notice():
    assert "clock.year_end" in codes(due("2026-12-10", 20))
    assert "clock.year_end" not in codes(due("2025-12-10", 20))
    assert "clock.year_end" not in codes(due("2026-12-10", 18))


def test_the_explanation_lists_every_day_that_was_passed_over():
    answer = due("2026-02-12", 20, "working", ["2026-03-02:2026-03-04", "2026-03-06:2026-03-06"])
    assert [say(line, "en") for line in answer.explanation] == [
        "Counting starts on 13 February 2026 (12 February 2026 itself is not counted): 20 working days.",
        "2 March 2026 to 4 March 2026 on hold: 3 days not counted.",
        "6 March 2026 on hold: not counted.",
        "15 February 2026 to 23 February 2026: public holiday with adjoining weekends, 9 days skipped.",
        "Weekends skipped, 7 days: 1 March 2026, 7 March 2026 to 8 March 2026, 14 March 2026 to "
        "15 March 2026, 21 March 2026 to 22 March 2026.",
        "Weekend days made working days, 2 counted: 14 February 2026, 28 February 2026.",
        "The period ends on 24 March 2026 at 24:00.",
    ]


def test_a_moved_end_is_explained_in_chinese():
    lines = [say(line) for line in due("2026-03-02", 5).explanation]
    assert lines[1:3] == [
        "跳过周末2日：2026年3月7日至2026年3月8日。",
        "最后一日2026年3月7日不能作为届满日，顺延至其后第一个非休息且计时的日子2026年3月9日。",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": -1}, "clock.negative_days"),
        ({"days": 10**30}, "clock.too_far"),
        ({"days": 4_000_000}, "clock.too_far"),
        ({"start": date.max, "days": 0}, "clock.too_far"),
        ({"holds": [(date(2026, 2, 2), date.max)]}, "clock.too_far"),
        ({"holds": [(date(2026, 2, 2), date(2026, 2, 1))]}, "clock.hold_backwards"),
    ],
)
def test_impossible_periods_are_refused(change, code):
    given_ = {"start": date(2026, 2, 1), "days": 3, "unit": "natural", "calendar": CALENDAR} | change
    with pytest.raises(Said) as caught:
        due_day(**given_)
    assert caught.value.code == code


def test_a_day_cannot_be_off_and_worked():
    on = date(2026, 1, 3)
    with pytest.raises(Said):
        Calendar(frozenset({2026}), frozenset({on}), frozenset({on}))


def test_the_packaged_calendar_knows_its_years_and_days():
    assert CALENDAR.knows(2026) and not CALENDAR.knows(2027) and not CALENDAR.knows(2003)
    assert CALENDAR.is_rest_day(day("2026-02-16")) and CALENDAR.is_working_day(day("2026-02-14"))
    assert CALENDAR.is_rest_day(day("2026-03-07")) and CALENDAR.is_working_day(day("2026-03-09"))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-15", 12, "2027-01-15"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_same_numbered_day_or_the_months_last(start, months, expected):
    assert month_later(day(start), months) == day(expected)


def test_a_period_in_months_moves_off_a_rest_day_and_is_lengthened_by_holds():
    plain = due_by_months(day("2026-01-31"), 1, calendar=CALENDAR)
    assert plain.on == day("2026-02-28")  # a Saturday that was worked
    held = due_by_months(
        day("2026-01-31"), 1, calendar=CALENDAR, holds=[(day("2026-02-02"), day("2026-02-02"))]
    )
    assert held.on == day("2026-03-02")  # Sunday 1 March moves on
    assert codes(held)[:2] == ["clock.counting_months", "clock.held_day"]


def test_months_that_cannot_be_counted_are_refused():
    for months, code in ((-1, "clock.negative_days"), (100_000, "clock.too_far")):
        with pytest.raises(Said) as caught:
            due_by_months(day("2026-01-31"), months, calendar=CALENDAR)
        assert caught.value.code == code


def test_hours_run_from_the_stated_moment_through_rest_days():
    start = datetime(2026, 2, 13, 18, 30, tzinfo=timezone(timedelta(hours=8)))
    end = due_moment(start, 24)
    assert end == datetime(2026, 2, 14, 10, 30, tzinfo=UTC)
    assert end.tzinfo == start.tzinfo


def test_hours_that_cannot_be_counted_are_refused():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for hours, code in ((-1, "clock.negative_days"), (10**9, "clock.too_far")):
        with pytest.raises(Said) as caught:
            due_moment(start, hours)
        assert caught.value.code == code
    with pytest.raises(ValueError):
        due_moment(start.replace(tzinfo=None), 1)


def test_working_days_between_two_days_leave_out_the_first():
    assert working_days_between(day("2026-02-13"), day("2026-02-24"), CALENDAR) == 2
    assert working_days_between(day("2026-02-24"), day("2026-02-13"), CALENDAR) == -2
    assert working_days_between(day("2026-02-24"), day("2026-02-24"), CALENDAR) == 0


def test_what_remains_is_told_in_both_units():
    left = remaining(day("2026-02-24"), day("2026-02-13"), CALENDAR)
    assert (left.days, left.working_days, left.certain, left.is_overdue) == (11, 2, True, False)
    assert not remaining(day("2026-02-24"), day("2026-02-24"), CALENDAR).is_overdue
    assert remaining(day("2026-02-24"), day("2026-02-25"), CALENDAR).is_overdue
    assert not remaining(day("2027-01-05"), day("2026-12-30"), CALENDAR).certain


STARTS = st.dates(date(2008, 1, 1), date(2028, 12, 31))
LENGTHS = st.integers(0, 120)
UNITS = st.sampled_from(["natural", "working"])
HOLDS = st.lists(
    st.tuples(STARTS, st.integers(0, 400)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY)), max_size=4
)
NEAR = st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=4)


def near_holds(start, near):
    return [(start + first * DAY, start + (first + length) * DAY) for first, length in near]


def is_held(on, holds):
    return any(first <= on <= last for first, last in holds)


def by_walking(start, days, unit, holds, stays):
    """The same rule told naively, a day at a time."""
    on, left = start, days
    while left:
        on += DAY
        if not is_held(on, holds) and (unit == "natural" or CALENDAR.is_working_day(on)):
            left -= 1
    while is_held(on, holds) or (
        on in CALENDAR.holidays if stays and unit == "natural" else CALENDAR.is_rest_day(on)
    ):
        on += DAY
    return on


@given(STARTS, LENGTHS, UNITS, NEAR, st.booleans())
def test_counting_agrees_with_walking_day_by_day(start, days, unit, near, stays):
    holds = near_holds(start, near)
    answer = due_day(start=start, days=days, unit=unit, calendar=CALENDAR, holds=holds, weekends_stay=stays)
    assert answer.on == by_walking(start, days, unit, holds, stays)


@given(STARTS, LENGTHS, UNITS, NEAR)
def test_a_last_day_is_never_a_rest_day_nor_held(start, days, unit, near):
    holds = near_holds(start, near)
    on = due_day(start=start, days=days, unit=unit, calendar=CALENDAR, holds=holds).on
    assert CALENDAR.is_working_day(on)
    assert not is_held(on, holds)


@given(STARTS, LENGTHS, UNITS, NEAR)
def test_more_days_never_end_earlier(start, days, unit, near):
    holds = near_holds(start, near)
    one, more = (
        due_day(start=start, days=n, unit=unit, calendar=CALENDAR, holds=holds).on for n in (days, days + 1)
    )
    assert one <= more


@given(STARTS, LENGTHS, UNITS, HOLDS, STARTS, st.integers(0, 40), st.booleans())
def test_a_further_hold_never_ends_a_period_earlier(start, days, unit, holds, first, length, stays):
    further = [*holds, (first, first + length * DAY)]
    before, after = (
        due_day(start=start, days=days, unit=unit, calendar=CALENDAR, holds=some, weekends_stay=stays).on
        for some in (holds, further)
    )
    assert before <= after


@given(STARTS, LENGTHS, UNITS, NEAR)
def test_the_order_and_repetition_of_holds_do_not_matter(start, days, unit, near):
    holds = near_holds(start, near)
    one = due_day(start=start, days=days, unit=unit, calendar=CALENDAR, holds=holds)
    assert one == due_day(start=start, days=days, unit=unit, calendar=CALENDAR, holds=[*holds[::-1], *holds])


@given(STARTS, st.integers(1, 80), NEAR)
def test_every_working_day_passed_is_accounted_for(start, days, near):
    holds = near_holds(start, near)
    answer = due_day(start=start, days=days, unit="working", calendar=CALENDAR, holds=holds)
    walked = [start + step * DAY for step in range(1, (answer.on - start).days + 1)]
    assert sum(1 for on in walked if CALENDAR.is_working_day(on) and not is_held(on, holds)) == days
    named = {"clock.holiday", "clock.holiday_day", "clock.held", "clock.held_day", "clock.weekends"}
    skipped = [int(str(line.values["days"])) for line in answer.explanation if line.code in named]
    assert sum(skipped) == len(walked) - days


@given(STARTS, st.integers(1, 60))
def test_working_days_between_undo_counting_by_working_days(start, days):
    on = due_day(start=start, days=days, unit="working", calendar=CALENDAR).on
    assert working_days_between(start, on, CALENDAR) == days
