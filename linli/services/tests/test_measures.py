"""Measures of services count what was really done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.handling import rate
from linli.services.decision import accept, refuse
from linli.services.intake import withdraw
from linli.services.measures import MEASURES
from linli.services.proofs import refuse_proof
from linli.services.supplementing import ask_supplement, supply
from linli.services.tests.counter import APPLICATION, EVENT, READ_BACK, relief, village
from linli.services.tests.test_other_items import filed
from linli.services.tests.test_relief import SEEN, granted, paying
from linli.services.visiting import visit
from linli.trail.models import LedgerEntry
from tests.cast import BEGIN, HELIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
DAY = timedelta(days=1)
BY_WORD = {measure.word.split(".")[1]: measure for measure in MEASURES}


def taken(word):
    measure = BY_WORD[word]
    rows = measure.population()
    part = rows.filter(measure.part).count() if measure.part is not None else rows.count()
    values = list(rows.values_list(measure.value, flat=True)) if measure.value else []
    return part, rows.count(), values


@pytest.fixture
def year(village):
    """One granted and paid, one refused late, one withdrawn, one told twice and still open."""
    paid = granted(village)
    paying(village, paid)()
    rate(case=paid.case, stars=4, by=village.resident("wang"), at=BEGIN + 4 * DAY)
    late = relief(village, who="mu")
    accept(application=late, by=village.actor("limin"), at=BEGIN)
    visit(application=late, seen=SEEN, by=village.actor("yang"), at=BEGIN + DAY)
    refuse(application=late, reason="不符合", by=village.actor("zha"), at=BEGIN + 30 * DAY)
    withdraw(application=relief(village, who="chen"), by=village.resident("chen"), at=BEGIN)
    limin = village.actor("limin")
    told = relief(village, who="zhao", papers=[APPLICATION])
    ask_supplement(application=told, missing=["event_proof"], by=limin, at=BEGIN)
    supply(application=told, papers=[EVENT], by=village.resident("zhao"), at=BEGIN)
    ask_supplement(application=told, missing=["event_proof"], by=limin, at=BEGIN, new_fact="打不开")
    filed(village, "library_card", "wang", {}, by=limin, channel="counter", entry=READ_BACK)
    refuse_proof(item="community_proof", kind="birth", region=village.helin, by=limin, at=BEGIN)
    return village


def test_each_measure_counts_its_rows(year):
    assert taken("filed")[:2] == (5, 5)
    assert taken("closed")[:2] == (2, 2)
    assert taken("closed_on_time")[:2] == (1, 2)
    assert sorted(taken("days_to_close")[2]) == [3, 30]
    assert taken("refused_share")[:2] == (1, 2)
    assert taken("supplement_asked_once")[:2] == (0, 1)
    assert taken("rating_mean")[2] == [4]
    assert taken("rated_share")[:2] == (1, 2)
    assert taken("assisted_share")[:2] == (1, 5)
    assert taken("online_share")[:2] == (4, 5)
    assert taken("visits_done_share")[:2] == (2, 2)
    assert taken("granted_cents")[2] == [200000]
    assert len(set(taken("applicants_distinct")[2])) == 4
    assert taken("proofs_refused")[:2] == (1, 1)


def test_every_row_lies_on_map_and_day_and_in_the_ledger(year):
    for measure in MEASURES:
        paths = (measure.row_key or measure.key).split("#")
        for row in measure.population().values(measure.on, measure.at, *paths):
            assert row[measure.at] == HELIN and isinstance(row[measure.on], date)
            entry = "#".join(str(row[path]) for path in paths)
            assert LedgerEntry.objects.filter(kind=measure.row_kind, row_key=entry).exists(), measure.word


def test_every_measure_is_fit_for_a_catalogue():
    words = {measure.word for measure in MEASURES}
    for measure in MEASURES:
        assert measure.definition.zh and measure.definition.en and measure.guard.zh and measure.guard.en
        assert measure.companion in words and measure.source and measure.unit
