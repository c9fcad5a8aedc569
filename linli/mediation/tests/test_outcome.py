"""Agreements, performance, revisits, the court's deadline, ending and sealing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from linli.cases.models import Case
from linli.finding.models import Indexed
from linli.ground.said import Said
from linli.mediation.agreeing import Promise, Terms, draft, reach_orally
from linli.mediation.agreeing import sign as sign_agreement
from linli.mediation.confirming import ask_court, countdown, record_court
from linli.mediation.ending import close, extend, fail, stop
from linli.mediation.models import Agreement, Instalment, Mediation, Statement
from linli.mediation.parties import ask_to_stop, state
from linli.mediation.performing import perform, remind_due, revisit
from linli.mediation.sealing import open_sealed
from linli.mediation.statistics import figures
from linli.mediation.tests.table import (
    AT,
    TERMS,
    accepted,
    day,
    drafted,
    feng,
    held,
    in_force,
    party,
    staff,
)
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.records.keeping import keep
from linli.trail.models import AuditEntry, LedgerEntry
from tests.cast import HELIN, Village

pytestmark = pytest.mark.django_db


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def test_numbers_run_by_community_and_year_without_gaps(published: None, village: Village) -> None:
    first = drafted(village)
    assert first.number == "（示例省禾邻社区）人民调解〔2026〕第001号"
    assert drafted(village).number == "（示例省禾邻社区）人民调解〔2026〕第002号"
    again = draft(mediation=first.mediation, terms=TERMS, by=feng(village), at=later(1))
    assert again.number == first.number
    assert again.copies == 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"facts": " "}, "mediation.facts_missing"),
        ({"terms": ("",)}, "mediation.terms_missing"),
        ({"performance": ""}, "mediation.performance_missing"),
        ({"amount_cents": 1}, "mediation.promise_sum"),
        ({"promises": (Promise("钱", 1, 1, day(1)),)}, "mediation.promise_parties"),
        ({"promises": (Promise("钱", 1, 7, day(1)),)}, "mediation.promise_parties"),
        ({"promises": (Promise("钱", 1, 2, day(1), 0),)}, "mediation.promise_empty"),
    ],
)
def test_an_agreement_says_what_the_law_asks(
    published: None, village: Village, changed: dict[str, Any], code: str
) -> None:
    mediation = accepted(village)
    held(village, mediation)
    terms = Terms(**{**TERMS.__dict__, **changed})
    with pytest.raises(Said) as refused:
        draft(mediation=mediation, terms=terms, by=feng(village), at=AT)
    assert refused.value.code == code


def test_the_seal_comes_last_and_only_then_is_it_in_force(published: None, village: Village) -> None:
    agreement = drafted(village)
    own = f"seat:{agreement.mediation.seats.get().pk}"
    with pytest.raises(Said) as refused:
        sign_agreement(agreement=agreement, signer="committee", way="seal", by=feng(village), at=AT)
    assert refused.value.code == "mediation.seal_comes_last"
    sign_agreement(agreement=agreement, signer="party:2", way="hand", by=village.resident("zhao"), at=AT)
    with pytest.raises(Said) as refused:
        draft(mediation=agreement.mediation, terms=TERMS, by=feng(village), at=AT)
    assert refused.value.code == "mediation.draft_signed"
    sign_agreement(agreement=agreement, signer="party:1", way="thumb", by=feng(village), at=AT)
    sign_agreement(agreement=agreement, signer=own, way="hand", by=feng(village), at=AT)
    assert Case.objects.get(pk=agreement.pk).step == "mediating"
    sign_agreement(agreement=agreement, signer="committee", way="seal", by=feng(village), at=AT)
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.effective_on, found.confirm_by) == (AT.date(), date(2026, 2, 4))
    assert Case.objects.get(pk=agreement.pk).step == "agreed"
    assert Mediation.objects.get(pk=agreement.pk).result == "written"
    assert [one.planned_on for one in found.mediation.revisits.all()] == [day(3), day(30), day(90)]


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        (date(2026, 1, 5), date(2026, 2, 4)),
        (date(2026, 1, 16), date(2026, 2, 24)),  # 15 February lies in the spring holiday
        (date(2026, 3, 5), date(2026, 4, 7)),  # 4 to 6 April: tomb-sweeping
        (date(2026, 4, 20), date(2026, 5, 20)),
    ],
)
def test_thirty_days_to_ask_the_court_end_on_a_working_day(
    published: None, effective: date, last: date
) -> None:
    assert countdown(region=HELIN, effective_on=effective).on == last


def test_the_court_is_asked_together_in_time_or_not_at_all(published: None, village: Village) -> None:
    agreement = in_force(village)
    assert agreement.confirm_by is not None
    for on in (day(-1), agreement.confirm_by + timedelta(days=1)):
        with pytest.raises(Said) as refused:
            ask_court(agreement=agreement, court="清溪区人民法院", on=on, by=feng(village), at=AT)
        assert refused.value.code == "mediation.court_too_late"
    ask_court(
        agreement=agreement, court="清溪区人民法院", on=agreement.confirm_by, by=feng(village), at=later(30)
    )
    record_court(
        agreement=agreement,
        state="confirmed",
        on=day(40),
        number="（2026）示0101民特1号",
        by=feng(village),
        at=later(40),
    )
    assert Agreement.objects.get(pk=agreement.pk).court_state == "confirmed"


def test_an_oral_agreement_is_in_force_when_reached(published: None, village: Village) -> None:
    mediation = accepted(village)
    session = held(village, mediation)
    agreement = reach_orally(mediation=mediation, session=session, terms=TERMS, by=feng(village), at=AT)
    assert (agreement.form, agreement.effective_on) == ("oral", AT.date())
    with pytest.raises(Said):
        sign_agreement(agreement=agreement, signer="party:1", way="hand", by=feng(village), at=AT)


def test_reminders_come_once_for_each_stage_and_only_to_whom_they_concern(
    published: None, village: Village
) -> None:
    in_force(village)

    def due_to() -> list[tuple[str, int]]:
        rows = Notice.objects.filter(template__in=["mediation.due", "mediation.overdue"]).order_by("pk")
        return [(one.template, one.to_person_id or 0) for one in rows]

    zhao, mediator = village.person("zhao").pk, village.person("feng").pk
    assert remind_due(by=CLOCK, at=later(1)) == 0
    remind_due(by=CLOCK, at=later(4))
    remind_due(by=CLOCK, at=later(4))
    assert due_to() == [("mediation.due", zhao)]
    remind_due(by=CLOCK, at=later(9))
    assert due_to() == [("mediation.due", zhao)] * 2
    remind_due(by=CLOCK, at=later(12))
    assert due_to()[2:] == [("mediation.overdue", zhao), ("mediation.overdue", mediator)]
    remind_due(by=CLOCK, at=later(13))
    assert len(due_to()) == 4
    remind_due(by=CLOCK, at=later(29))
    confirm = Notice.objects.filter(template="mediation.confirm").values_list("to_person_id", flat=True)
    assert set(confirm) == {zhao, village.person("wang").pk}
    assert "维修费" not in str(list(Notice.objects.values_list("values", flat=True)))


def test_performance_needs_a_proof_and_closing_asks_for_what_is_left(
    published: None, village: Village
) -> None:
    agreement = in_force(village)
    first, second = Instalment.objects.filter(agreement=agreement).select_related(
        "agreement__mediation__case"
    )
    with pytest.raises(Said) as refused:
        perform(instalment=first, on=day(5), by=feng(village), at=later(5))
    assert refused.value.code == "mediation.proof_missing"
    for on in (day(-1), day(9)):
        with pytest.raises(Said):
            perform(instalment=first, on=on, remark="见了收条", by=feng(village), at=later(5))
    proof = keep(
        content="收条".encode(), name="receipt.txt", kind="receipt", region=HELIN, data_class="P3", retain_until=None,
        by=feng(village), at=later(5),
    )  # fmt: skip
    perform(instalment=first, on=day(5), proof=proof, by=feng(village), at=later(5))
    with pytest.raises(Said) as refused:
        close(mediation=agreement.mediation, by=feng(village), at=later(6))
    assert refused.value.code == "mediation.still_open"
    perform(instalment=second, on=day(20), remark="当面付清", by=feng(village), at=later(20))
    assert Agreement.objects.get(pk=agreement.pk).performed_on == day(20)
    one = agreement.mediation.revisits.first()
    assert one is not None
    revisit(revisit=one, found="kept", text="两家和好了", way="visit", by=feng(village), at=later(21))
    closed = close(mediation=agreement.mediation, by=feng(village), at=later(22))
    assert closed.case.outcome == "performed"


def test_it_fails_is_stopped_or_prolonged_with_reasons(published: None, village: Village) -> None:
    mediation = accepted(village)
    with pytest.raises(Said):
        extend(mediation=mediation, days=31, by=feng(village), at=AT)
    assert extend(mediation=mediation, days=10, by=feng(village), at=AT).case.due_on == date(2026, 2, 14)
    with pytest.raises(Said) as refused:
        stop(mediation=mediation, reason="不谈了", by=feng(village), at=AT)
    assert refused.value.code == "mediation.nobody_stops"
    ask_to_stop(party=party(mediation, 2), by=village.resident("zhao"), at=AT)
    assert stop(mediation=mediation, reason="对方不愿再谈", by=feng(village), at=AT).case.outcome == "stopped"
    other = accepted(village)
    with pytest.raises(Said):
        fail(mediation=other, reason=" ", by=feng(village), at=AT)
    assert (
        fail(mediation=other, reason="分歧太大，已告知可以起诉", by=feng(village), at=AT).result == "failed"
    )


def closed_file(village: Village) -> Mediation:
    agreement = in_force(village)
    state(party=party(agreement.mediation, 1), text="底线是两千元", by=village.resident("wang"), at=AT)
    return close(mediation=agreement.mediation, reason="余款另行起诉", by=feng(village), at=later(60))


def test_a_closed_file_is_sealed_and_every_opening_leaves_a_trace(published: None, village: Village) -> None:
    _p, head = staff(village, "head", "侯主任", "mediation_head")
    _q, office = staff(village, "judi", "司法员", "judicial_officer")
    _r, other = staff(village, "med2", "米调", "mediator")
    mediation = closed_file(village)
    everyone = [
        feng(village),
        head,
        office,
        other,
        *(village.actor(name) for name in ("limin", "sun", "jie", "qu")),
    ]
    for by in everyone:
        assert not Mediation.objects.visible_to(by).exists()
        assert not Statement.objects.visible_to(by).exists()
        assert not Case.objects.visible_to(by).filter(pk=mediation.pk).exists()
    assert [by.post for by in everyone if Mediation.objects.sealed_for(by).exists()] == [
        "mediator", "mediation_head", "judicial_officer",
    ]  # fmt: skip
    with pytest.raises(Said) as refused:
        open_sealed(mediation=mediation, purpose="看", by=office, at=later(61))
    assert refused.value.code == "mediation.purpose_missing"
    with pytest.raises(Said):
        open_sealed(mediation=mediation, purpose="想看看旧案", by=other, at=later(61))
    for by in (feng(village), head, office):
        open_sealed(mediation=mediation, purpose="案卷质量检查", by=by, at=later(61))
    entries = AuditEntry.objects.filter(verb="mediation.open_sealed").order_by("pk")
    assert [one.facts["as"] for one in entries] == ["mediator", "head", "supervisor"]
    assert not Indexed.objects.filter(kind="cases.case", key=str(mediation.pk)).exists()
    assert LedgerEntry.objects.filter(kind="mediation.seal", row_key=mediation.case.number).count() == 1
    for number in (1, 2):
        with pytest.raises(Said) as refused:
            state(party=party(mediation, number), text="还想说", by=village.resident("wang"), at=later(61))
        assert refused.value.code == "mediation.sealed"


def test_figures_name_nobody_and_hide_small_groups(published: None, village: Village) -> None:
    closed_file(village)
    _p, head = staff(village, "head", "侯主任", "mediation_head")
    found = figures(first=day(0), last=day(90), by=head)
    assert (found.ended, found.by_result, found.median_days, found.amount_cents) == (
        1,
        {"written": 1},
        1,
        300000,
    )
    assert found.by_kind == {"neighbours": None} and set(found.by_place.values()) == {None}
    for by in (feng(village), village.actor("sun")):
        with pytest.raises(Said):
            figures(first=day(0), last=day(90), by=by)
