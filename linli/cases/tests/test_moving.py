"""A case moves only along its procedure, by who may, and leaves passages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.cases.deadlines import explanation
from linli.cases.handling import attach, escalate_overdue, open_parts, rate
from linli.cases.models import Case, Hold, Passage
from linli.cases.moving import MoveWords, advance, moves_for
from linli.cases.opening import Opening, open_case
from linli.cases.tests.procedure import publish_trial
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.records.keeping import keep
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, MINGHE

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(village):
    opening = Opening(
        procedure=publish_trial(),
        subject="trial",
        title="试行",
        region=village.helin,
        channel="portal",
        person=village.person("wang"),
    )
    return open_case(opening=opening, by=village.resident("wang"), at=BEGIN)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


def test_opening_numbers_holds_and_enters_the_ledger(case, village):
    assert case.number.startswith("HL-2026-") and str(case.pk) not in case.number.split("-")[2]
    assert (case.step, case.hold_post, case.hold_place) == ("filed", "clerk", HELIN)
    assert case.step_due_on == date(2026, 1, 7) and case.due_on is None
    assert Case.objects.in_hands_of(village.actor("limin")).get() == case
    assert LedgerEntry.objects.filter(kind="cases.passage").count() == 1 and verify().ok


def test_accepting_starts_the_clock_and_goes_up_to_the_street(case, village):
    advance(case, "accept", by=village.actor("limin"), at=BEGIN + HOUR)
    assert (case.step, case.hold_post, case.hold_place) == ("review", "street_assistance", MINGHE)
    assert case.due_on == date(2026, 1, 19), "ten working days from 6 January 2026"
    assert Case.objects.in_hands_of(village.actor("zha")).get() == case
    assert not Case.objects.in_hands_of(village.actor("limin")).exists()
    assert Notice.objects.get().template == "case.accepted"


def test_what_may_not_be_done_is_refused_and_leaves_no_trace(case, village):
    clerk, street, before = village.actor("limin"), village.actor("zha"), Passage.objects.count()
    refused("cases.not_from_here", lambda: advance(case, "grant", by=street, at=BEGIN))
    refused("cases.not_open_to", lambda: advance(case, "accept", by=village.actor("wangli"), at=BEGIN))
    refused("cases.not_open_to", lambda: advance(case, "accept", by=village.resident("chen"), at=BEGIN))
    refused("cases.unknown_move", lambda: advance(case, "vanish", by=clerk, at=BEGIN))
    advance(case, "accept", by=clerk, at=BEGIN)
    refused("cases.needs_verb", lambda: advance(case, "grant", by=street, at=BEGIN))
    refused("cases.opinion_missing", lambda: advance(case, "ask", by=street, at=BEGIN))
    refused(
        "cases.papers_missing",
        lambda: advance(case, "refuse", by=street, at=BEGIN, words=MoveWords(opinion="不符合")),
    )
    refused(
        "cases.moved_meanwhile",
        lambda: advance(case, "ask", by=street, at=BEGIN, words=MoveWords("缺收据", seen=1)),
    )
    assert Passage.objects.count() == before + 1 and case.passages_count == 2


def test_the_named_verb_makes_its_move_and_closes(case, village):
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    advance(
        case, "grant", by=village.actor("zha"), at=BEGIN + DAY, words=MoveWords(verb="test.decision.grant")
    )
    assert (case.outcome, case.closed_on, case.hold_post) == ("granted", date(2026, 1, 6), "")
    refused("cases.closed", lambda: advance(case, "withdraw", by=village.resident("wang"), at=BEGIN + DAY))
    assert moves_for(case, village.resident("wang")) == ()


def test_waiting_for_the_applicant_stops_the_clock(case, village):
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    advance(case, "ask", by=village.actor("zha"), at=BEGIN + DAY, words=MoveWords("缺住院收据"))
    assert case.is_paused and not case.is_overdue(date(2026, 3, 1))
    advance(case, "supply", by=village.resident("wang"), at=BEGIN + 3 * DAY)
    hold = Hold.objects.get()
    assert (hold.from_on, hold.to_on) == (date(2026, 1, 6), date(2026, 1, 8))
    due = explanation(case, on=date(2026, 1, 8))
    assert due is not None and due.on == case.due_on == date(2026, 1, 22), "three held working days"


def test_an_extension_says_how_long_and_why(case, village):
    street = village.actor("zha")
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    refused(
        "cases.extension_missing",
        lambda: advance(case, "extend", by=street, at=BEGIN, words=MoveWords("要核查")),
    )
    advance(case, "extend", by=street, at=BEGIN, words=MoveWords("要核查", extend_days=5))
    assert case.due_on == date(2026, 1, 26)


def test_sub_cases_of_other_bodies_hold_the_answer_back(case, village):
    street, manager = village.actor("zha"), village.actor("ma")
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    advance(case, "involve", by=street, at=BEGIN)
    (part,) = open_parts(case=case, move="involve", by=street, at=BEGIN)
    assert part.person_id is None and Case.objects.in_hands_of(manager).get() == part
    grant = MoveWords(verb="test.decision.grant")
    refused("cases.parts_open", lambda: advance(case, "grant", by=street, at=BEGIN, words=grant))
    advance(part, "answer", by=manager, at=BEGIN, words=MoveWords("已修好"))
    advance(case, "grant", by=street, at=BEGIN, words=grant)
    assert case.outcome == "granted"


def test_the_clock_escalates_once_as_an_ordinary_move(case, village):
    assert escalate_overdue(by=CLOCK, at=BEGIN + 3 * DAY) == 0, "one day of grace"
    assert escalate_overdue(by=CLOCK, at=BEGIN + 5 * DAY) == 1
    assert escalate_overdue(by=CLOCK, at=BEGIN + 5 * DAY) == 0
    case.refresh_from_db()
    assert (case.step, case.hold_post) == ("late", "street_officer")


def test_papers_open_the_move_that_needs_them(case, village):
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    street = village.actor("zha")
    document = keep(
        content="不予救助决定".encode(), name="决定.txt", kind="decision", region=HELIN, data_class="P2",
        retain_until=date(2036, 1, 1), by=street, at=BEGIN,
    )  # fmt: skip
    attach(case=case, document=document, kind="decision", by=street, at=BEGIN)
    advance(case, "refuse", by=street, at=BEGIN, words=MoveWords("收入超过标准"))
    assert case.outcome == "refused"


def test_rating_is_for_the_person_served_once_after_closing(case, village):
    wang = village.resident("wang")
    refused("cases.rating_too_early", lambda: rate(case=case, stars=5, by=wang, at=BEGIN))
    advance(case, "withdraw", by=wang, at=BEGIN)
    refused("cases.rating_not_yours", lambda: rate(case=case, stars=5, by=village.actor("limin"), at=BEGIN))
    refused("cases.rating_range", lambda: rate(case=case, stars=6, by=wang, at=BEGIN))
    rate(case=case, stars=4, by=wang, at=BEGIN)
    refused("cases.rating_twice", lambda: rate(case=case, stars=5, by=wang, at=BEGIN))


def test_who_sees_the_case(case, village):
    def sees(actor):
        return Case.objects.visible_to(actor).filter(pk=case.pk).exists()

    allowed = {"limin", "sun", "he", "jie"}
    for login in village.actors:
        actor = village.actor(login)
        if actor.post != "resident":
            assert sees(actor) is (login in allowed), login
    assert sees(village.resident("wang")) and not sees(village.resident("chen"))
    advance(case, "accept", by=village.actor("limin"), at=BEGIN)
    assert sees(village.actor("zha")), "in hand now"


def test_passages_are_never_edited(case):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Passage.objects.update(move="other")


def test_opening_and_moving_stay_within_their_query_budget(case, village, django_assert_max_num_queries):
    clerk = village.actor("limin")
    with django_assert_max_num_queries(20):
        advance(case, "accept", by=clerk, at=BEGIN)
    edition = case.procedure
    opening = Opening(edition, "trial", "试行", village.helin, "counter", village.person("chen"))
    with django_assert_max_num_queries(20):
        open_case(opening=opening, by=clerk, at=BEGIN)
