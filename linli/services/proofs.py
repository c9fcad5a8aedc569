"""Proofs (证明): those on the list are issued and can be verified, those on the block list are refused with the right door."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.cases.opening import next_number
from linli.ground.clock import month_later
from linli.ground.digest import commitment
from linli.ground.said import Said
from linli.ground.wording import fill
from linli.people.actors import Actor
from linli.places.models import Region, full_name
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.services.declared import KIND, item_of
from linli.services.intake import PROOF_QUESTION, blocked_proof
from linli.services.models import Application, Certificate, ProofRefusal
from linli.services.stepping import step
from linli.trail.writing import act, append

ISSUE = "services.proofs.issue_proof"


@act
def issue_proof(*, application: Application, checked: str, by: Actor, at: datetime) -> Certificate:
    """Issue the proof applied for, from the sheet's text; ``checked`` says how the fact is known (kept as opinion)."""
    case, sheet = application.case, application.sheet
    kind = str(application.answers.get(PROOF_QUESTION, ""))
    listed = next((proof for proof in sheet.listed if proof.code == kind), None)
    if listed is None or case.person is None:
        raise Said("services.proof_unlisted", field=PROOF_QUESTION)
    if not checked.strip():
        raise Said("services.proof_unchecked", field="checked")
    day = timezone.localdate(at)
    months = int(rule("services.certificate_months", place=case.region_id, on=day).value)
    blanks = {
        "name": case.person.name,
        "place": full_name(case.region),
        "day": day,
        "fact": application.answer("fact") or "",
    }
    body, salt = fill(listed.text.zh, blanks), secrets.token_hex(16)
    certificate = Certificate.objects.create(
        case=case, number=next_number(case.region, day.year), kind=kind, body=body, salt=salt,
        commitment=commitment(body, salt, settings.LINLI_DIGEST), issued_by=by.actor_word, post=by.post, issued_at=at,
        issued_on=day, valid_to=month_later(day, months),
    )  # fmt: skip
    content = {
        "number": certificate.number,
        "kind": kind,
        "text": certificate.commitment,
        "until": certificate.valid_to.isoformat(),
    }
    append(
        region=case.region_id, kind="services.certificate", row_key=certificate.number, content=content, at=at
    )
    step(case, by=by, at=at, words=MoveWords(verb=ISSUE, opinion=checked))
    return certificate


@act
def refuse_proof(*, item: str, kind: str, region: Region, by: Actor, at: datetime) -> ProofRefusal:
    """Record that a proof on the block list was asked for and refused; the burden is counted, nobody is named.

    Raises ``services.proof_not_blocked`` for any other kind.
    """
    by.require("services.file", region.code)
    guide = edition(KIND, item, timezone.localdate(at))
    if blocked_proof(item_of(guide), kind) is None:
        raise Said("services.proof_not_blocked", field=PROOF_QUESTION)
    refusal = ProofRefusal.objects.create(
        region=region,
        item=guide,
        kind=kind,
        on=timezone.localdate(at),
        at=at,
        post=by.post,
        actor=by.actor_word,
    )
    append(
        region=region.code,
        kind="services.proof_refusal",
        row_key=refusal.pk,
        content={"kind": kind, "item": str(guide)},
        at=at,
    )
    return refusal


def verified(number: str, check_code: str) -> Certificate | None:
    """The certificate of a public number, if the check code printed beside it is right; open to anybody who holds it."""
    found = Certificate.objects.filter(number=number.strip().upper()).first()
    if found is None or not secrets.compare_digest(
        found.check_code.encode(), check_code.strip().upper().encode()
    ):
        return None
    return found
