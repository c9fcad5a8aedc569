"""Readings are facts about a moment: kept with their rows, never changed, compared, attested, derived."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from linli.evaluation.evidencing import MASKED, evidence_rows, joined_key, rows_behind, rows_of
from linli.evaluation.models import EvidenceList, Reading
from linli.evaluation.readings import (
    Asked,
    Proof,
    Sampled,
    attest,
    content,
    derive,
    difference,
    survey,
    take,
    take_measure,
)
from linli.evaluation.taking import Span, year_of
from linli.evaluation.tests.judging import AT, attested, grown, know_test_measures, paper
from linli.evaluation.tests.work import (
    CLOSED,
    MIDDLE,
    ON_TIME,
    PEOPLE,
    STARS,
    STARS_PER_MOVE,
    SUM,
    YEAR,
    measure_of_cases,
    one_case,
)
from linli.ground.said import Said
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, MINGHE, QINGXI, WANGSHAN


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path


def taken(work, measure=ON_TIME, at=AT, region=HELIN, login="sun"):
    return take_measure(measure=measure, region=region, span=YEAR, by=work.village.actor(login), at=at)


def test_a_reading_keeps_value_counts_edition_and_the_rows_that_made_it(work):
    reading = taken(work)
    assert (reading.value, reading.part, reading.whole, reading.evidence_count) == (Decimal(80), 4, 5, 5)
    assert (reading.kind, reading.edition, reading.taken_on) == ("measured", 1, date(2026, 3, 6))
    assert reading.exact == 80
    rows = rows_of(reading.evidence)
    assert [row.key for row in rows] == sorted(case.number for case in work.cases if case.region_id == HELIN)
    assert all(row.sequence for row in rows)


def test_the_exact_value_is_no_rounded_one(work):
    stars = taken(work, STARS, region=QINGXI, login="qu")
    assert stars.exact == Fraction(24, 7)
    assert stars.value == Decimal("3.428571")
    assert taken(work, MIDDLE).exact == Fraction(9, 2)


def test_every_evidence_row_points_at_its_last_ledger_entry(work):
    for row in rows_of(taken(work).evidence):
        assert row.sequence is not None
        entry = LedgerEntry.objects.get(region=row.region, sequence=row.sequence)
        assert entry.row_key.startswith(f"{row.key}#")
        assert not LedgerEntry.objects.filter(
            row_key__startswith=f"{row.key}#", kind="cases.passage", sequence__gt=row.sequence
        ).exists()


def test_a_reading_is_entered_in_the_ledger_and_cannot_be_changed(work):
    reading = taken(work)
    assert (
        LedgerEntry.objects.filter(kind="evaluation.reading", row_key=reading.key, region=HELIN).count() == 1
    )
    assert verify(HELIN).ok
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(value=100)


def test_taken_again_over_the_same_records_is_a_new_reading_with_the_same_digest(work):
    one, two = taken(work), taken(work, at=AT + timedelta(days=1))
    assert one.pk != two.pk
    assert one.evidence_digest == two.evidence_digest
    assert EvidenceList.objects.filter(digest=one.evidence_digest).count() == 1
    assert difference(one, two).came == ()


def test_the_difference_between_two_readings_lists_what_came(work):
    one = taken(work)
    late = one_case(
        work.village, work.procedure, HELIN, "mu", on=BEGIN + timedelta(days=20), days=9, stars=None
    )
    two = taken(work)
    change = difference(one, two)
    assert change.came == (late.number,)
    assert (change.went, change.changed) == ((), ())
    assert (change.before, change.after) == (Decimal(80), Decimal("66.666667"))
    assert difference(two, one).went == (late.number,)
    with pytest.raises(Said, match="not_the_same_span"):
        difference(one, taken(work, CLOSED))


def test_a_changed_row_is_named(work):
    one = taken(work, measure_of_cases("test.same", "count"))
    two = taken(work, measure_of_cases("test.same", "sum", value="passages_count"))
    assert len(difference(one, two).changed) == 5


def test_who_is_counted_once_stands_in_evidence_as_a_keyed_word_only(work):
    rows = evidence_rows(PEOPLE, span=YEAR, region=HELIN)
    words = [row.value for row in rows]
    assert len(set(words)) == 4
    persons = {str(case.person_id) for case in work.cases}
    assert all(isinstance(word, str) and word.startswith("h") and word not in persons for word in words)
    other_year = evidence_rows(PEOPLE, span=Span(date(2025, 1, 1), date(2026, 12, 31)), region=HELIN)
    assert {row.value for row in other_year}.isdisjoint(words)


def test_a_measured_value_must_be_whole(work):
    broken = measure_of_cases("test.text", "sum", value="title")
    with pytest.raises(TypeError, match=r"test\.text"):
        evidence_rows(broken, span=YEAR, region=HELIN)


def test_taking_a_word_asks_the_catalogue(work, monkeypatch):
    know_test_measures(monkeypatch)
    by = work.village.actor("sun")
    assert take(word="test.closed", region=HELIN, span=YEAR, by=by, at=AT).value == 5
    with pytest.raises(Said, match="unknown_measure"):
        take(word="test.nothing", region=HELIN, span=YEAR, by=by, at=AT)


def test_who_may_not_evaluate_there_takes_no_reading(work):
    for login, region in (("wang", HELIN), ("wangdong", HELIN), ("sun", WANGSHAN)):
        with pytest.raises(Said):
            take_measure(measure=CLOSED, region=region, span=YEAR, by=work.village.actor(login), at=AT)


def test_readings_are_visible_within_the_place_to_those_who_read_evaluations(work):
    reading = taken(work)
    seen = {
        login: Reading.objects.visible_to(work.village.actor(login)).filter(pk=reading.pk).exists()
        for login in ("sun", "qu", "wangdong", "wang", "limin")
    }
    assert seen == {"sun": True, "qu": True, "wangdong": False, "wang": False, "limin": False}


def test_an_attested_value_counts_papers_of_the_period_and_keeps_their_hash(work):
    reading = attested(work)
    assert (reading.kind, reading.value, reading.evidence_count) == ("attested", Decimal(2), 1)
    assert reading.evidence_kinds == ["验收报告"]
    (row,) = rows_of(reading.evidence)
    assert str(row.value).startswith("sha256:")


@pytest.mark.parametrize("period", [None, year_of(2025)], ids=["no stated days", "another year"])
def test_papers_of_other_days_prove_nothing(work, period):
    reading = attested(work, period=period)
    assert (reading.evidence_count, reading.evidence_kinds) == (0, [])
    assert len(rows_of(reading.evidence)) == 1


def test_an_attested_value_without_papers_is_kept_and_unproven(work):
    by = work.village.actor("sun")
    asked = Asked(word="test.papers", region=HELIN, span=YEAR)
    assert attest(asked=asked, value=Decimal("3.5"), proofs=[], by=by, at=AT).evidence_count == 0
    assert attest(asked=asked, value=None, proofs=[], by=by, at=AT).exact is None
    with pytest.raises(Said, match="too_many_decimals"):
        attest(asked=asked, value=Decimal("0.1234567"), proofs=[], by=by, at=AT)


def test_a_surveyed_value_carries_its_margin_and_method(work):
    by = work.village.actor("sun")
    asked = Asked(word="test.survey", region=HELIN, span=YEAR, unit="%")
    sampled = Sampled(answers=212, margin=Decimal("4.1"), formula="p ± 1.96·√(p(1−p)/n)", weighting="none")
    proofs = [Proof(paper(by, "调查报告.pdf"), "调查报告", YEAR)]
    reading = survey(asked=asked, value=Decimal("87.5"), sampled=sampled, proofs=proofs, by=by, at=AT)
    assert (reading.kind, reading.margin, reading.about["survey"]["answers"]) == (
        "surveyed",
        Decimal("4.1"),
        212,
    )
    assert content(reading)["margin"] == "4.1"
    with pytest.raises(Said, match="survey_empty"):
        empty = Sampled(answers=0, margin=Decimal(1), formula="", weighting="")
        survey(asked=asked, value=Decimal(1), sampled=empty, proofs=[], by=by, at=AT)


def test_a_derived_value_is_proven_only_where_its_sources_are(work):
    people = taken(work, PEOPLE)
    proven = grown(work, people, attested(work))
    assert (proven.value, proven.evidence_count) == (Decimal(100), 2)
    unproven = grown(work, people, attested(work, period=None))
    assert (unproven.value, unproven.evidence_count) == (Decimal(100), 0)
    missing = grown(work, people, attested(work, None))
    assert missing.value is None


def test_a_formula_must_keep_to_the_grammar_and_to_readings_one_may_see(work):
    by = work.village.actor("sun")
    asked = Asked(word="test.derived", region=HELIN, span=YEAR)
    key = taken(work, PEOPLE).key
    for formula, code in (
        ({"number": "1"}, "formula_readings"),
        ({"op": "add", "of": [{"reading": "nothing"}]}, "formula_readings"),
        ({"op": "power", "of": [{"reading": key}]}, "formula_wrong"),
        ({"op": "divide", "of": [{"reading": key}]}, "formula_wrong"),
        ({"op": "add", "of": [{"reading": key}, {"number": 1.5}]}, "formula_wrong"),
    ):
        with pytest.raises(Said, match=code):
            derive(asked=asked, formula=formula, by=by, at=AT)


def test_the_rows_behind_a_figure_are_its_population_page_by_page(work):
    by = work.village.actor("sun")
    seen, after = [], ""
    for _ in range(3):
        page = rows_behind(ON_TIME, span=YEAR, region=HELIN, actor=by, after=after, limit=2)
        assert (page.whole, page.part) == (5, 4)
        seen += [row.key for row in page.rows]
        after = page.next
    assert after == ""
    assert sorted(seen) == [row.key for row in evidence_rows(ON_TIME, span=YEAR, region=HELIN)]
    with pytest.raises(Said, match="no_such_page"):
        rows_behind(ON_TIME, span=YEAR, region=HELIN, actor=by, after="nobody")


def test_rows_with_a_joined_key_are_paged_too(work):
    by = work.village.actor("sun")
    first = rows_behind(STARS_PER_MOVE, span=YEAR, region=HELIN, actor=by, limit=3)
    rest = rows_behind(STARS_PER_MOVE, span=YEAR, region=HELIN, actor=by, limit=3, after=first.next)
    assert (first.whole, first.part, len(first.rows), len(rest.rows)) == (4, 4, 3, 1)
    assert joined_key("a/b#a", {"a": 1, "b": "x"}) == "1/x#1"


def test_paging_needs_the_same_few_queries_on_every_page(work, django_assert_num_queries):
    by = work.village.actor("sun")
    with django_assert_num_queries(2):
        after = rows_behind(ON_TIME, span=YEAR, region=HELIN, actor=by, limit=2).next
    with django_assert_num_queries(3):
        rows_behind(ON_TIME, span=YEAR, region=HELIN, actor=by, limit=2, after=after)


def test_whoever_may_not_open_a_row_sees_that_it_is_there_and_no_more(work):
    resident = work.village.resident("zhao")
    page = rows_behind(ON_TIME, span=YEAR, region=HELIN, actor=resident)
    masked = [row for row in page.rows if row.is_masked]
    assert (len(page.rows), len(masked)) == (5, 4)
    assert {(row.key, row.day, row.value) for row in masked} == {(MASKED, None, None)}
    (own,) = [row for row in page.rows if not row.is_masked]
    assert own.key == work.cases[2].number


def test_counts_only_for_restricted_rows_and_for_roles_that_see_counts_only(work):
    restricted = measure_of_cases("test.restricted", "count", data_class="P3")
    assert rows_behind(restricted, span=YEAR, region=HELIN, actor=work.village.resident("zhao")).rows == ()
    outside = rows_behind(CLOSED, span=YEAR, region=MINGHE, actor=work.village.actor("ping"))
    assert (outside.whole, outside.rows, outside.next) == (8, (), "")


def test_a_value_is_shown_to_those_who_may_see_the_row(work):
    page = rows_behind(SUM, span=YEAR, region=HELIN, actor=work.village.actor("sun"))
    assert sorted(str(row.value) for row in page.rows) == ["2", "4", "5", "5"]
