"""Old-age allowance, proofs, library cards, handing a dispute over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.moving import MoveWords, advance
from linli.disclosure.models import Publication
from linli.people.actors import SETUP
from linli.people.entering import enter_person
from linli.services.cards import issue_card
from linli.services.decision import accept, amount_due, grant, refuse
from linli.services.handing import hand_over
from linli.services.intake import Paper, file_application
from linli.services.models import Application, Certificate, LibraryCard, ProofRefusal
from linli.services.paying import pay
from linli.services.proofs import issue_proof, refuse_proof, verified
from linli.services.tests.counter import PHOTO, READ_BACK, refused, village
from linli.trail.models import AuditEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
DAY = timedelta(days=1)
ELDER = {
    "identity": "11010519491231002X",
    "phone": "13900000002",
    "address": "安和苑3号楼",
    "account": "6222021234567890123",
}


def filed(village, item, who, answers, **more):
    return file_application(
        item=item, applicant=village.person(who), answers=answers, papers=more.pop("papers", []),
        channel=more.pop("channel", "portal"), by=more.pop("by", village.resident(who)), at=BEGIN, **more,
    )  # fmt: skip


def allowance(village):
    application = filed(
        village, "old_age_allowance", "zhao", ELDER, papers=[Paper("bank_card", "卡.pdf", PHOTO)]
    )
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    advance(application.case, "report_up", by=village.actor("zha"), at=BEGIN + DAY)
    return application


def test_the_allowance_follows_age_by_rule_and_is_paid_monthly(village):
    application, qu = allowance(village), village.actor("qu")
    refused(
        "services.amount_by_rule",
        lambda: grant(application=application, cents=6000, by=qu, at=BEGIN + 2 * DAY),
    )
    row = grant(application=application, cents=5000, by=qu, at=BEGIN + 2 * DAY)
    assert row.cycle == "monthly" and row.ceiling is None
    body = str(Publication.objects.get().body)
    assert "赵**" in body and "达到规定年龄" in body and "1949" not in body

    def paying(on, cents, reference):
        return lambda: pay(
            application=application, cents=cents, paid_on=on, reference=reference, by=qu, at=BEGIN + 60 * DAY
        )

    paying(date(2026, 1, 20), 5000, "1月")()
    assert application.case.outcome == "granted"
    refused("services.paid_too_much", paying(date(2026, 1, 25), 5000, "1月补"))
    assert paying(date(2026, 2, 20), 5000, "2月")().cents == 5000


def test_a_centenarian_gets_the_higher_amount_and_the_unknown_age_is_checked(village):
    application, qu = allowance(village), village.actor("qu")
    person = application.case.person
    person.birth_year = 1925
    person.save()
    assert grant(application=application, cents=30000, by=qu, at=BEGIN + 2 * DAY).cents == 30000
    other = Application.objects.get()
    assert other.case.person is not None
    other.case.person.birth_year = None
    refused(
        "services.too_young",
        lambda: amount_due(other, BEGIN.date()),
    )


def test_a_listed_proof_is_issued_numbered_and_verifiable(village):
    application = filed(
        village, "community_proof", "wang", {"proof_kind": "residence_fact", "used_for": "学校"}
    )
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    sun = village.actor("sun")
    refused(
        "services.proof_unchecked",
        lambda: issue_proof(application=application, checked=" ", by=sun, at=BEGIN),
    )
    certificate = issue_proof(application=application, checked="上门核对", by=sun, at=BEGIN)
    assert "王桂兰" in certificate.body and "禾邻社区" in certificate.body
    assert certificate.valid_to == date(2026, 4, 5) and application.case.outcome == "granted"
    assert verified(certificate.number.lower(), certificate.check_code.lower()) == certificate
    assert (
        verified(certificate.number, "00000000") is None
        and verified("HL-2026-00000", certificate.check_code) is None
    )
    assert Certificate.objects.visible_to(village.resident("wang")).exists()
    assert not Certificate.objects.visible_to(village.resident("mu")).exists() and verify().ok


def test_each_of_the_twenty_blocked_proofs_names_its_department(village):
    sheet = filed(village, "community_proof", "wang", {"proof_kind": "moved_in", "used_for": "单位"}).sheet
    assert len(sheet.blocked) == 20
    for proof in sheet.blocked:
        said = refused(
            "services.proof_blocked",
            lambda code=proof.code: filed(
                village, "community_proof", "wang", {"proof_kind": code, "used_for": "单位"}
            ),
        )
        assert (
            said.field == "proof_kind"
            and said.values["department"] == proof.department
            and proof.department.zh
        )


def test_a_refused_proof_is_counted_without_a_name(village):
    limin = village.actor("limin")
    row = refuse_proof(
        item="community_proof", kind="marital_status", region=village.helin, by=limin, at=BEGIN
    )
    assert row.kind == "marital_status" and ProofRefusal.objects.count() == 1
    for kind in ("residence_fact", "anything"):
        refused("services.proof_not_blocked", lambda kind=kind: refuse_proof(
            item="community_proof", kind=kind, region=village.helin, by=limin, at=BEGIN))  # fmt: skip
    refused("people.no_right", lambda: refuse_proof(
        item="community_proof", kind="birth", region=village.helin, by=village.actor("wu"), at=BEGIN))  # fmt: skip


def test_an_unlisted_proof_is_no_choice(village):
    refused(
        "services.answer_choice",
        lambda: filed(village, "community_proof", "wang", {"proof_kind": "good_character", "used_for": "x"}),
    )


def test_a_proof_can_be_refused_after_checking(village):
    application = filed(
        village, "community_proof", "wang", {"proof_kind": "residence_fact", "used_for": "学校"}
    )
    refuse(application=application, reason="上门核对不在此居住", by=village.actor("limin"), at=BEGIN)
    assert application.case.outcome == "refused"
    other = filed(village, "library_card", "wang", {})
    refused(
        "services.proof_unlisted",
        lambda: issue_proof(application=other, checked="x", by=village.actor("sun"), at=BEGIN),
    )


def test_a_library_card_is_issued_on_the_spot_once(village):
    shu = village.actor("shu")
    card = issue_card(application=filed(village, "library_card", "chen", {}), by=shu, at=BEGIN)
    assert card.valid_to == date(2031, 1, 5) and card.case.outcome == "granted"
    refused(
        "services.card_there",
        lambda: issue_card(application=filed(village, "library_card", "chen", {}), by=shu, at=BEGIN),
    )
    assert LibraryCard.objects.visible_to(village.resident("chen")).count() == 1


def test_a_child_needs_the_guardian(village):
    child = enter_person(
        name="小雨点",
        community=village.helin,
        by=SETUP,
        at=BEGIN,
        guardian=village.person("chen"),
        birth_year=2016,
    )
    application = file_application(
        item="library_card", applicant=child, answers={}, papers=[], channel="counter", by=village.actor("shu"), at=BEGIN,
        entry=READ_BACK,
    )  # fmt: skip
    shu = village.actor("shu")
    refused("services.guardian_missing", lambda: issue_card(application=application, by=shu, at=BEGIN))
    assert issue_card(application=application, by=shu, at=BEGIN, guardian_agreed=True).guardian_agreed


def test_a_dispute_is_handed_over_and_leaves_the_word_of_what_it_became(village):
    told = {"other_side": "楼上", "dispute_kind": "neighbours", "story": "漏水", "phone": "13900000001"}
    application, feng = filed(village, "mediation_application", "wang", told), village.actor("feng")
    accept(application=application, by=feng, at=BEGIN)
    refused(
        "services.handed_to_missing", lambda: hand_over(application=application, to=" ", by=feng, at=BEGIN)
    )
    hand_over(application=application, to="organisation:helin-committee", by=feng, at=BEGIN)
    assert application.case.outcome == "handed_over"
    entry = AuditEntry.objects.get(verb="services.handing.hand_over")
    assert entry.facts == {"to": "organisation:helin-committee"} and entry.data_class == "P3"
    assert (
        Application.objects.of(village.person("wang")).for_item("mediation_application").get() == application
    )


def test_a_plain_move_passes_a_case_up_but_not_around_a_verb(village):
    application = allowance(village)
    refused("cases.needs_verb", lambda: advance(
        application.case, "grant", by=village.actor("qu"), at=BEGIN, words=MoveWords(opinion="同意")))  # fmt: skip
