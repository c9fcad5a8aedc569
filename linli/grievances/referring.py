"""Handing a person on to a body that can help (转介): with consent, by purpose, followed up until the outcome is known."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from linli.cases.models import Case
from linli.cases.moving import tell
from linli.grievances.intake import classes_of
from linli.grievances.limits import number
from linli.grievances.models import Grievance, Referral
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.entering import give_consent
from linli.trail.writing import act, append, note

OUTCOMES = ("helped", "under_way_there", "not_eligible", "person_declined")


@act
def refer(
    *,
    grievance: Grievance,
    kind: str,
    body: str,
    purpose: str,
    has_consented: bool,
    channel: str,
    by: Actor,
    at: datetime,
) -> Referral:
    """Refer the person of a grievance to a body of a declared kind, for one purpose.

    The consent is recorded with the text that was read to the person (个人信息保护法 art. 14, 23: telling whom, what for,
    which kinds; separate consent for passing on). Raises ``grievances.nobody_to_refer``, ``grievances.no_consent``.
    """
    case = grievance.case
    by.require("grievances.handle", case.region_id)
    declared = classes_of(grievance).referral(kind)
    if case.person is None:
        raise Said("grievances.nobody_to_refer")
    if not has_consented:
        raise Said("grievances.no_consent", field="has_consented")
    if not purpose.strip():
        raise Said("grievances.purpose_missing", field="purpose")
    consent = give_consent(
        person=case.person, purpose=f"grievances.referral.{kind}", told=declared.told.zh, channel=channel,
        is_separate=True, by=by, at=at,
    )  # fmt: skip
    on = timezone.localdate(at)
    follow_up = on + timedelta(days=number("referral_follow_days", place=case.region_id, on=on))
    row = Referral.objects.create(
        grievance=grievance, kind=kind, body=body.strip() or declared.body.zh, purpose=purpose.strip(), consent=consent,
        at=at, on=on, actor=by.actor_word, follow_up_on=follow_up,
    )  # fmt: skip
    _record("grievances.refer", row, case, by, at)
    tell(case, "grievance.referred", by=by, at=at, blanks={"body": row.body, "due": row.follow_up_on})
    return row


def _record(verb: str, row: Referral, case: Case, by: Actor, at: datetime) -> None:
    content = {
        "case": case.number, "kind": row.kind, "on": row.on.isoformat(), "follow_up_on": row.follow_up_on.isoformat(),
        "outcome": row.outcome,
    }  # fmt: skip
    append(region=case.region_id, kind=verb, row_key=f"{case.number}#{row.pk}", content=content, at=at)
    note(verb=verb, kind="grievances.grievance", key=case.number, region=case.region_id, by=by, at=at,
         data_class="P3", facts={"kind": row.kind})  # fmt: skip


@act
def follow_up(*, referral: Referral, outcome: str, words: str, by: Actor, at: datetime) -> Referral:
    """Record what came of a referral. ``under_way_there`` sets the next day to ask; every other outcome ends it."""
    case = referral.grievance.case
    by.require("grievances.handle", case.region_id)
    if referral.closed_at is not None:
        raise Said("grievances.referral_closed")
    if referral.consent.withdrawn_at is not None and outcome != "person_declined":
        raise Said("grievances.consent_withdrawn", field="outcome")
    if outcome not in OUTCOMES:
        raise Said("grievances.unknown_outcome", field="outcome")
    if not words.strip():
        raise Said("grievances.reason_missing", field="words")
    on = timezone.localdate(at)
    referral.outcome, referral.note = outcome, words.strip()
    if outcome == "under_way_there":
        days = number("referral_follow_days", place=case.region_id, on=on)
        referral.follow_up_on = on + timedelta(days=days)
    else:
        referral.closed_at, referral.closed_on = at, on
    referral.save(update_fields=["outcome", "note", "follow_up_on", "closed_at", "closed_on"])
    _record("grievances.follow_up", referral, case, by, at)
    return referral
