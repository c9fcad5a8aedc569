"""Papers that follow an acceptance, commitments that stand for papers, and papers handed in once and used again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.records.models import Document
from linli.services.decision import accept
from linli.services.intake import Entry, Paper
from linli.services.measures import told_first
from linli.services.models import Application, Supplement
from linli.services.prefilling import known_answers
from linli.services.reusing import earlier_papers
from linli.services.supplementing import (
    ask_supplement,
    give_back,
    hand_in_late,
    lacking,
    return_overdue,
    supply,
)
from linli.services.tests import walking
from linli.services.tests.counter import PHOTO, refused, relief, village
from linli.services.tests.test_every_item import SHEETS
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
DAY = timedelta(days=1)
CONSENT = Paper("check_consent", "授权.pdf", PHOTO + b"consent")


def test_a_matter_is_accepted_with_the_lacking_papers_named_and_a_day(village):
    application, limin = relief(village), village.actor("limin")
    refused("services.promised_too_late", lambda: accept(
        application=application, by=limin, at=BEGIN, promised_on=date(2026, 1, 20)))  # fmt: skip
    accept(application=application, by=limin, at=BEGIN, promised_on=date(2026, 1, 8))
    row = Supplement.objects.get(is_late=True)
    assert (row.missing, row.due_on) == (["check_consent"], date(2026, 1, 8))
    assert application.case.step == "visiting" and not application.case.is_paused
    assert Notice.objects.get(template="case.late_papers").values["count"] == 1
    assert not told_first().exists()  # a promise is no telling


def test_without_a_word_the_day_is_the_rule_s(village):
    application = relief(village)
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    assert Supplement.objects.get().due_on == date(2026, 1, 19)  # ten working days


def test_papers_that_come_in_time_keep_the_promise(village):
    application = relief(village)
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    wang = village.resident("wang")
    refused(
        "services.still_lacking", lambda: hand_in_late(application=application, papers=[], by=wang, at=BEGIN)
    )
    refused(
        "services.not_yours_to_file",
        lambda: hand_in_late(application=application, papers=[CONSENT], by=village.resident("mu"), at=BEGIN),
    )
    hand_in_late(application=application, papers=[CONSENT], by=wang, at=BEGIN + DAY)
    assert Supplement.objects.get().answered_on == date(2026, 1, 6) and application.case.step == "visiting"
    assert return_overdue(by=CLOCK, at=BEGIN + 60 * DAY) == 0


def test_overdue_papers_send_the_matter_back_once(village):
    application = relief(village)
    accept(application=application, by=village.actor("limin"), at=BEGIN)
    row = Supplement.objects.get()
    refused("services.promise_runs", lambda: give_back(promised=row, by=CLOCK, at=BEGIN + DAY))
    assert return_overdue(by=CLOCK, at=BEGIN + 14 * DAY) == 0  # the last day is still in time
    assert return_overdue(by=CLOCK, at=BEGIN + 15 * DAY) == 1
    assert return_overdue(by=CLOCK, at=BEGIN + 16 * DAY) == 0
    application.case.refresh_from_db()
    assert application.case.step == "supplementing" and application.case.is_paused
    supply(application=application, papers=[CONSENT], by=village.resident("wang"), at=BEGIN + 17 * DAY)
    assert application.case.step == "filed" and not Supplement.objects.filter(answered_on=None).exists()


def test_a_telling_after_a_promise_is_the_first_telling(village):
    application, limin = relief(village), village.actor("limin")
    accept(application=application, by=limin, at=BEGIN)
    return_overdue(by=CLOCK, at=BEGIN + 15 * DAY)
    application.case.refresh_from_db()
    supply(application=application, papers=[CONSENT], by=village.resident("wang"), at=BEGIN + 17 * DAY)
    told = ask_supplement(application=application, missing=["event_proof"], by=limin, at=BEGIN + 18 * DAY)
    assert told.number == 1 and told_first().get() == told


def test_a_commitment_stands_for_its_paper_and_for_no_other(village):
    sheet = SHEETS["minimum_living_allowance"]
    bare = walking.file(village, sheet, entry=Entry(conditions={"low_income": True, "registered_here": True}))
    assert "income_promise" in lacking(bare)
    with_word = walking.file(village, SHEETS["residence_permit"])
    assert with_word.promises == ["housing_promise"] and lacking(with_word) == []
    wrong = Entry(conditions={"half_year": True}, promises=("photo",))
    refused("services.not_a_promise", lambda: walking.file(village, SHEETS["residence_permit"], entry=wrong))


def test_a_paper_handed_in_once_is_offered_again_while_valid(village):
    first, second = SHEETS["pension_claim"], SHEETS["disability_living_subsidy"]
    walking.file(village, first)
    zhao = village.person("zhao")
    offered = earlier_papers(second, zhao, BEGIN.date())
    assert set(offered) == {"bank_card"} and offered["bank_card"].until == date(2028, 1, 5)
    assert earlier_papers(second, village.person("wang"), BEGIN.date()) == {}
    assert earlier_papers(second, zhao, date(2028, 1, 6)) == {}
    kept = offered["bank_card"].document
    papers = [one for one in walking.papers(second) if one.code != "bank_card"] + [
        Paper("bank_card", document=kept)
    ]
    again = walking.file(village, second, papers=papers)
    assert again.case.papers.get(kind="bank_card").document == kept and again.reused_count == 1
    assert Document.objects.filter(kind="bank_card").count() == 1


def test_a_kept_paper_of_another_person_or_kind_is_refused(village):
    walking.file(village, SHEETS["pension_claim"])
    kept = Document.objects.get(kind="bank_card")
    sheet = SHEETS["disability_living_subsidy"]
    for who, code in (("wang", "bank_card"), ("zhao", "application")):
        paper = Paper(code, document=kept)
        said = refused("services.paper_not_yours", lambda who=who, paper=paper: walking.file(
            village, sheet, who=who, papers=[paper]))  # fmt: skip
        assert said.field == f"paper_{code}"


def test_a_paper_used_again_is_kept_as_long_as_the_newest_matter(village):
    walking.file(village, SHEETS["pension_claim"])
    kept = Document.objects.get(kind="bank_card")
    until, sheet = kept.retain_until, SHEETS["disability_living_subsidy"]
    walking.file(
        village, sheet, papers=[Paper("bank_card", document=kept)], at=BEGIN + 200 * DAY
    )  # fmt: skip
    kept.refresh_from_db()
    assert until is not None and kept.retain_until is not None and kept.retain_until > until


def test_what_one_collection_saved_is_counted(village):
    sheet = SHEETS["pension_claim"]
    known = {one.code: one.source for one in known_answers(sheet, village.person("zhao"))}
    assert known == {"phone": "register", "address": "register"}
    entry = Entry(conditions={"sixty": True}, sources={**known, "nothing": "register"})
    application = walking.file(village, sheet, entry=entry)
    row = Application.objects.get(pk=application.pk)
    assert (row.asked_count, row.prefilled_count, row.papers_count, row.reused_count) == (4, 2, 1, 0)
    assert row.sources == known
