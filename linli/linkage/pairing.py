"""Pairing with a unit: the agreement, what was done, the yearly look back, the end; and the regional platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from linli.cases.opening import next_number
from linli.ground.said import Said
from linli.linkage.models import ACTIVITIES, Pairing, PairingActivity, PairingReview, PlatformMember
from linli.notices.leaving import leave
from linli.notices.models import Notice
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region
from linli.records.models import Document
from linli.trail.writing import act, append

KEEP = "linkage.keep"
REVIEW_DAYS = 30


@dataclass(frozen=True)
class Agreement:
    """What was agreed: with whom, for how long, what is planned, how many activities a year."""

    partner: str
    plan: str
    planned: int
    from_on: date
    to_on: date
    paper: Document | None = None


@act
def join_platform(
    *, region: Region, name: str, kind: str, by: Actor, at: datetime, offers: str = "",
    organisation: Organisation | None = None,
) -> PlatformMember:  # fmt: skip
    """Enter a unit as a member of the community's regional party platform. One that is in already stays."""
    by.require(KEEP, region.code)
    if not name.strip():
        raise Said("linkage.name_missing", field="name")
    known = PlatformMember.objects.filter(region=region, name=name.strip(), to_on=None).first()
    if known is not None:
        return known
    row = PlatformMember.objects.create(
        region=region, name=name.strip(), kind=kind, offers=offers.strip(), organisation=organisation,
        from_on=timezone.localdate(at), actor=by.actor_word,
    )  # fmt: skip
    content = {"region": region.code, "kind": kind, "from": row.from_on.isoformat()}
    append(region=region.code, kind="linkage.platform_member", row_key=row.pk, content=content, at=at)
    return row


@act
def pair(
    *, region: Region, organisation: Organisation, agreement: Agreement, by: Actor, at: datetime
) -> Pairing:
    """Enter a pairing agreement. One community and one partner have one running pairing."""
    by.require(KEEP, region.code)
    if not agreement.partner.strip() or not agreement.plan.strip():
        raise Said("linkage.partner_and_plan", field="partner")
    if agreement.to_on < agreement.from_on:
        raise Said("linkage.term_order", field="to_on")
    if agreement.planned < 1:
        raise Said("linkage.planned_missing", field="planned")
    today = timezone.localdate(at)
    running = Pairing.objects.filter(region=region, partner=agreement.partner.strip(), ended_on=None)
    if running.filter(to_on__gte=agreement.from_on).exists():
        raise Said("linkage.paired_already", partner=agreement.partner)
    row = Pairing.objects.create(
        key=next_number(region, today.year), region=region, organisation=organisation, partner=agreement.partner.strip(),
        plan=agreement.plan.strip(), planned=agreement.planned, agreement=agreement.paper, from_on=agreement.from_on,
        to_on=agreement.to_on, at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "key": row.key,
        "from": row.from_on.isoformat(),
        "to": row.to_on.isoformat(),
        "planned": row.planned,
    }
    append(region=region.code, kind="linkage.pairing", row_key=row.key, content=content, at=at)
    return row


@dataclass(frozen=True)
class Held:
    """An activity as it was held."""

    kind: str
    title: str
    on: date
    people: int
    result: str


@act
def hold_activity(*, pairing: Pairing, held: Held, by: Actor, at: datetime) -> PairingActivity:
    """Write what the pairing did, on a day of its term that is not still to come."""
    by.require(KEEP, pairing.region_id)
    if held.kind not in ACTIVITIES:
        raise Said("linkage.activity_kind", field="kind")
    if not held.title.strip() or not held.result.strip():
        raise Said("linkage.activity_words", field="title")
    last = min(pairing.ended_on or pairing.to_on, timezone.localdate(at))
    if not pairing.from_on <= held.on <= last:
        raise Said("linkage.activity_day", field="on", first=pairing.from_on, last=last)
    row = PairingActivity.objects.create(
        pairing=pairing, kind=held.kind, title=held.title.strip(), on=held.on, people=held.people,
        result=held.result.strip(), at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {"pairing": pairing.key, "kind": row.kind, "on": row.on.isoformat(), "people": row.people}
    append(
        region=pairing.region_id,
        kind="linkage.activity",
        row_key=f"{pairing.key}#{row.pk}",
        content=content,
        at=at,
    )
    return row


@act
def review(*, pairing: Pairing, words: str, by: Actor, at: datetime, next_plan: str = "") -> PairingReview:
    """Look back on the year that ends today: planned and held are counted from the records, the words are added."""
    by.require(KEEP, pairing.region_id)
    if not words.strip():
        raise Said("linkage.review_words", field="words")
    today = timezone.localdate(at)
    done = pairing.activities.filter(on__gt=today - timedelta(days=365), on__lte=today)
    row = PairingReview.objects.create(
        pairing=pairing, on=today, planned=pairing.planned, held=done.count(),
        people=done.aggregate(sum=Sum("people"))["sum"] or 0, words=words.strip(), next_plan=next_plan.strip(),
        at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "pairing": pairing.key,
        "on": today.isoformat(),
        "planned": row.planned,
        "held": row.held,
        "people": row.people,
    }
    append(
        region=pairing.region_id,
        kind="linkage.review",
        row_key=f"{pairing.key}#{row.pk}",
        content=content,
        at=at,
    )
    return row


@act
def end_pairing(*, pairing: Pairing, on: date, reason: str, by: Actor, at: datetime) -> Pairing:
    """End a pairing before its term, with the reason."""
    by.require(KEEP, pairing.region_id)
    if not reason.strip():
        raise Said("linkage.reason_missing", field="reason")
    if pairing.ended_on is not None:
        raise Said("linkage.ended_already")
    pairing.ended_on, pairing.end_reason = on, reason.strip()
    pairing.save(update_fields=["ended_on", "end_reason"])
    content = {"key": pairing.key, "on": on.isoformat()}
    append(region=pairing.region_id, kind="linkage.pairing_end", row_key=pairing.key, content=content, at=at)
    return pairing


@act
def remind_reviews(*, by: Actor, at: datetime) -> int:
    """Tell the party secretary of pairings that ran a year without a look back, once a year each."""
    today = timezone.localdate(at)
    told = 0
    for pairing in Pairing.objects.review_due(on=today):
        link = f"pairing:{pairing.key}:{today.year}"
        if Notice.objects.filter(template="linkage.review_due", link=link).exists():
            continue
        values = {"partner": pairing.partner, "due": today + timedelta(days=REVIEW_DAYS)}
        post = ("party_secretary", pairing.region_id)
        leave(template="linkage.review_due", values=values, link=link, to_post=post, by=by, at=at)
        told += 1
    return told
