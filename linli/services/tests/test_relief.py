"""Temporary assistance from filing to payment, and every way it is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.cases.handling import escalate_overdue, rate
from linli.cases.models import Hold
from linli.cases.moving import MoveWords, advance
from linli.disclosure.models import Publication
from linli.disclosure.objecting import answer_objection, object_to
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.rulebook.publishing import publish_rule
from linli.rulebook.reading import rule
from linli.services.decision import accept, grant, refuse
from linli.services.erasing import erase_answers, erase_expired
from linli.services.intake import take_papers
from linli.services.models import Application, Grant, Payment, Visit
from linli.services.paying import pay
from linli.services.supplementing import ask_supplement, supply
from linli.services.tests.counter import APPLICATION, EVENT, refused, relief, village
from linli.services.visiting import Seen, visit
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, MINGHE

pytestmark = pytest.mark.django_db
__all__ = ["village"]
STREET = "services.temporary_assistance.street_ceiling"
DISTRICT = "services.temporary_assistance.district_ceiling"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = Seen(visitors=["杨格", "孙立春"], found="灶台烧毁，情况属实。", agrees=True, neighbours_asked=2)


def accepted(village, **more):
    application = relief(village, **more)
    return accept(application=application, by=village.actor("limin"), at=BEGIN + HOUR)


def visited(village, **more):
    application = accepted(village, **more)
    visit(application=application, seen=SEEN, by=village.actor("yang"), at=BEGIN + DAY)
    return application


def granted(village, cents=200000):
    application = visited(village)
    grant(
        application=application, cents=cents, by=village.actor("zha"), at=BEGIN + 2 * DAY, opinion="符合条件"
    )
    return application


def paying(village, application, **changes):
    wanted = {
        "cents": 200000,
        "paid_on": date(2026, 1, 8),
        "reference": "ZF-1",
        "at": BEGIN + 3 * DAY,
        **changes,
    }
    return lambda: pay(application=application, by=village.actor("zha"), **wanted)


def test_accepting_starts_the_promised_limit(village):
    application = accepted(village)
    case = application.case
    assert (case.step, case.due_on, case.clock_from) == ("visiting", date(2026, 1, 19), date(2026, 1, 5))
    assert application.household.number == "HL-0001"
    assert Notice.objects.filter(template="case.accepted").exists()


def test_missing_papers_must_be_told_before_accepting(village):
    application = relief(village, papers=[])
    said = refused(
        "services.papers_lacking",
        lambda: accept(application=application, by=village.actor("limin"), at=BEGIN),
    )
    assert [name.zh for name in said.values["papers"]] == ["申请书或申请表", "困难情况材料（单据、照片等）"]


def test_missing_papers_are_told_once_completely_and_the_clock_stands_still(village):
    application, limin = relief(village, papers=[APPLICATION]), village.actor("limin")

    def telling(missing, **more):
        return lambda: ask_supplement(application=application, missing=missing, by=limin, at=BEGIN, **more)

    refused("services.nothing_missing", telling([]))
    refused("services.unknown_material", telling(["diary"]))
    said = refused("services.told_incompletely", telling(["identity"]))
    assert [name.zh for name in said.values["papers"]] == ["困难情况材料（单据、照片等）"]
    supplement = telling(["event_proof"], opinion="请补现场照片")()
    assert supplement.due_on == date(2026, 1, 19) and application.case.is_paused
    assert Hold.objects.get().to_on is None
    notice = Notice.objects.get(template="case.supplement")
    assert notice.values["count"] == 1
    wang = village.resident("wang")
    refused(
        "services.still_lacking",
        lambda: supply(application=application, papers=[APPLICATION], by=wang, at=BEGIN),
    )
    refused("services.unknown_material", lambda: supply(
        application=application, papers=[EVENT, replace(EVENT, code="diary")], by=wang, at=BEGIN))  # fmt: skip
    supply(application=application, papers=[EVENT], by=wang, at=BEGIN + 2 * DAY)
    assert application.case.step == "filed" and Hold.objects.get().to_on == date(2026, 1, 7)
    refused(
        "services.nothing_told", lambda: supply(application=application, papers=[EVENT], by=wang, at=BEGIN)
    )
    refused("services.told_already", telling(["event_proof"]))
    again = telling(["event_proof"], new_fact="照片打不开")()
    assert again.number == 2


def test_an_overdue_acceptance_goes_to_the_street(village):
    application = relief(village)
    assert escalate_overdue(by=CLOCK, at=BEGIN + 7 * DAY) == 1
    application.case.refresh_from_db()
    assert (application.case.step, application.case.hold_place) == ("reminded", MINGHE)


def test_a_visit_takes_two_people_and_words(village):
    application, yang = accepted(village), village.actor("yang")
    for seen, code in (
        (replace(SEEN, visitors=["杨格"]), "services.visitors_few"),
        (replace(SEEN, visitors=["杨格", "杨格 "]), "services.visitors_few"),
        (replace(SEEN, found=" "), "services.visit_empty"),
    ):
        refused(code, lambda seen=seen: visit(application=application, seen=seen, by=yang, at=BEGIN))
    refused(
        "people.no_right",
        lambda: visit(application=application, seen=SEEN, by=village.actor("limin"), at=BEGIN),
    )
    visit(application=application, seen=SEEN, by=yang, at=BEGIN)
    assert application.case.step == "auditing" and Visit.objects.get().neighbours_asked == 2
    assert LedgerEntry.objects.filter(kind="services.visit").exists()
    refused("services.not_now", lambda: visit(application=application, seen=SEEN, by=yang, at=BEGIN))


def test_a_grant_is_published_masked_and_goes_on_to_payment(village):
    application = granted(village)
    publication = Publication.objects.about(f"case:{application.case.number}").get()
    text = json.dumps([publication.title, publication.body], ensure_ascii=False)
    assert "王**" in text and "2,000.00元" in text and "突发事件" in text
    for secret in ("桂兰", "139", "6222", "402", "起火", "安和苑"):
        assert secret not in text
    assert publication.until_on >= date(2026, 1, 22) and publication.region_id == application.case.region_id
    assert (application.decision, application.case.step) == ("granted", "paying")
    row = Grant.objects.get()
    assert (row.cents, row.cycle, row.post) == (
        200000,
        "once",
        "street_assistance",
    ) and row.ceiling == rule(STREET, place=MINGHE, on=row.on)
    assert Notice.objects.filter(template="case.decided").exists() and verify().ok


def test_above_the_ceiling_the_street_reports_to_the_district(village):
    application, zha, qu = visited(village), village.actor("zha"), village.actor("qu")
    said = refused(
        "services.above_ceiling", lambda: grant(application=application, cents=300001, by=zha, at=BEGIN + DAY)
    )
    assert said.values["ceiling"].fen == 300000
    assert not Grant.objects.exists() and Application.objects.get().decision == ""
    advance(
        application.case,
        "report_up",
        by=zha,
        at=BEGIN + DAY,
        words=MoveWords(opinion="超过街道额度，建议同意。"),
    )
    assert application.case.hold_post == "district_civil"
    refused(
        "services.above_ceiling", lambda: grant(application=application, cents=3000001, by=qu, at=BEGIN + DAY)
    )
    row = grant(application=application, cents=300001, by=qu, at=BEGIN + DAY)
    assert row.ceiling == rule(DISTRICT, place=MINGHE, on=row.on)


def test_the_ceiling_is_the_rule_of_the_place_on_that_day(village):
    publish_rule(
        code="services.temporary_assistance.street_ceiling", value=100000, source="明河街道所在区规定", jurisdiction="990101000000",
        valid_from=date(2026, 1, 7), by=CLOCK, at=BEGIN, operator="at_most",
    )  # fmt: skip
    application, zha = visited(village), village.actor("zha")
    refused(
        "services.above_ceiling",
        lambda: grant(application=application, cents=200000, by=zha, at=BEGIN + 2 * DAY),
    )
    assert grant(application=application, cents=200000, by=zha, at=BEGIN + DAY).cents == 200000


def test_a_grant_is_refused_without_right_sum_or_distance(village):
    application = visited(village)
    for login, cents, code in (("limin", 100, "people.no_right"), ("zha", 0, "services.amount_missing")):
        refused(code, lambda login=login, cents=cents: grant(
            application=application, cents=cents, by=village.actor(login), at=BEGIN + DAY))  # fmt: skip
    own = replace(village.actor("zha"), person_id=village.person("wang").pk)
    refused(
        "services.own_application", lambda: grant(application=application, cents=100, by=own, at=BEGIN + DAY)
    )
    bare = replace(village.actor("zha"), place=MINGHE, post="district_civil")
    refused("cases.not_open_to", lambda: grant(application=application, cents=100, by=bare, at=BEGIN + DAY))


def test_the_grant_move_needs_its_verb(village):
    application = visited(village)
    refused(
        "cases.needs_verb",
        lambda: advance(application.case, "grant", by=village.actor("zha"), at=BEGIN + DAY),
    )


def test_a_refusal_says_why_and_where_to_object(village):
    application, zha = visited(village), village.actor("zha")
    refused(
        "services.reason_missing", lambda: refuse(application=application, reason=" ", by=zha, at=BEGIN + DAY)
    )
    refuse(application=application, reason="不属于突发困难", by=zha, at=BEGIN + DAY)
    opinion = application.case.passages.order_by("-number").first().opinion
    assert opinion.text.startswith("不属于突发困难") and "行政复议" in opinion.text and opinion.is_public
    assert (application.case.outcome, application.decision) == ("refused", "refused")
    assert not Publication.objects.exists()


def test_not_accepting_is_a_refusal_with_reason(village):
    application = relief(village)
    refuse(application=application, reason="户籍和居住地都不在本区", by=village.actor("limin"), at=BEGIN)
    assert application.case.outcome == "not_accepted"


def test_payment_closes_the_case_and_is_kept_for_good(village):
    application = granted(village)
    payment = paying(village, application)()
    assert application.case.outcome == "granted" and application.case.closed_on == date(2026, 1, 8)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(cents=1)
    rate(case=application.case, stars=5, by=village.resident("wang"), at=BEGIN + 4 * DAY)
    assert verify().ok


def test_payment_is_refused_where_it_does_not_fit(village):
    application = visited(village)
    refused("services.nothing_granted", paying(village, application))
    grant(application=application, cents=200000, by=village.actor("zha"), at=BEGIN + 2 * DAY)
    refused("services.reference_missing", paying(village, application, reference=" "))
    refused("services.paid_on_wrong", paying(village, application, paid_on=date(2026, 1, 6)))
    refused("services.paid_on_wrong", paying(village, application, paid_on=date(2026, 1, 9)))
    refused("services.paid_too_much", paying(village, application, cents=200001))
    refused("services.paid_too_much", paying(village, application, cents=0))
    paying(village, application, cents=50000)()
    assert application.case.step == "paying"
    refused("services.reference_used", paying(village, application, cents=50000))
    refused("people.no_right", lambda: pay(
        application=application, cents=1, paid_on=date(2026, 1, 8), reference="x", by=village.actor("limin"),
        at=BEGIN + 3 * DAY))  # fmt: skip
    paying(village, application, cents=150000, reference="ZF-2")()
    assert application.case.closed_on is not None


def test_an_open_objection_holds_the_payment(village):
    application = granted(village)
    publication = Publication.objects.get()
    objection = object_to(
        publication=publication,
        text="他家有房出租",
        channel="portal",
        by=village.resident("chen"),
        at=BEGIN + 2 * DAY,
    )
    refused("services.objection_open", paying(village, application))
    answer_objection(
        objection=objection,
        outcome="dismissed",
        text="核实后不属实。",
        by=village.actor("zha"),
        at=BEGIN + 3 * DAY,
    )
    assert paying(village, application)().cents == 200000


def test_urgent_help_comes_first_and_papers_later(village):
    application = relief(village, papers=[], urgent=True)
    assert application.case.grade == "urgent" and application.case.limit_days == 1
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    assert (application.case.step, application.case.due_on) == ("helping_first", date(2026, 1, 6))
    zha = village.actor("zha")
    grant(application=application, cents=100000, by=zha, at=BEGIN + HOUR)
    pay(
        application=application,
        cents=100000,
        paid_on=date(2026, 1, 5),
        reference="JJ-1",
        by=zha,
        at=BEGIN + HOUR,
    )
    assert application.case.step == "papers_later"
    visit(application=application, seen=SEEN, by=village.actor("yang"), at=BEGIN + DAY)
    limin = village.actor("limin")
    complete = MoveWords(opinion="材料补齐")
    refused(
        "cases.papers_missing",
        lambda: advance(application.case, "complete", by=limin, at=BEGIN + DAY, words=complete),
    )
    take_papers(application.case, [APPLICATION, EVENT], limin, BEGIN + DAY)
    advance(application.case, "complete", by=limin, at=BEGIN + DAY, words=complete)
    assert application.case.outcome == "granted"


def test_old_answers_are_erased_and_the_trail_stays(village):
    application = granted(village)
    paying(village, application)()
    assert erase_expired(by=CLOCK, at=BEGIN + 3 * 365 * DAY) == 0
    assert erase_expired(by=CLOCK, at=BEGIN + 6 * 365 * DAY) == 1
    application.refresh_from_db()
    assert application.answers == {} and application.decision == "granted" and Visit.objects.get().found == ""
    assert Grant.objects.get().cents == 200000 and verify().ok
    refused(
        "people.no_right",
        lambda: erase_answers(application=application, by=village.actor("limin"), at=BEGIN, reason="x"),
    )
