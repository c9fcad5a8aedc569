"""A past project entered from its report: exactly what it states, once, and nothing invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import models

from linli.cases.models import Passage
from linli.ground.said import Said
from linli.ground.sheets import Both, plain
from linli.people.actors import SETUP
from linli.places.models import Region
from linli.projects.accounts import money_of
from linli.projects.formulas import Account
from linli.projects.measures import MEASURES
from linli.projects.models import Allocation, BudgetLine, Expenditure, FundSource, Project, Receipt, Statement
from linli.projects.stated import enter_stated
from linli.projects.stating import stated_sheet
from linli.projects.tests.story import moment
from tests.cast import ZONE

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
SHEET = stated_sheet("tongyuan_2020")
# What the entry itself brings along: keys, the words of this house, and its own day.
OF_THE_ENTRY = {
    Project: {"case", "programme", "entered", "stated_from", "not_stated", "references", "published_on"},
    FundSource: {"id", "project", "number", "fund", "changes"},
    Allocation: {"id", "source", "key", "leaves_source", "entered", "actor", "at"},
    Statement: {"id", "project", "number", "kind", "point", "layer"},
}
EMPTY: tuple[Any, ...] = (None, "", 0, [], {})


@pytest.fixture
def tongyuan(sheets):
    return enter_stated(sheet=SHEET, by=SETUP, at=AT)


def values_of(sheet: object) -> set[str]:
    """Every text and number that the sheet holds, as text."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        else:
            found.add(str(value))

    walk(plain(sheet))
    return found


def facts_of(row: models.Model, skip: set[str]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in skip or value in EMPTY:
            continue
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        found += [(field.name, part) for part in parts if part not in EMPTY]
    return found


def test_every_fact_that_was_entered_stands_in_the_sheet(tongyuan):
    known = values_of(SHEET)
    rows = [tongyuan, *FundSource.objects.all(), *Allocation.objects.all(), *Statement.objects.all()]
    invented = [
        (type(row).__name__, name, value)
        for row in rows
        for name, value in facts_of(row, OF_THE_ENTRY[type(row)])
        if str(value) not in known and name not in {"allocated_cents"}
    ]
    assert invented == []
    assert len(rows) > 40


def test_the_check_would_find_something_invented(tongyuan):
    tongyuan.beneficiaries = 1200
    assert ("beneficiaries", 1200) in facts_of(tongyuan, OF_THE_ENTRY[Project])
    assert "1200" not in values_of(SHEET)


def test_every_fact_keeps_the_place_it_was_taken_from(tongyuan):
    assert all(statement.reference for statement in Statement.objects.all())
    named = set(tongyuan.references)
    filled = {name for name, _ in facts_of(tongyuan, OF_THE_ENTRY[Project])} - {"unit_name"}
    assert filled <= named
    numbers = {
        number
        for text in [*tongyuan.references.values(), *Statement.objects.values_list("reference", flat=True)]
        for number in text.split(",")
    }
    assert {f"S{number}" for number in range(141, 160) if number != 150} <= numbers
    assert all(number.startswith("S") and 1 <= int(number[1:]) <= 159 for number in numbers)


def test_what_is_not_stated_stays_empty_and_is_named(tongyuan):
    for name in (
        "starts_on",
        "ends_on",
        "beneficiaries",
        "budget_cents",
        "approved_on",
        "accepted_on",
        "closed_on",
    ):
        assert getattr(tongyuan, name) is None
        assert name in tongyuan.not_stated
    assert not BudgetLine.objects.exists()
    assert not Receipt.objects.exists()
    assert not Expenditure.objects.exists()
    assert not tongyuan.acceptances.exists()
    assert not tongyuan.audits.exists()


def test_paid_out_is_handed_down_and_not_spent(tongyuan):
    assert money_of(tongyuan).total == Account(6_000_000, 6_000_000, 0, 0, 0)
    handed = Allocation.objects.get()
    assert (handed.on, handed.order_number, handed.from_level) == (None, "", "")
    assert handed.entered == "stated"


def test_the_claims_are_kept_as_claims(tongyuan):
    whole = Statement.objects.get(point="self_score")
    part = Statement.objects.get(point="performance_part")
    assert (whole.claimed_points, whole.of_points, whole.grade) == (10000, 10000, "优")
    assert (part.claimed_points, part.of_points, part.share_percent) == (6000, 6000, 60)


def test_the_counts_are_those_of_the_report(tongyuan):
    def count(**what):
        return Statement.objects.filter(**what).count()

    assert (len(tongyuan.themes), len(tongyuan.general_goals)) == (2, 5)
    assert count(layer="programme", kind="experience") == 5
    assert count(layer="programme", kind="problem") == 3
    assert count(layer="programme", kind="measure") == 5
    assert count(kind="annex") == 9
    levels = list(Statement.objects.filter(kind="opinion").values_list("level", "on"))
    assert levels == [(level, None) for level in ("community", "street", "district", "city", "province")]


def test_no_course_is_faked(tongyuan):
    moves = list(Passage.objects.filter(case=tongyuan.case).order_by("number").values_list("move", "place"))
    assert moves == [("open", ""), ("enter_stated", "")]
    assert tongyuan.case.step == "stated"


def test_the_same_sheet_again_changes_nothing(tongyuan):
    before = (
        Statement.objects.count(),
        Passage.objects.count(),
        Allocation.objects.count(),
        Region.objects.count(),
    )
    assert enter_stated(sheet=SHEET, by=SETUP, at=moment(3, 3)) == tongyuan
    after = (
        Statement.objects.count(),
        Passage.objects.count(),
        Allocation.objects.count(),
        Region.objects.count(),
    )
    assert after == before


def test_a_community_whose_code_is_not_stated_gets_a_reserved_one(tongyuan):
    assert Region.objects.get(pk="530113001901").stands == "reserved"


def test_what_a_report_states_is_never_counted(tongyuan):
    assert {measure.word: measure.population().count() for measure in MEASURES} == {
        measure.word: 0 for measure in MEASURES
    }


def test_not_everybody_may_enter_a_past_project(sheets, village):
    with pytest.raises(Said) as caught:
        enter_stated(sheet=SHEET, by=village.actor("sun"), at=AT)
    assert caught.value.code == "people.no_right"
    with pytest.raises(Said) as caught:
        enter_stated(sheet=SHEET, by=village.actor("qu"), at=AT)
    assert caught.value.code == "people.other_place"


def test_texts_have_both_languages():
    texts = [
        *(claim.text for claim in SHEET.claims),
        *(remark.text for remark in SHEET.statements),
        *(opinion.text for opinion in SHEET.opinions),
    ]
    assert all(isinstance(text, Both) and text.zh and text.en for text in texts)
