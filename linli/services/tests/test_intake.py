"""Filing at the portal and at the counter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case
from linli.finding.models import Indexed
from linli.finding.searching import matching_keys
from linli.notices.models import Notice
from linli.people.actors import SETUP
from linli.people.entering import enter_person
from linli.records.keeping import keep
from linli.records.models import Document
from linli.services.answering import read_answers
from linli.services.intake import Agent, Entry, Paper, file_application, withdraw
from linli.services.models import Application
from linli.services.prefilling import known_answers
from linli.services.tests.counter import (
    APPLICATION,
    EVENT,
    PHOTO,
    READ_BACK,
    RELIEF,
    refused,
    relief,
    village,
)
from linli.trail.models import AuditEntry, LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
MEDIATION = {"other_side": "楼上邻居", "dispute_kind": "neighbours", "story": "漏水", "phone": "13900000001"}


def filing(village, answers=None, **changes):
    wanted = {
        "item": "temporary_assistance", "applicant": village.person("wang"), "answers": RELIEF if answers is None else answers, "papers": [],
        "channel": "portal", "by": village.resident("wang"), "at": BEGIN, **changes,
    }  # fmt: skip
    return lambda: file_application(**wanted)


def test_filing_opens_a_case_with_answers_papers_notice_and_ledger(village):
    application = relief(village)
    case = application.case
    assert (case.subject, case.step, case.hold_post, case.data_class) == (
        "temporary_assistance",
        "filed",
        "clerk",
        "P2",
    )
    assert case.step_due_on == date(2026, 1, 7) and case.due_on is None
    assert (
        application.requested_cents == 200000 and application.household_size == 1 and application.needs_visit
    )
    assert sorted(case.papers.values_list("kind", flat=True)) == ["application", "event_proof"]
    assert set(Document.objects.values_list("person_key", flat=True)) == {village.person("wang").key}
    assert Notice.objects.get(to_person=village.person("wang")).template == "case.received"
    assert (
        LedgerEntry.objects.filter(kind="services.application", row_key=case.number).exists() and verify().ok
    )


def test_sensitive_answers_are_sealed_and_in_no_log(village):
    application = relief(village)
    kept = Application.objects.values_list("answers", flat=True).get()
    assert "13900000001" not in str(kept) and "6222021234567890123" not in str(kept)
    assert (
        application.answer("phone") == "13900000001"
        and application.answer("account") == "6222021234567890123"
    )
    assert application.answer("amount") == 200000 and application.answer("nothing") is None
    trail = str(list(AuditEntry.objects.values())) + str(list(LedgerEntry.objects.values()))
    for secret in ("13900000001", "6222021234567890123", "起火", "402室"):
        assert secret not in trail


def test_filing_costs_at_most_twenty_queries(village):
    by, person = village.resident("wang"), village.person("wang")
    filing(
        village, by=village.resident("mu"), applicant=village.person("mu")
    )()  # editions parsed, heads made
    with CaptureQueriesContext(connection) as seen:
        file_application(
            item="temporary_assistance",
            applicant=person,
            answers=RELIEF,
            papers=[],
            channel="portal",
            by=by,
            at=BEGIN,
        )
    queries = [
        query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]
    ]  # the test's own transaction
    assert len(queries) <= 20, "\n".join(query[:120] for query in queries)


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({"phone": ""}, "phone", "services.answer_missing"),
        ({"phone": "12345"}, "phone", "services.answer_phone"),
        ({"household_size": "两"}, "household_size", "services.answer_number"),
        ({"household_size": "0"}, "household_size", "services.answer_below"),
        ({"household_size": "99"}, "household_size", "services.answer_above"),
        ({"amount": "很多"}, "amount", "services.answer_money"),
        ({"amount": "-5"}, "amount", "services.answer_money"),
        ({"amount": "200000"}, "amount", "services.answer_above"),
        ({"reason": "poverty"}, "reason", "services.answer_choice"),
        ({"story": "长" * 1001}, "story", "services.answer_long"),
        ({"religion": "无"}, "religion", "services.answer_not_asked"),
    ],
)
def test_a_faulty_answer_names_its_field(village, answers, field, code):
    said = refused(code, filing(village, answers={**RELIEF, **answers}))
    assert said.field == field
    assert not Case.objects.exists()


def test_a_door_can_show_all_faults_at_once(village):
    sheet = relief(village).sheet
    faults = read_answers(sheet, {"phone": "1", "reason": "x"}).faults
    assert {fault.field for fault in faults} == {"phone", "reason", "household_size", "address", "story"}


def test_an_identity_number_is_checked_and_sealed(village):
    old = {"identity": "11010519491231002x", "phone": "13900000002", "address": "3号楼", "account": "6222"}
    wanted = {
        "item": "old_age_allowance",
        "applicant": village.person("zhao"),
        "by": village.resident("zhao"),
    }
    bad = {**old, "identity": "110105194912310021"}
    assert refused("services.answer_identity", filing(village, answers=bad, **wanted)).field == "identity"
    application = filing(village, answers=old, **wanted)()
    assert application.answer("identity") == "11010519491231002X"
    assert "11010519491231002X" not in str(application.answers)


def test_unmet_conditions_are_refused_kindly(village):
    said = refused("services.condition_unmet", filing(village, entry=Entry(conditions={"hardship": False})))
    assert said.field == "hardship" and "最低生活保障" in said.values["instead"].zh
    refused("services.condition_unmet", filing(village, entry=Entry(conditions={"other_help": True})))
    young = {"item": "old_age_allowance", "answers": {}}
    assert refused("services.condition_unmet", filing(village, **young)).field == "age"


def test_an_unknown_age_is_asked(village):
    person = enter_person(name="无生日", community=village.helin, by=SETUP, at=BEGIN)
    limin = {"by": village.actor("limin"), "channel": "counter", "applicant": person, "answers": {}}
    refused("services.answer_missing", filing(village, item="old_age_allowance", entry=READ_BACK, **limin))
    told = Entry(read_back=True, conditions={"age": False})
    refused("services.condition_unmet", filing(village, item="old_age_allowance", entry=told, **limin))


def test_known_facts_need_not_be_typed_again(village):
    sheet = relief(village).sheet
    known = {answer.code: answer for answer in known_answers(sheet, village.person("wang"))}
    assert known["phone"].value == "13900000001" and known["household_size"].value == "1"
    assert known["address"].value and known["phone"].source.code == "services.known_from_register"
    assert "story" not in known
    assert "household_size" not in {answer.code for answer in known_answers(sheet, village.person("mu"))}


def test_residents_file_for_themselves_wards_and_with_a_mandate(village):
    chen, wang = village.resident("chen"), village.person("wang")
    refused("services.not_yours_to_file", filing(village, by=chen))
    ward = enter_person(
        name="小宝", community=village.helin, by=SETUP, at=BEGIN, guardian=village.person("chen")
    )
    assert filing(village, by=chen, applicant=ward)().case.person == ward
    refused(
        "services.mandate_missing", filing(village, by=chen, agent=Agent(village.person("chen"), "written"))
    )
    kept = keep(
        content=PHOTO,
        name="委托书.pdf",
        kind="mandate",
        region=HELIN,
        data_class="P2",
        retain_until=None,
        by=chen,
        at=BEGIN,
    )
    agent = Agent(village.person("chen"), "written", paper=kept)
    application = filing(village, by=chen, agent=agent)()
    assert (application.agent, application.mandate, application.is_assisted) == (
        village.person("chen"),
        "written",
        False,
    )
    assert application.case.person == wang


def test_the_counter_enters_for_others_and_reads_back(village):
    limin = village.actor("limin")
    refused("services.read_back_missing", filing(village, by=limin, channel="counter"))
    application = filing(village, by=limin, channel="counter", entry=READ_BACK)()
    assert (
        application.is_assisted
        and application.assisted_by == limin.actor_word
        and application.read_back_at == BEGIN
    )
    refused(
        "people.other_place", filing(village, by=village.actor("wangli"), channel="counter", entry=READ_BACK)
    )
    refused(
        "services.not_yours_to_file",
        filing(village, by=village.actor("wu"), channel="counter", entry=READ_BACK),
    )


def test_filing_is_refused_where_the_item_does_not_allow_it(village):
    refused("services.channel_closed", filing(village, channel="pigeon"))
    refused("services.unknown_material", filing(village, papers=[Paper("diary", "x.pdf", b"x")]))
    wanted = {"item": "library_card", "answers": {}, "urgent": True}
    refused("services.not_urgent", filing(village, **wanted))
    stranger = enter_person(name="路过", community=None, by=SETUP, at=BEGIN)
    refused("services.no_community", filing(village, applicant=stranger))
    here = Entry(read_back=True, region=village.helin)
    assert (
        filing(
            village, applicant=stranger, by=village.actor("limin"), channel="counter", entry=here
        )().case.region_id
        == HELIN
    )


def test_one_open_application_for_relief_is_enough(village):
    number = relief(village).case.number
    assert refused("services.already_open", filing(village)).values["number"] == number


def test_the_applicant_withdraws_and_may_apply_again(village):
    application = relief(village)
    refused(
        "cases.not_open_to", lambda: withdraw(application=application, by=village.actor("limin"), at=BEGIN)
    )
    withdraw(application=application, by=village.resident("wang"), at=BEGIN)
    assert application.case.outcome == "withdrawn"
    refused("cases.closed", lambda: withdraw(application=application, by=village.resident("wang"), at=BEGIN))
    assert relief(village, at=BEGIN + timedelta(hours=1)).case.step == "filed"


def test_only_those_it_concerns_see_it_and_find_it_by_name(village):
    relief(village)
    seen = [
        login for login in ("wang", "chen", "limin", "wangli", "zha", "jie", "yang", "qu", "shen", "yunwei", "wu")
        if Application.objects.visible_to(village.actor(login)).exists()
    ]  # fmt: skip
    assert seen == ["wang", "limin", "jie"]
    limin = village.actor("limin")
    found = Case.objects.visible_to(limin).filter(
        pk__in=matching_keys("cases.case", "王桂兰", inside=limin.place)
    )
    assert found.count() == 1
    assert (
        not Case.objects.visible_to(village.actor("wangli"))
        .filter(pk__in=matching_keys("cases.case", "王桂兰"))
        .exists()
    )


def test_a_mediation_request_is_sealed_p3(village):
    application = filing(village, item="mediation_application", answers=MEDIATION)()
    assert application.case.data_class == "P3" and application.case.hold_post == "mediator"
    seen = [
        login for login in ("wang", "feng", "limin", "sun", "jie", "zha")
        if Application.objects.visible_to(village.actor(login)).exists()
    ]  # fmt: skip
    assert seen == ["wang", "feng"]
    indexed = Indexed.objects.get(kind="cases.case", key=str(application.case_id))
    assert indexed.data_class == "P3"
    assert not Indexed.objects.matching("漏水").exists() and not Indexed.objects.matching("楼上邻居").exists()


def test_papers_handed_in_at_filing_are_kept_for_the_years_of_the_rule(village):
    relief(village, papers=[APPLICATION, EVENT])
    assert set(Document.objects.values_list("retain_until", flat=True)) == {date(2031, 1, 5)}
