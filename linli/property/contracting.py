"""Contracts with property companies and professional bodies: signing, notice of the end, the end, handing over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Estate, Region
from linli.property import numbering
from linli.property.models import Contract, ContractEvent, HandoverItem
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import act, append

KEEP = "property.keep"
# Who ends it, and by which rule the other side must be told beforehand.
NOTICE_RULES = {
    "owners_end": "property.owners_notice_days",
    "company_refuses": "property.company_notice_days",
}


@dataclass(frozen=True)
class Terms:
    """What was signed. Area in hundredths of a square metre; the fee in fen (see ``Contract``)."""

    subject: str
    signed_on: date
    from_on: date
    to_on: date
    fee_cents: int
    terms: str
    kind: str = "property"
    area_centiares: int | None = None
    private_terms: str = ""


@dataclass(frozen=True)
class Parties:
    """Who signed for which ground; ``client`` is the owners' committee or the residents' committee."""

    company: Organisation
    region: Region
    client: Organisation | None = None
    estate: Estate | None = None


@act
def sign(
    *, parties: Parties, terms: Terms, by: Actor, at: datetime, paper: Document | None = None
) -> Contract:
    """Enter a contract as signed; the last day to refuse its renewal is counted by the rule (民法典 art. 947)."""
    region = parties.region
    by.require(KEEP, region.code)
    _require_sound(parties, terms)
    found = rule("property.company_notice_days", place=region.code, on=terms.signed_on)
    contract = Contract.objects.create(
        number=numbering.number(region, timezone.localdate(at)), kind=terms.kind, region=region,
        estate=parties.estate, company=parties.company, client=parties.client, subject=terms.subject.strip(),
        area_centiares=terms.area_centiares, fee_cents=terms.fee_cents, terms=terms.terms.strip(),
        private_terms=terms.private_terms.strip(), signed_on=terms.signed_on, from_on=terms.from_on,
        to_on=terms.to_on, notice_by=terms.to_on - timedelta(days=int(found.value)),
        notice_rule=found.source, paper=paper, at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "number": contract.number,
        "company": parties.company.key,
        "kind": terms.kind,
        "area": terms.area_centiares,
        "fee": terms.fee_cents,
        "from": terms.from_on.isoformat(),
        "to": terms.to_on.isoformat(),
    }
    append(region=region.code, kind="property.contract", row_key=contract.number, content=content, at=at)
    return contract


def _require_sound(parties: Parties, terms: Terms) -> None:
    if terms.kind not in ("property", "professional"):
        raise Said("property.contract_kind", field="kind")
    if terms.kind == "property" and parties.estate is None:
        raise Said("property.contract_estate", field="estate")
    if not terms.subject.strip():
        raise Said("property.contract_subject", field="subject")
    if terms.to_on < terms.from_on or terms.signed_on > terms.to_on:
        raise Said("property.contract_dates", field="to_on")
    if terms.fee_cents < 0:
        raise Said("property.contract_fee", field="fee")
    if terms.area_centiares is not None and terms.area_centiares <= 0:
        raise Said("property.contract_area", field="area")


@act
def give_notice(
    *, contract: Contract, side: str, effect_on: date, reason: str, by: Actor, at: datetime
) -> ContractEvent:
    """Record the written notice of a side that the contract ends: ``owners_end`` or ``company_refuses``.

    民法典 art. 946: owners who dismiss the company tell it 60 days before; art. 947: a company that does not renew
    tells 90 days before. A later notice is recorded and marked as not timely; it is not refused, for it was given.
    """
    _require_party(contract, by)
    if side not in NOTICE_RULES:
        raise Said("property.notice_side", field="side")
    if not reason.strip():
        raise Said("property.reason_missing", field="reason")
    _require_running(contract)
    today = timezone.localdate(at)
    days = numbering.whole(NOTICE_RULES[side], region=contract.region_id, on=today)
    if effect_on < today:
        raise Said("property.effect_passed", field="effect_on")
    is_timely = effect_on >= today + timedelta(days=days)
    return _event(contract, side, effect_on, is_timely, reason, by, at)


@act
def renew(*, contract: Contract, followed_by: Contract, by: Actor, at: datetime) -> ContractEvent:
    """Name the contract that follows this one, with the same company and no gap asked for."""
    by.require(KEEP, contract.region_id)
    if followed_by.company_id != contract.company_id or followed_by.from_on <= contract.from_on:
        raise Said("property.not_a_renewal", field="followed_by")
    _require_running(contract)
    return _event(contract, "renewed", followed_by.from_on, True, "", by, at, followed_by)


@act
def end(*, contract: Contract, effect_on: date, reason: str, by: Actor, at: datetime) -> ContractEvent:
    """The contract ends on a day: by the notice given, by agreement or by a court. Its last day is ``effect_on``."""
    by.require(KEEP, contract.region_id)
    if not reason.strip():
        raise Said("property.reason_missing", field="reason")
    _require_running(contract)
    timely = not contract.events.filter(kind__in=NOTICE_RULES, is_timely=False).exists()
    return _event(contract, "ended", effect_on, timely, reason, by, at)


@dataclass(frozen=True)
class Handed:
    """A line to be handed over: what, how many, whole, worn or missing."""

    what: str
    count: int
    state: str
    note: str = ""


@act
def hand_over(
    *, contract: Contract, lines: Sequence[Handed], taken_by: str, on: date, by: Actor, at: datetime
) -> list[HandoverItem]:
    """Write the handover list (民法典 art. 949: the leaving company hands over premises, facilities and papers)."""
    by.require(KEEP, contract.region_id)
    if not contract.events.filter(kind__in=["ended", *NOTICE_RULES]).exists() and on <= contract.to_on:
        raise Said("property.handover_too_early", field="on")
    if contract.events.filter(kind="handed_over").exists():
        raise Said("property.handed_over_already")
    if not lines or any(
        not line.what.strip() or line.state not in ("whole", "worn", "missing") for line in lines
    ):
        raise Said("property.handover_lines", field="lines")
    if not taken_by.strip():
        raise Said("property.taken_by_missing", field="taken_by")
    rows = HandoverItem.objects.bulk_create(
        [
            HandoverItem(
                contract=contract, what=line.what.strip(), count=line.count, state=line.state, note=line.note,
                taken_by=taken_by.strip(), on=on, at=at, actor=by.actor_word,
            )
            for line in lines
        ]
    )  # fmt: skip
    _event(contract, "handed_over", on, True, "", by, at)
    return rows


def _require_party(contract: Contract, by: Actor) -> None:
    """The parties themselves, or who keeps the register."""
    own = by.organisation_id is not None and by.organisation_id in (contract.company_id, contract.client_id)
    if not (own and by.may("property.own")):
        by.require(KEEP, contract.region_id)


def _require_running(contract: Contract) -> None:
    if contract.events.filter(kind="ended").exists():
        raise Said("property.ended_already", number=contract.number)


def _event(
    contract: Contract, kind: str, effect_on: date, timely: bool, reason: str, by: Actor, at: datetime,
    renewed_by: Contract | None = None,
) -> ContractEvent:  # fmt: skip
    today = timezone.localdate(at)
    row = ContractEvent.objects.create(
        contract=contract, kind=kind, on=today, effect_on=effect_on, is_timely=timely, reason=reason.strip(),
        renewed_by=renewed_by, at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "number": contract.number,
        "kind": kind,
        "on": today.isoformat(),
        "effect": effect_on.isoformat(),
        "timely": timely,
    }
    append(
        region=contract.region_id,
        kind="property.contract_event",
        row_key=f"{contract.number}#{row.pk}",
        content=content,
        at=at,
    )
    return row
