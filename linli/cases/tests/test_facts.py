"""Monthly facts agree with what the cases themselves say, at every level, however often they are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from linli.cases.facts import COUNTS, MonthFact, count_month, count_new, held_days
from linli.cases.handling import rate
from linli.cases.models import Case, Rating
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.tests.procedure import publish_trial
from linli.people.actors import CLOCK
from tests.cast import BEGIN, HELIN, LIUWAN, MINGHE, PROVINCE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def matter(village, at, place=HELIN, channel="portal"):
    opening = Opening(
        procedure=publish_trial(), subject="trial", title="试行", region=village.regions[place], channel=channel,
        person=village.person("wang" if place == HELIN else "liu"),
    )  # fmt: skip
    return open_case(opening=opening, by=village.resident("wang"), at=at)


def granted(village, at, days, place=HELIN, pause=0):
    """A matter opened at a moment and granted some days later, having waited for papers meanwhile."""
    case = matter(village, at, place)
    clerk = village.actor("limin") if place == HELIN else village.actor("jie")
    advance(case, "accept", by=clerk, at=at)
    if pause:
        advance(case, "ask", by=village.actor("zha"), at=at + DAY, words=MoveWords(opinion="缺材料"))
        advance(case, "supply", by=village.resident("wang"), at=at + DAY * (1 + pause))
    words = MoveWords(verb="test.decision.grant")
    advance(case, "grant", by=village.actor("zha"), at=at + DAY * days, words=words)
    return case


def sums(region, month=None):
    rows = MonthFact.objects.of(region)
    found = (rows.filter(month=month) if month else rows).aggregate(**{name: Sum(name) for name in COUNTS})
    return {name: found[name] or 0 for name in COUNTS}


@pytest.fixture
def year(village):
    first = granted(village, BEGIN, 9, pause=4)
    granted(village, BEGIN + DAY, 40)
    granted(village, BEGIN, 3, place=LIUWAN)
    matter(village, BEGIN + 30 * DAY, channel="phone")
    rate(case=first, stars=5, by=village.resident("wang"), at=BEGIN + 30 * DAY)
    return first


def test_facts_are_what_a_direct_count_says(year):
    assert count_new(by=CLOCK, at=BEGIN + 60 * DAY) == [JANUARY, FEBRUARY]
    for place, cases in ((HELIN, Case.objects.filter(region=HELIN)), (PROVINCE, Case.objects.all())):
        for month in (JANUARY, FEBRUARY):
            seen = sums(place, month)
            closed = cases.filter(closed_on__month=month.month)
            assert seen["opened"] == cases.filter(opened_on__month=month.month).count()
            assert seen["closed"] == closed.count() == seen["on_time"] + seen["late"]
            days = closed.values_list("opened_on", "due_on", "closed_on")
            assert seen["late"] == sum(bool(end and due and end > due) for _, due, end in days)
            assert seen["gross_days"] == sum((end - begin).days for begin, _, end in days if end)
            rated = Rating.objects.filter(case__in=cases, on__month=month.month)
            assert (seen["ratings"], seen["stars"]) == (rated.count(), sum(one.stars for one in rated))
    assert sums(MINGHE)["opened"] == 4 and sums(PROVINCE)["late"] == 1


def test_held_days_are_not_in_the_net_days(year):
    count_month(month=JANUARY, by=CLOCK, at=BEGIN + 60 * DAY)
    seen = sums(HELIN, JANUARY)
    assert seen["gross_days"] == 9 and seen["net_days"] == 4, "6 to 10 January stood still"


def test_counting_again_changes_nothing_and_only_touched_months_are_counted(year, village):
    count_new(by=CLOCK, at=BEGIN + 60 * DAY)
    before = list(
        MonthFact.objects.order_by("region", "month", "post", "channel").values_list("region", *COUNTS)
    )
    assert count_new(by=CLOCK, at=BEGIN + 61 * DAY) == [date(2026, 3, 1)]
    count_month(month=JANUARY, by=CLOCK, at=BEGIN + 61 * DAY)
    again = list(
        MonthFact.objects.order_by("region", "month", "post", "channel").values_list("region", *COUNTS)
    )
    assert again == before
    matter(village, BEGIN + 2 * DAY)
    assert JANUARY in count_new(by=CLOCK, at=BEGIN + 62 * DAY), "entered late for an earlier day"
    assert sums(HELIN, JANUARY)["opened"] == 3


def test_what_comes_in_counts_under_the_receiver_and_what_is_done_under_the_last_to_take_it_up(year):
    count_new(by=CLOCK, at=BEGIN + 60 * DAY)
    posts = {
        row["post"]: (row["opened"], row["closed"])
        for row in MonthFact.objects.of(HELIN)
        .values("post")
        .annotate(opened=Sum("opened"), closed=Sum("closed"))
    }
    assert posts == {"clerk": (3, 0), "street_assistance": (0, 2)}


@pytest.mark.parametrize(
    ("holds", "days"),
    [
        ([], 0),
        ([(date(2026, 1, 5), date(2026, 1, 7))], 2),
        ([(date(2026, 1, 6), date(2026, 1, 8)), (date(2026, 1, 7), date(2026, 1, 9))], 4),
        ([(date(2026, 1, 8), None)], 3),
        ([(date(2026, 2, 1), date(2026, 2, 3))], 0),
    ],
)
def test_held_days_count_once_and_only_inside_the_span(holds, days):
    assert held_days(date(2026, 1, 5), date(2026, 1, 10), holds) == days
