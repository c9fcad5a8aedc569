"""Sessions: planned, held with their record, signed by everybody who was there."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.ground.canonical import canonical
from linli.ground.digest import commitment
from linli.ground.said import Said
from linli.mediation.models import Agent, Mediation, Party, Seat, Session, Signature
from linli.mediation.models.dispute import PartyQuerySet
from linli.mediation.seating import locked, noted, require_party, require_seat
from linli.mediation.telling import tell_party
from linli.people.actors import Actor
from linli.trail.writing import act, append

INVITED = "guest"
WAYS = ("hand", "thumb", "seal")


@dataclass(frozen=True)
class Present:
    """Who sat there: ``role`` party, agent, mediator, recorder or guest (relative, neighbour, expert: ``capacity``)."""

    role: str
    name: str
    signer: str
    capacity: str = ""


@dataclass(frozen=True)
class Plan:
    """When and where; separate with one party, an inquiry on the spot, or all together."""

    starts_at: datetime
    place: str
    kind: str = "joint"
    party: Party | None = None
    is_open: bool = False


@act
def plan(*, mediation: Mediation, plan: Plan, by: Actor, at: datetime) -> Session:
    """Plan a session and tell those who are to come: for a separate one that party alone."""
    mediation = locked(mediation)
    require_seat(mediation, by)
    _check_plan(mediation, plan)
    session = Session.objects.create(
        mediation=mediation, number=mediation.sessions.count() + 1, kind=plan.kind, party=plan.party,
        starts_at=plan.starts_at, place=plan.place.strip(), is_open=plan.is_open,
    )  # fmt: skip
    noted("mediation.plan", mediation, by, at, {"session": session.number, "kind": plan.kind})
    invited = mediation.parties.select_related("person") if plan.kind == "joint" else []
    for party in [plan.party] if plan.party else invited:
        party.mediation = mediation
        day = timezone.localdate(plan.starts_at)
        tell_party(party, "session", by=by, at=at, day=day, place=session.place)
    return session


def _check_plan(mediation: Mediation, plan: Plan) -> None:
    if mediation.accepted_at is None:
        raise Said("mediation.not_accepted_yet")
    if mediation.result:
        raise Said("mediation.over", number=mediation.case.number)
    if plan.kind not in ("joint", "separate", "inquiry"):
        raise Said("mediation.unknown_word", field="kind", code=plan.kind)
    if (plan.kind == "separate") != (plan.party is not None):
        raise Said("mediation.separate_party", field="party")
    if not plan.place.strip():
        raise Said("mediation.place_missing", field="place")
    if plan.is_open and plan.kind != "joint":
        raise Said("mediation.separate_party", field="is_open")


@act
def hold(*, session: Session, present: Sequence[Present], record: str, by: Actor, at: datetime) -> Session:
    """Record a session that took place. Refused before the parties who sit in it were told their rights."""
    mediation = locked(session.mediation)
    require_seat(mediation, by)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.state != "planned":
        raise Said("mediation.session_over", number=session.number)
    if not record.strip():
        raise Said("mediation.record_missing", field="record")
    untold = _concerned(session).filter(told_at=None)
    if session.kind != "inquiry" and untold.exists():
        raise Said("mediation.rights_first", field="present")
    if not any(one.role == "mediator" for one in present):
        raise Said("mediation.mediator_absent", field="present")
    session.state, session.held_at, session.record = "held", at, record.strip()
    session.present = [asdict(one) for one in present]
    session.salt = secrets.token_hex(16)
    session.recorder = next((one.name for one in present if one.role == "recorder"), "")
    session.save()
    case = mediation.case
    append(
        region=case.region_id,
        kind="mediation.session",
        row_key=f"{case.number}#{session.number}",
        content={
            "case": case.number, "session": session.number, "kind": session.kind, "present": len(present),
            "starts_at": session.starts_at.isoformat(),
        },
        at=at,
    )  # fmt: skip
    return session


def _concerned(session: Session) -> PartyQuerySet:
    parties = Party.objects.filter(mediation=session.mediation_id)
    return parties.filter(pk=session.party_id) if session.party_id else parties


@act
def drop(*, session: Session, by: Actor, at: datetime) -> Session:
    """A planned session does not take place."""
    require_seat(session.mediation, by)
    if session.state != "planned":
        raise Said("mediation.session_over", number=session.number)
    session.state = "dropped"
    session.save(update_fields=["state"])
    noted("mediation.drop", session.mediation, by, at, {"session": session.number})
    return session


def signers_of(mediation: Mediation) -> list[Present]:
    """Everybody who may sit in a session of this case, for the form: parties, agents, mediators."""
    lines = []
    for party in mediation.parties.order_by("number"):
        lines.append(Present("party", party.name, f"party:{party.number}"))
        agents = Agent.objects.filter(party=party, ended_on=None).order_by("pk")
        lines += [Present("agent", agent.name, f"agent:{agent.pk}") for agent in agents]
    seats = Seat.objects.filter(mediation=mediation, ended_at=None).select_related("person").order_by("pk")
    return lines + [Present("mediator", one.person.name, f"seat:{one.pk}") for one in seats]


@act
def sign(*, session: Session, signer: str, way: str, by: Actor, at: datetime) -> Signature:
    """Sign a session's record in a named role: a mediator for itself, a party or guest before the mediator."""
    mediation = locked(session.mediation)
    if session.state != "held":
        raise Said("mediation.session_not_held", number=session.number)
    line = next((one for one in session.present if one["signer"] == signer), None)
    if line is None:
        raise Said("mediation.not_present", field="signer")
    content = {
        "case": mediation.case.number,
        "session": session.number,
        "record": session.record,
        "present": session.present,
    }
    return write_signature(
        mediation, about=f"session:{session.number}", signer=signer, way=way, content=content, salt=session.salt,
        by=by, at=at,
    )  # fmt: skip


def write_signature(
    mediation: Mediation,
    *,
    about: str,
    signer: str,
    way: str,
    content: dict[str, object],
    salt: str,
    by: Actor,
    at: datetime,
) -> Signature:
    """Write one signature for good; a second one by the same signer under the same paper is refused."""
    _may_sign(mediation, signer, by)
    if way not in WAYS:
        raise Said("mediation.unknown_word", field="way", code=way)
    digest = commitment(canonical(content).decode(), salt, settings.LINLI_DIGEST)
    row = Signature(
        mediation=mediation, about=about, signer=signer, role=role_of(signer), way=way, digest=digest, at=at,
        on=timezone.localdate(at), actor=by.actor_word,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise Said("mediation.signed_already", field="signer") from fault
    case = mediation.case
    append(
        region=case.region_id,
        kind="mediation.signature",
        row_key=f"{case.number}#{about}#{signer}",
        content={"case": case.number, "about": about, "signer": signer, "way": way, "digest": digest},
        at=at,
    )
    return row


def role_of(signer: str) -> str:
    """The role word inside a signer's word."""
    word = signer.partition(":")[0]
    return "mediator" if word == "seat" else word


def _may_sign(mediation: Mediation, signer: str, by: Actor) -> None:
    """A mediator signs for itself only; a party signs on its own page or before a seated mediator; the committee's seal
    is set by a seated mediator or the head."""
    role, _, key = signer.partition(":")
    if mediation.sealed_at is not None:
        raise Said("mediation.sealed", number=mediation.case.number)
    if role == "seat":
        if not Seat.objects.filter(
            mediation=mediation, pk=int(key), person=by.person_id, ended_at=None
        ).exists():
            raise Said("mediation.sign_yourself", field="signer")
    elif role == "party":
        require_party(mediation.parties.get(number=int(key)), by)
    else:
        require_seat(mediation, by)
