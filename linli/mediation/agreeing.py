"""The agreement: drafted and numbered, signed and sealed, in force; or reached orally and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from linli.cases.moving import MoveWords, advance
from linli.ground import codes
from linli.ground.said import Said
from linli.mediation.confirming import countdown
from linli.mediation.formulas import agreement_number
from linli.mediation.models import Agreement, Instalment, Mediation, Party, Revisit, Session, Signature
from linli.mediation.seating import locked, noted, require_seat
from linli.mediation.sessions import write_signature
from linli.mediation.telling import sheet_of, stages_rule, tell_parties
from linli.people.actors import Actor
from linli.places.models import Region
from linli.trail.writing import act, append

VERB = "mediation.agreeing.take_effect"


@dataclass(frozen=True)
class Promise:
    """One thing promised: what, by which party to which (their numbers), until when, how many fen."""

    what: str
    debtor: int
    creditor: int
    due_on: date
    cents: int | None = None


@dataclass(frozen=True)
class Terms:
    """What the law lets an agreement state (人民调解法 art. 29): facts, matters agreed, way and deadline of performance."""

    facts: str
    terms: tuple[str, ...]
    performance: str
    promises: tuple[Promise, ...] = ()
    amount_cents: int | None = None
    is_performed_at_once: bool = False


@act
def draft(*, mediation: Mediation, terms: Terms, by: Actor, at: datetime) -> Agreement:
    """Draft a written agreement, or draft it anew while nobody has signed; the number stays the same."""
    mediation = locked(mediation)
    _may_agree(mediation, by)
    _check_terms(mediation, terms)
    known = Agreement.objects.filter(mediation=mediation).first()
    if known is not None and Signature.objects.filter(mediation=mediation, about="agreement").exists():
        raise Said("mediation.draft_signed")
    agreement = _write(mediation, "written", terms, known, at)
    noted("mediation.draft", mediation, by, at, {"number": agreement.number, "terms": len(terms.terms)})
    return agreement


@act
def reach_orally(
    *, mediation: Mediation, session: Session, terms: Terms, by: Actor, at: datetime
) -> Agreement:
    """Record an agreement that the parties reached orally (art. 28: the mediator records it; art. 30: in force at once)."""
    mediation = locked(mediation)
    _may_agree(mediation, by)
    _check_terms(mediation, terms)
    if session.mediation_id != mediation.pk or session.state != "held":
        raise Said("mediation.session_not_held", number=session.number)
    if Agreement.objects.filter(mediation=mediation).exists():
        raise Said("mediation.draft_there")
    agreement = _write(mediation, "oral", terms, None, at)
    _take_effect(agreement, mediation, by, at)
    return agreement


def _may_agree(mediation: Mediation, by: Actor) -> None:
    require_seat(mediation, by)
    if mediation.accepted_at is None:
        raise Said("mediation.not_accepted_yet")
    if mediation.result:
        raise Said("mediation.over", number=mediation.case.number)
    if not mediation.sessions.filter(state="held").exists():
        raise Said("mediation.no_session_yet")


def _check_terms(mediation: Mediation, terms: Terms) -> None:
    if not terms.facts.strip():
        raise Said("mediation.facts_missing", field="facts")
    if not any(term.strip() for term in terms.terms):
        raise Said("mediation.terms_missing", field="terms")
    if not terms.performance.strip():
        raise Said("mediation.performance_missing", field="performance")
    known = set(mediation.parties.values_list("number", flat=True))
    for promise in terms.promises:
        if promise.debtor == promise.creditor or not {promise.debtor, promise.creditor} <= known:
            raise Said("mediation.promise_parties", field="promises")
        if not promise.what.strip() or (promise.cents is not None and promise.cents <= 0):
            raise Said("mediation.promise_empty", field="promises")
    money = [promise.cents for promise in terms.promises if promise.cents is not None]
    if money and terms.amount_cents is not None and sum(money) != terms.amount_cents:
        raise Said("mediation.promise_sum", field="promises")


def _write(mediation: Mediation, form: str, terms: Terms, known: Agreement | None, at: datetime) -> Agreement:
    agreement = known or _numbered(mediation, form, at)
    agreement.facts, agreement.performance = terms.facts.strip(), terms.performance.strip()
    agreement.terms = [term.strip() for term in terms.terms if term.strip()]
    agreement.amount_cents = terms.amount_cents
    agreement.is_performed_at_once = terms.is_performed_at_once
    agreement.copies = mediation.parties.count() + 1
    agreement.drafted_at, agreement.salt = at, secrets.token_hex(16)
    agreement.save()
    _promise(agreement, mediation, terms.promises)
    return agreement


def _promise(agreement: Agreement, mediation: Mediation, promises: Sequence[Promise]) -> None:
    agreement.instalments.all().delete()
    parties = {party.number: party for party in mediation.parties.all()}
    Instalment.objects.bulk_create(
        Instalment(
            agreement=agreement, number=number, what=one.what.strip()[:200], debtor=parties[one.debtor],
            creditor=parties[one.creditor], cents=one.cents, due_on=one.due_on,
        )
        for number, one in enumerate(promises, start=1)
    )  # fmt: skip


def _numbered(mediation: Mediation, form: str, at: datetime) -> Agreement:
    """The next number of the community in the year: its region's row is the lock, so numbers have no gap and no double."""
    region, year = mediation.case.region, timezone.localdate(at).year
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    last = Agreement.objects.filter(region=region, year=year).aggregate(last=Max("sequence"))["last"] or 0
    number = agreement_number(
        sheet_of(mediation).number_form,
        province=_province(region),
        community=region.name,
        year=year,
        number=last + 1,
    )
    return Agreement(
        mediation=mediation, form=form, region=region, year=year, sequence=last + 1, number=number
    )


def _province(region: Region) -> str:
    for code in codes.ancestors(region.code):
        found = Region.objects.filter(pk=code, level="province").first()
        if found is not None:
            return found.name
    return ""


def content(agreement: Agreement) -> dict[str, object]:
    """What a signature under the agreement covers."""
    return {
        "number": agreement.number,
        "facts": agreement.facts,
        "terms": list(agreement.terms),
        "performance": agreement.performance,
        "amount": agreement.amount_cents,
        "instalments": [
            [one.number, one.what, one.debtor.number, one.creditor.number, one.due_on.isoformat(), one.cents]
            for one in agreement.instalments.select_related("debtor", "creditor")
        ],
    }


@act
def sign(*, agreement: Agreement, signer: str, way: str, by: Actor, at: datetime) -> Signature:
    """Sign the written agreement, or, last of all, set the committee's seal (signer ``committee``).

    The seal needs all parties' hands and one mediator's; with it the agreement is in force (人民调解法 art. 29) and the
    case moves on in the same transaction: exactly once, whoever is quicker.
    """
    mediation = locked(agreement.mediation)
    agreement = Agreement.objects.select_related("mediation").get(pk=mediation.pk)
    if agreement.form != "written":
        raise Said("mediation.oral_is_not_signed")
    if agreement.effective_on is not None:
        raise Said("mediation.in_force_already", number=agreement.number)
    if signer == "committee" and missing_signers(agreement) != ["committee"]:
        raise Said("mediation.seal_comes_last", field="signer")
    row = write_signature(
        mediation,
        about="agreement",
        signer=signer,
        way=way,
        content=content(agreement),
        salt=agreement.salt,
        by=by,
        at=at,
    )
    if signer == "committee":
        _take_effect(agreement, mediation, by, at)
    return row


def missing_signers(agreement: Agreement) -> list[str]:
    """Whose hand is still missing: ``party:N`` for each party (or an agent who may settle), ``mediator``, ``committee``."""
    signed = set(
        Signature.objects.filter(mediation=agreement.mediation_id, about="agreement").values_list(
            "signer", flat=True
        )
    )
    missing = [] if any(one.startswith("seat:") for one in signed) else ["mediator"]
    missing += [] if "committee" in signed else ["committee"]
    for party in (
        Party.objects.filter(mediation=agreement.mediation_id).prefetch_related("agents").order_by("number")
    ):
        settling = {
            f"agent:{one.pk}" for one in party.agents.all() if one.may_settle and one.ended_on is None
        }
        if f"party:{party.number}" not in signed and not settling & signed:
            missing.append(f"party:{party.number}")
    return missing


def _take_effect(agreement: Agreement, mediation: Mediation, by: Actor, at: datetime) -> None:
    case, day = mediation.case, timezone.localdate(at)
    due = countdown(region=case.region_id, effective_on=day)
    agreement.effective_on, agreement.effective_at, agreement.confirm_by = day, at, due.on
    agreement.performed_on = day if agreement.is_performed_at_once else None
    agreement.save(update_fields=["effective_on", "effective_at", "confirm_by", "performed_on"])
    mediation.result, mediation.ended_on = agreement.form, day
    mediation.save(update_fields=["result", "ended_on"])
    advance(mediation.case, "agree", by=by, at=at, words=MoveWords(verb=VERB))
    _plan_revisits(mediation, day)
    append(
        region=case.region_id,
        kind="mediation.agreement",
        row_key=case.number,
        content={
            "case": case.number,
            "number": agreement.number,
            "form": agreement.form,
            "on": day.isoformat(),
        },
        at=at,
    )
    for one in agreement.instalments.select_related("debtor", "creditor"):
        promised: dict[str, object] = {
            "case": case.number, "instalment": one.number, "from": one.debtor.number, "to": one.creditor.number,
            "due": one.due_on.isoformat(), "cents": one.cents,
        }  # fmt: skip
        key = f"{case.number}#{one.number}"
        append(region=case.region_id, kind="mediation.instalment", row_key=key, content=promised, at=at)
    tell_parties(mediation, "agreed", by=by, at=at, due=due.on)


def _plan_revisits(mediation: Mediation, day: date) -> None:
    stages = stages_rule("revisit_days", region=mediation.case.region_id, on=day)
    Revisit.objects.bulk_create(
        Revisit(mediation=mediation, number=number, planned_on=day + timedelta(days=days))
        for number, days in enumerate(stages, start=1)
    )
