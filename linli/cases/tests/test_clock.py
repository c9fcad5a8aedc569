"""The clock of a case: extension by another's word, stages with their lights, a new calendar with the old promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.extending import ask_extension, decide_extension
from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.recounting import recount_open
from linli.cases.stages import promises, soon_until, stages
from linli.cases.tests.sheets import publish_cooperation
from linli.cases.whistling import Whistle, blow
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.people.actors import CLOCK, SETUP
from linli.rulebook.publishing import edition, load_year
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN
from tests.counting import counted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def whistled(village):
    """A case whose promised limit (ten working days) runs, in the street's hands."""
    publish_cooperation()
    return _linked(village, "wang")


def _linked(village, login):
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)),
        subject="G99",
        title="楼道积水",
        region=village.helin,
        channel="counter",
        person=village.person(login),
    )
    case = open_case(opening=opening, by=village.actor("limin"), at=BEGIN)
    advance(case, "link", by=village.actor("limin"), at=BEGIN, words=MoveWords(verb="cases.linking.link"))
    return case


def test_an_extension_is_asked_by_the_holder_and_granted_by_the_declared_post(whistled, village):
    clerk, district = village.actor("limin"), village.actor("qu")
    passage = ask_extension(case=whistled, days=5, reason="要等检测结果", by=clerk, at=BEGIN + DAY)
    assert passage.figure == 5 and passage.opinion.text == "要等检测结果"
    assert Notice.objects.filter(template="case.extension_asked", to_post="district_civil").count() == 1
    refused(
        "cases.extension_not_yours",
        lambda: decide_extension(case=whistled, grant=True, by=village.actor("jie"), at=BEGIN + DAY),
    )
    whistled.refresh_from_db()
    assert whistled.due_on == date(2026, 1, 19), "asking moves nothing"
    decide_extension(case=whistled, grant=True, by=district, at=BEGIN + DAY)
    whistled.refresh_from_db()
    assert (whistled.due_on, whistled.extended_days) == (date(2026, 1, 26), 5)
    told = set(Notice.objects.values_list("template", flat=True))
    assert {"case.extension_granted", "case.due_changed"} <= told and verify().ok


def test_an_extension_keeps_to_the_rules(whistled, village):
    clerk, district, manager = village.actor("limin"), village.actor("qu"), village.actor("ma")

    def ask(days=5, reason="要等", by=clerk, at=BEGIN):
        return ask_extension(case=whistled, days=days, reason=reason, by=by, at=at)

    refused("cases.not_in_hand", lambda: ask(by=manager))
    refused("cases.extension_days", lambda: ask(days=16))
    refused("cases.extension_days", lambda: ask(days=0))
    refused("cases.extension_reason", lambda: ask(reason=" "))
    refused("cases.extension_late", lambda: ask(at=BEGIN + 20 * DAY))
    refused(
        "cases.extension_none", lambda: decide_extension(case=whistled, grant=True, by=district, at=BEGIN)
    )
    ask()
    refused("cases.extension_waits", ask)
    refused(
        "cases.extension_reason", lambda: decide_extension(case=whistled, grant=False, by=district, at=BEGIN)
    )
    decide_extension(case=whistled, grant=False, reason="理由不足", by=district, at=BEGIN)
    ask()
    decide_extension(case=whistled, grant=True, by=district, at=BEGIN)
    refused("cases.extension_times", ask)


def test_stages_show_gross_and_net_days_with_their_lights(village):
    publish_cooperation()
    whistle = Whistle("消防通道", "今天清理", village.helin)
    case = blow(whistle=whistle, posts=["property_manager"], by=village.actor("jie"), at=BEGIN).parts.get()
    advance(case, "report_in", by=village.actor("ma"), at=BEGIN + 3 * DAY)
    passages = list(case.passages.order_by("number"))
    with counted() as statements:
        called, on_site = stages(case, passages, on=date(2026, 1, 15))
    assert len(statements) <= 4
    assert (called.step.code, called.gross, called.net, called.working, called.light) == (
        "called",
        3,
        3,
        3,
        "red",
    )
    assert (on_site.gross, on_site.working, on_site.light) == (7, 5, "yellow"), (
        "8 to 15 January, two rest days"
    )
    assert on_site.due is not None and on_site.due.on == date(2026, 1, 15)
    assert [line.code for line in on_site.due.explanation][0] == "clock.counting_working"


def test_overdue_and_due_soon_are_lists_of_the_post_and_of_the_place_above(whistled, village):
    until = soon_until(date(2026, 1, 16), place=HELIN)
    assert until == date(2026, 1, 19), "the next working day after Friday 16 January"
    street = Case.objects.within(*village.actor("jie").span)
    assert street.due_soon(on=date(2026, 1, 16), until=until).get() == whistled
    assert Case.objects.in_hands_of(village.actor("limin")).overdue(on=date(2026, 1, 20)).get() == whistled
    assert not street.due_soon(on=date(2026, 1, 15), until=date(2026, 1, 16)).exists()


def _new_year(extra=()):
    holidays = {date(2026, 1, day): "元旦" for day in (1, 2)} | {day: "" for day in extra}
    load_year(year=2026, holidays=holidays, workdays={}, source="试", by=SETUP, at=BEGIN)


def test_a_new_calendar_moves_the_promise_and_keeps_the_old_one_readable(village):
    publish_cooperation()
    _new_year()
    case = _linked(village, "wang")
    assert (case.due_on, case.calendar) == (date(2026, 1, 19), "2026.1")
    _new_year(extra=[date(2026, 1, 12), date(2026, 1, 13)])
    assert recount_open(by=CLOCK, at=BEGIN + DAY) == 1
    case.refresh_from_db()
    assert (case.due_on, case.calendar) == (date(2026, 1, 21), "2026.2")
    first, second = promises(case, list(case.passages.order_by("number")))
    assert (first.due_on, first.calendar, first.is_current) == (date(2026, 1, 19), "2026.1", False)
    assert (second.due_on, second.calendar, second.move) == (date(2026, 1, 21), "2026.2", "recount")
    assert Notice.objects.filter(template="case.due_changed", to_person=village.person("wang")).count() == 1
    assert recount_open(by=CLOCK, at=BEGIN + DAY) == 0 and verify().ok


def test_recounting_many_takes_a_handful_of_statements(village):
    publish_cooperation()
    _new_year()
    for login in ("wang", "chen", "zhao", "mu", "wang", "chen"):
        case = _linked(village, login)
        Case.objects.filter(pk=case.pk).update(person=None)
    _new_year(extra=[date(2026, 1, 12), date(2026, 1, 13)])
    with counted() as statements:
        assert recount_open(by=CLOCK, at=BEGIN + DAY) == 6
    assert len(statements) <= 14, "\n".join(statements)
    assert set(Case.objects.values_list("due_on", flat=True)) == {date(2026, 1, 21)}


def test_a_calendar_that_moves_nothing_tells_nobody(village):
    publish_cooperation()
    _new_year()
    case = _linked(village, "wang")
    load_year(year=2027, holidays={date(2027, 1, 1): ""}, workdays={}, source="试", by=SETUP, at=BEGIN)
    assert recount_open(by=CLOCK, at=BEGIN) == 1
    assert not Notice.objects.filter(template="case.due_changed").exists()
    assert case.passages.filter(move="recount").count() == 0
