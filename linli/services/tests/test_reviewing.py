"""Handlers' relatives, drawn second looks, yearly reviews of monthly benefits; passing on by purpose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.disclosure.models import Publication
from linli.people.actors import CLOCK
from linli.services import reviewing
from linli.services.decision import accept, grant
from linli.services.formulas import drawn, next_anniversary
from linli.services.kinship import declare_relative, end_relative
from linli.services.models import Grant, Kinship, Review
from linli.services.passing import shown_to
from linli.services.paying import pay
from linli.services.tests import walking
from linli.services.tests.counter import refused, village
from linli.services.tests.test_every_item import SHEETS
from linli.services.tests.test_other_items import allowance
from linli.services.tests.test_relief import granted
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
DAY = timedelta(days=1)


def monthly(village):
    application = allowance(village)
    qu = village.actor("qu")
    grant(application=application, cents=5000, by=qu, at=BEGIN + 2 * DAY)
    pay(
        application=application,
        cents=5000,
        paid_on=date(2026, 1, 7),
        reference="1月",
        by=qu,
        at=BEGIN + 2 * DAY,
    )
    return application


def test_a_handler_declares_relatives_and_may_not_decide_on_them(village):
    zha, wang = village.actor("zha"), village.person("wang")
    given = {"relative": wang, "relation": "姨母", "place": village.helin, "by": zha, "at": BEGIN}
    refused("services.kinship_relation", lambda: declare_relative(**{**given, "relation": " "}))
    refused("services.kinship_self", lambda: declare_relative(**{**given, "relative": village.person("zha")}))
    row = declare_relative(**given)
    refused("services.kinship_there", lambda: declare_relative(**given))
    refused("services.own_relative", lambda: granted(village))
    refused("services.kinship_self", lambda: end_relative(kinship=row, by=village.actor("limin"), at=BEGIN))
    end_relative(kinship=row, by=zha, at=BEGIN)
    assert Kinship.objects.get().ended_on == BEGIN.date()


def test_a_month_s_grants_are_drawn_relatives_first_and_recountably(village):
    application = granted(village)
    declare_relative(
        relative=village.person("wang"),
        relation="姐",
        place=village.helin,
        by=village.actor("limin"),
        at=BEGIN,
    )
    drawing = {"region": village.helin, "month": date(2026, 1, 1), "by": village.actor("qu")}
    refused("services.month_not_over", lambda: reviewing.draw(**drawing, at=BEGIN))
    rows = reviewing.draw(**drawing, at=BEGIN + 40 * DAY)
    assert [(row.why, row.of) for row in rows] == [("relative", application)]
    assert reviewing.draw(**drawing, at=BEGIN + 41 * DAY) == []
    assert rows[0].case.hold_post == "street_assistance" and verify().ok


def test_the_draw_is_a_share_rounded_up_in_a_fixed_order():
    numbers = [f"HL-2026-{n:03d}" for n in range(25)]
    assert len(drawn(numbers, 10, "2026-01-01")) == 3 and drawn(numbers, 0, "x") == set()
    assert drawn(numbers, 10, "2026-01-01") == drawn(numbers[::-1], 10, "2026-01-01")
    assert drawn(numbers, 10, "2026-01-01") != drawn(numbers, 10, "2026-02-01")
    assert next_anniversary(date(2024, 2, 29), date(2025, 1, 1)) == date(2025, 2, 28)
    assert next_anniversary(date(2026, 1, 7), date(2026, 3, 1)) == date(2027, 1, 7)


def test_a_monthly_benefit_is_reviewed_each_year_once(village):
    monthly(village)
    assert reviewing.open_yearly(by=CLOCK, at=BEGIN + 200 * DAY) == 0
    assert reviewing.open_yearly(by=CLOCK, at=BEGIN + 350 * DAY) == 1
    assert reviewing.open_yearly(by=CLOCK, at=BEGIN + 351 * DAY) == 0
    row = Review.objects.get()
    assert (row.why, row.period, row.due_on) == ("yearly", date(2027, 1, 7), date(2027, 1, 7))
    assert (
        not reviewing.overdue(date(2027, 1, 7)).exists() and reviewing.overdue(date(2027, 1, 8)).get() == row
    )
    zha = village.actor("zha")
    at = BEGIN + 360 * DAY
    refused(
        "services.reason_missing", lambda: reviewing.continue_benefit(review=row, reason=" ", by=zha, at=at)
    )
    reviewing.continue_benefit(review=row, reason="仍符合条件", by=zha, at=at)
    assert (row.result, row.case.outcome) == ("continue", "continued")
    assert reviewing.open_yearly(by=CLOCK, at=BEGIN + 715 * DAY) == 1


def test_a_stopped_benefit_is_paid_no_more_and_says_how_to_object(village):
    application = monthly(village)
    reviewing.open_yearly(by=CLOCK, at=BEGIN + 350 * DAY)
    row = Review.objects.get()
    at = BEGIN + 360 * DAY
    refused(
        "services.review_same_person",
        lambda: reviewing.stop_benefit(review=row, reason="去世", by=village.actor("qu"), at=at),
    )
    reviewing.stop_benefit(review=row, reason="已经去世", by=village.actor("zha"), at=at)
    assert "行政复议" in row.case.passages.get(number=row.case.passages_count).opinion.text
    refused("services.benefit_stopped", lambda: pay(
        application=application, cents=5000, paid_on=date(2027, 1, 20), reference="x", by=village.actor("qu"),
        at=BEGIN + 400 * DAY))  # fmt: skip
    assert reviewing.open_yearly(by=CLOCK, at=BEGIN + 715 * DAY) == 0


def test_an_adjusted_benefit_is_paid_at_the_new_amount(village):
    application = walking.file(village, SHEETS["disability_living_subsidy"])
    walking.walk(village, application)
    reviewing.open_yearly(by=CLOCK, at=BEGIN + 360 * DAY)
    row, at = Review.objects.get(), BEGIN + 361 * DAY
    zha = village.actor("zha")
    refused("services.not_competent", lambda: reviewing.adjust_benefit(
        review=row, cents=20000, reason="提标", by=zha, at=at))  # fmt: skip
    assert not Grant.objects.filter(case=row.case).exists()
    reviewing.stop_benefit(review=row, reason="条件变化", by=zha, at=at)
    assert row.result == "stop"


def test_titles_of_publications_differ_and_stay_masked(village):
    first = granted(village)
    title = Publication.objects.about(f"case:{first.case.number}").get().title
    assert title == "临时救助公示：王**，2026-01-07"


def test_an_office_sees_what_its_part_needs(village):
    application = walking.file(village, SHEETS["minimum_living_allowance"])
    sheet, case = application.sheet, application.case
    everything = {question.code for question in sheet.questions()}
    assert shown_to(sheet, case, village.actor("limin")).questions == everything
    assert shown_to(sheet, case, village.resident("zhao")).questions == everything
    seen = shown_to(sheet, case, village.actor("yang")).questions
    assert "address" in seen and not {"account", "income_monthly"} & seen
    assert "account" in shown_to(sheet, case, village.actor("qu")).questions
    assert shown_to(sheet, case, village.actor("ma")).questions == frozenset()


def test_acceptance_finds_the_household(village):
    application = walking.file(village, SHEETS["minimum_living_allowance"], who="wang")
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    assert application.household is not None and application.household.number == "HL-0001"
