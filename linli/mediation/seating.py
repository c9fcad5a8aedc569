"""Mediators on a case: chosen by the parties or assigned; withdrawn when tied to a party (回避)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from linli.ground.said import Said
from linli.mediation.models import LEAD_RIGHT, WORK_RIGHT, Agent, Mediation, Party, Seat, Tie
from linli.mediation.telling import EVERY_POST, number_rule, sheet_of, tell_mediators, tell_parties
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.people.models import Appointment, Membership, Person
from linli.trail.writing import act, append, note


def locked(mediation: Mediation) -> Mediation:
    """The mediation's row, locked until the act ends: two mediators never write the same moment."""
    return Mediation.objects.get_queryset().select_for_update(of=("self",)).get(pk=mediation.pk)


def require_seat(mediation: Mediation, by: Actor) -> None:
    """Refuse unless the actor sits in this open case, or leads the committee without being tied to a party."""
    if mediation.sealed_at is not None:
        raise Said("mediation.sealed", number=mediation.case.number)
    if by.may(WORK_RIGHT) and by.person_id and _sits(mediation, by.person_id):
        return
    if by.may(LEAD_RIGHT) and by.holds(mediation.case.region_id) and not _is_tied(mediation, by.person_id):
        return
    raise Said("mediation.not_yours")


def require_open(mediation: Mediation, by: Actor) -> None:
    """Refuse unless the file is open to the actor, as ``Mediation.objects.visible_to`` says."""
    if mediation.sealed_at is not None:
        raise Said("mediation.sealed", number=mediation.case.number)
    if not Mediation.objects.visible_to(by).filter(pk=mediation.pk).exists():
        raise Said("mediation.not_yours")


def _sits(mediation: Mediation, person: int) -> bool:
    return Seat.objects.filter(mediation=mediation, person=person, ended_at=None).exists()


def _is_tied(mediation: Mediation, person: int | None) -> bool:
    return Tie.objects.filter(mediation=mediation, person=person).exists()


def found_tie(person: Person, party: Party, *, on: date) -> str:
    """The relation between a mediator and a party that the platform itself knows of: party, guardian, household, or none."""
    sides = _persons_of(party)
    if person.pk in sides:
        return "party"
    if person.guardian_id in sides or Person.objects.filter(pk__in=sides, guardian=person).exists():
        return "guardian"
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    homes = Membership.objects.filter(in_force, person=person).values("household")
    return (
        "household"
        if Membership.objects.filter(in_force, person__in=sides, household__in=homes).exists()
        else ""
    )


def _persons_of(party: Party) -> set[int]:
    agents = Agent.objects.filter(party=party, ended_on=None).values_list("person_id", flat=True)
    return {one for one in (party.person_id, party.guardian_id, *agents) if one is not None}


def _record_tie(party: Party, person: Person, relation: str, found_by: str, by: Actor, at: datetime) -> None:
    """Once and for all: a tie is never taken back, it bars the seat in this case for good."""
    _tie, is_new = Tie.objects.get_or_create(
        person=person,
        party=party,
        relation=relation,
        defaults={"mediation": party.mediation, "found_by": found_by, "at": at, "actor": by.actor_word},
    )
    if is_new:
        case = party.mediation.case
        append(
            region=case.region_id,
            kind="mediation.tie",
            row_key=f"{case.number}#{party.number}-{person.key}",
            content={
                "case": case.number,
                "party": party.number,
                "mediator": person.key,
                "relation": relation,
            },
            at=at,
        )


def barred(mediation: Mediation, person: Person, *, on: date) -> list[tuple[Party, str]]:
    """Every party to which a mediator is tied, with the relation: found by the platform, or declared before."""
    found = []
    for party in mediation.parties.select_related("person").order_by("number"):
        declared = Tie.objects.filter(party=party, person=person).values_list("relation", flat=True).first()
        relation = found_tie(person, party, on=on) or declared or ""
        if relation:
            found.append((party, relation))
    return found


@act
def seat(
    *,
    mediation: Mediation,
    person: Person,
    role: str = "lead",
    way: str = "assigned",
    by: Actor,
    at: datetime,
) -> Seat:
    """Seat a mediator: chosen by the parties (``chosen``) or assigned (人民调解法 art. 19).

    Refused where the person holds no mediator's post of the place, or is tied to a party: the platform compares
    households, guardians and parties itself.
    """
    mediation, on = locked(mediation), timezone.localdate(at)
    require_open(mediation, by)
    _check_seat(mediation, person, role, way, on)
    ties = barred(mediation, person, on=on)
    if ties:
        party, relation = ties[0]
        raise Said(
            "mediation.barred",
            field="person",
            relation=sheet_of(mediation).title_of("ties", relation),
            party=party.number,
        )
    row = Seat.objects.create(mediation=mediation, person=person, role=role, way=way, from_at=at)
    noted("mediation.seat", mediation, by, at, {"role": role, "way": way, "mediator": person.key})
    values = {"number": mediation.case.number, "title": mediation.case.title}
    link = f"mediation:{mediation.case.number}"
    leave(template="mediation.seated", to_person=person, values=values, link=link, by=by, at=at)
    return row


def _check_seat(mediation: Mediation, person: Person, role: str, way: str, on: date) -> None:
    if role not in ("lead", "co") or way not in ("chosen", "assigned"):
        raise Said("mediation.unknown_word", field="role", code=role)
    held = Appointment.objects.filter(person=person, post__in=EVERY_POST, place=mediation.case.region_id)
    if not held.in_force(on).exists():
        raise Said("mediation.no_mediator", field="person")
    seats = Seat.objects.filter(mediation=mediation, ended_at=None)
    if seats.filter(person=person).exists():
        raise Said("mediation.seated_already", field="person")
    if role == "lead" and seats.filter(role="lead").exists():
        raise Said("mediation.lead_there", field="role")
    most = number_rule("most_mediators", region=mediation.case.region_id, on=on)
    if seats.count() >= most:
        raise Said("mediation.too_many_mediators", field="person", most=most)


@act
def declare_tie(
    *,
    mediation: Mediation,
    person: Person,
    party: Party,
    relation: str,
    found_by: str,
    by: Actor,
    at: datetime,
) -> None:
    """Declare a relation of a mediator to a party: the seat, if there is one, ends at once with that reason.

    A mediator declares its own; the head may record what a party has shown (``party``).
    """
    mediation = locked(mediation)
    if by.person_id != person.pk:
        require_seat(mediation, by)
    if mediation.sealed_at is not None or party.mediation_id != mediation.pk:
        raise Said("mediation.not_yours")
    word = sheet_of(mediation).title_of("ties", relation)
    _record_tie(party, person, relation, found_by, by, at)
    _end_seat(mediation, person, word.zh, by, at)


@act
def withdraw(*, mediation: Mediation, person: Person, reason: str, by: Actor, at: datetime) -> Seat:
    """End a mediator's seat for a stated reason: own wish, a party's well-founded request, or a change."""
    mediation = locked(mediation)
    require_seat(mediation, by)
    if not reason.strip():
        raise Said("mediation.reason_missing", field="reason")
    ended = _end_seat(mediation, person, reason.strip(), by, at)
    if ended is None:
        raise Said("mediation.not_seated", field="person")
    Party.objects.filter(mediation=mediation).exclude(objection="").update(objection="")
    return ended


def _end_seat(mediation: Mediation, person: Person, reason: str, by: Actor, at: datetime) -> Seat | None:
    row = Seat.objects.filter(mediation=mediation, person=person, ended_at=None).first()
    if row is None:
        return None
    row.ended_at, row.ended_for = at, reason[:200]
    row.save(update_fields=["ended_at", "ended_for"])
    noted("mediation.withdraw", mediation, by, at, {"mediator": person.key})
    tell_parties(mediation, "mediator", by=by, at=at)
    return row


@act
def object_to(*, party: Party, reason: str, by: Actor, at: datetime) -> Party:
    """A party asks for a mediator to withdraw; the committee answers by a withdrawal, or by saying why not."""
    require_party(party, by)
    if not reason.strip():
        raise Said("mediation.reason_missing", field="reason")
    party.objection = reason.strip()[:200]
    party.save(update_fields=["objection"])
    tell_mediators(party.mediation, "wish", by=by, at=at)
    noted("mediation.object", party.mediation, by, at, {"party": party.number})
    return party


def require_party(party: Party, by: Actor) -> None:
    """Refuse unless the actor is the party, its guardian or agent, or a mediator seated who writes for it."""
    if party.mediation.sealed_at is not None:
        raise Said("mediation.sealed", number=party.mediation.case.number)
    if Party.objects.of(by).filter(pk=party.pk).exists():
        return
    require_open(party.mediation, by)


def noted(verb: str, mediation: Mediation, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    case = mediation.case
    note(
        verb=verb, kind="mediation.mediation", key=case.number, region=case.region_id, by=by, at=at,
        data_class="P3", facts=facts,
    )  # fmt: skip
