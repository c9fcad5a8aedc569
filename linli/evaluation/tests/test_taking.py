"""A measure's value for every region in one query, and the same value again from its evidence."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db.models import Q

from linli.cases.models import Case
from linli.evaluation.evidencing import evidence_rows
from linli.evaluation.recounting import recount
from linli.evaluation.taking import NATION, PREFIXES, counting_of, take_level, take_one, year_of
from linli.evaluation.tests.work import (
    CLOSED,
    HOMES,
    LATE_MIDDLE,
    MEASURES,
    MIDDLE,
    ON_TIME,
    PEOPLE,
    RATE,
    STARS,
    STARS_PER_MOVE,
    SUM,
    YEAR,
    measure_of_cases,
)
from linli.people.actors import SETUP
from linli.places.establishing import describe
from tests.cast import BEGIN, HELIN, LIUWAN, MINGHE, PROVINCE, QINGXI, WANGSHAN

WANGSHAN_STREET = "990101002000"
TREE = [NATION, PROVINCE, "990100000000", QINGXI, MINGHE, WANGSHAN_STREET, HELIN, LIUWAN, WANGSHAN]


def test_values_are_what_a_hand_count_gives(work):
    # The third case ran out on a Saturday, which moves its last day to the Monday on which it was closed.
    assert take_one(ON_TIME, span=YEAR, region=HELIN).value == Fraction(400, 5)
    assert take_one(CLOSED, span=YEAR, region=MINGHE).value == 8
    assert take_one(STARS, span=YEAR, region=HELIN).value == Fraction(16, 4)
    assert take_one(MIDDLE, span=YEAR, region=HELIN).value == Fraction(9, 2)
    assert take_one(SUM, span=YEAR, region=LIUWAN).value == 4
    assert take_one(RATE, span=YEAR, region=HELIN).value == Fraction(5, 3)
    assert take_one(HOMES, span=YEAR, region=MINGHE).value == Fraction(500, 2000)
    assert take_one(STARS_PER_MOVE, span=YEAR, region=HELIN).value == Fraction(1600, 12)
    assert take_one(LATE_MIDDLE, span=YEAR, region=WANGSHAN).value is None


def test_one_person_served_in_two_communities_counts_once_at_the_street(work):
    people = {code: take_one(PEOPLE, span=YEAR, region=code).value for code in (HELIN, LIUWAN, MINGHE)}
    assert people == {HELIN: 4, LIUWAN: 2, MINGHE: 5}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.word)
def test_recounting_the_evidence_gives_the_value_at_every_level_of_the_tree(work, measure):
    for level in PREFIXES:
        for code, counted in take_level(measure, span=YEAR, level=level).items():
            assert code in TREE
            rows = evidence_rows(measure, span=YEAR, region=code)
            assert recount(counting_of(measure), rows, base=counted.base, per=measure.per) == counted
            assert take_one(measure, span=YEAR, region=code) == counted


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.word)
def test_a_level_takes_one_query_however_many_regions_it_has(work, measure, django_assert_num_queries):
    queries = 2 if measure.kind == "rate" else 1
    with django_assert_num_queries(queries):
        assert len(take_level(measure, span=YEAR, level="community")) in (2, 3)
    with django_assert_num_queries(queries):
        assert len(take_level(measure, span=YEAR, level="province")) == 1


def test_only_rows_of_the_span_and_the_region_count(work):
    assert take_level(CLOSED, span=year_of(2025), level="community") == {}
    assert set(take_level(CLOSED, span=YEAR, level="community", within=MINGHE)) == {HELIN, LIUWAN}
    assert take_one(CLOSED, span=year_of(2025), region=HELIN).value == 0


def test_a_share_mean_or_median_of_nothing_is_no_value(work):
    for measure in (ON_TIME, STARS, MIDDLE):
        assert take_one(measure, span=year_of(2025), region=HELIN).value is None
    assert take_one(SUM, span=year_of(2025), region=HELIN).value == 0
    assert take_one(PEOPLE, span=year_of(2025), region=HELIN).value == 0


def test_a_rate_over_an_unknown_number_of_residents_is_unknown_not_zero(work):
    describe(region=work.village.regions[LIUWAN], facts={"residents": None}, by=SETUP, at=BEGIN)
    taken = take_level(RATE, span=YEAR, level="community")
    assert taken[LIUWAN].value is None
    assert taken[LIUWAN].part == 3
    assert taken[HELIN].value == Fraction(5, 3)
    assert take_one(RATE, span=YEAR, region=MINGHE).value is None


def test_a_community_without_any_case_has_a_rate_of_zero(work):
    taken = take_level(RATE, span=year_of(2025), level="community")
    assert {code: row.value for code, row in taken.items()} == {HELIN: 0, LIUWAN: 0, WANGSHAN: 0}


def test_a_part_that_multiplies_its_rows_is_found_out(work):
    from linli.evaluation.readings import take_unstored

    broken = measure_of_cases(
        "test.broken", "count", population=lambda: Case.objects.filter(closed_on__isnull=False).annotate(),
        part=Q(passages__move="finish"),
    )  # fmt: skip
    whole = take_one(broken, span=YEAR, region=HELIN).whole
    assert whole > 5, "every passage multiplies its case, which evidence by key shows"
    with pytest.raises(RuntimeError, match=r"test\.broken"):
        take_unstored(broken, region=HELIN, span=YEAR)
