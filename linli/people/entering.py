"""Entering persons, bodies and posts; consent; erasing."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from linli.finding.indexing import drop, put
from linli.ground import codes
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Appointment, Consent, Household, Membership, Organisation, Person
from linli.people.roles import role
from linli.people.sealing import lookup, seal
from linli.places.models import Region
from linli.trail.writing import act, note

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def _identity(number: str) -> codes.Identity:
    try:
        return codes.identity(number)
    except Said:
        raise Said("people.identity_wrong", field="identity") from None


def _fresh_key() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


@act
def enter_person(
    *,
    name: str,
    community: Region | None,
    by: Actor,
    at: datetime,
    identity: str = "",
    phone: str = "",
    **facts: Any,
) -> Person:
    """Enter a person, or return the one who already has this ID number.

    An ID number that fails its checksum (GB 11643-1999) is refused with ``Said('people.identity_wrong')``; sex and
    birth day follow from it.
    """
    if not name.strip():
        raise Said("people.name_missing", field="name")
    if identity:
        read = _identity(identity)
        known = Person.objects.with_identity(read.number).first()
        if known is not None:
            return known
        identity = read.number
        facts = {"birth_day": read.born_on, "sex": read.sex, "birth_year": read.born_on.year, **facts}
    person = Person.objects.create(
        key=_fresh_key(),
        name=name.strip(),
        community=community,
        identity_sealed=seal(identity),
        identity_index=lookup("identity", identity),
        phone_sealed=seal(phone),
        phone_index=lookup("phone", phone),
        **facts,
    )
    _note_person("people.enter_person", person, by, at)
    _make_findable(person, by, at)
    return person


def _make_findable(person: Person, by: Actor, at: datetime) -> None:
    """By name and pinyin; who belongs to no community is found by number only."""
    if person.community_id is not None:
        where: dict[str, Any] = {"key": person.pk, "region": person.community_id, "data_class": "P2"}
        put(kind="people.person", **where, texts=[person.name], by=by, at=at)


def _note_person(verb: str, person: Person, by: Actor, at: datetime, **facts: object) -> None:
    note(
        verb=verb,
        kind="people.person",
        key=person.pk,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P2",
        facts=facts,
    )


@act
def change_phone(*, person: Person, phone: str, by: Actor, at: datetime) -> Person:
    """Give a person another phone number."""
    person.phone_sealed = seal(phone)
    person.phone_index = lookup("phone", phone)
    person.save(update_fields=["phone_sealed", "phone_index"])
    note(
        verb="people.change_phone",
        kind="people.person",
        key=person.pk,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P2",
    )
    return person


@act
def form_household(
    *,
    community: Region,
    number: str,
    members: list[tuple[Person, str]],
    by: Actor,
    at: datetime,
    **facts: Any,
) -> Household:
    """Form a household from (person, relation code) pairs; the first pair is its head."""
    household = Household.objects.create(
        community=community, number=number, head=members[0][0] if members else None, **facts
    )
    Membership.objects.bulk_create(
        [Membership(household=household, person=person, relation=relation) for person, relation in members]
    )
    note(
        verb="people.form_household",
        kind="people.household",
        key=household.pk,
        region=community.code,
        by=by,
        at=at,
        data_class="P2",
    )
    return household


@act
def enter_organisation(
    *, key: str, name: str, kind: str, region: Region, by: Actor, at: datetime, **facts: Any
) -> Organisation:
    """Enter a body, once per key. A credit code that fails its check (GB 32100-2015) is refused."""
    credit_code = facts.get("credit_code", "")
    if credit_code and not codes.is_credit_code(credit_code):
        raise Said("people.credit_code_wrong", field="credit_code", code=credit_code)
    organisation, made = Organisation.objects.get_or_create(
        key=key, defaults={"name": name, "kind": kind, "region": region, **facts}
    )
    if made:
        note(
            verb="people.enter_organisation",
            kind="people.organisation",
            key=key,
            region=region.code,
            by=by,
            at=at,
        )
    return organisation


@act
def appoint(
    *,
    person: Person,
    organisation: Organisation,
    post: str,
    place: Region,
    valid_from: date,
    by: Actor,
    at: datetime,
    title: str = "",
    basis: str = "",
    valid_to: date | None = None,
) -> Appointment:
    """Appoint a person to a declared post for a place of the post's level."""
    declared = role(post)
    if declared.level not in ("none", "nation") and declared.level != place.level:
        raise Said("people.post_level", field="place", post=declared.title, level=declared.level)
    appointment = Appointment.objects.create(
        person=person,
        organisation=organisation,
        post=post,
        place=place,
        title=title,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    note(
        verb="people.appoint",
        kind="people.appointment",
        key=appointment.pk,
        region=place.code,
        by=by,
        at=at,
        facts={"post": post},
    )
    return appointment


@act
def dismiss(*, appointment: Appointment, on: date, by: Actor, at: datetime, reason: str = "") -> Appointment:
    """End an appointment on a day; cases in the post's hands stay with the post."""
    appointment.valid_to = on
    appointment.save(update_fields=["valid_to"])
    note(
        verb="people.dismiss",
        kind="people.appointment",
        key=appointment.pk,
        region=appointment.place_id,
        by=by,
        at=at,
        facts={"reason": reason},
    )
    return appointment


@act
def give_consent(
    *,
    person: Person,
    purpose: str,
    told: str,
    channel: str,
    by: Actor,
    at: datetime,
    is_separate: bool = False,
) -> Consent:
    """Record a consent (个人信息保护法 art. 14; separate consent art. 29) with the very text that was shown."""
    consent = Consent.objects.create(
        person=person, purpose=purpose, told=told, channel=channel, is_separate=is_separate, given_at=at
    )
    note(
        verb="people.give_consent",
        kind="people.consent",
        key=consent.pk,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P2",
        facts={"purpose": purpose},
    )
    return consent


@act
def withdraw_consent(*, consent: Consent, by: Actor, at: datetime) -> Consent:
    """Withdraw a consent, as easily as it was given (个人信息保护法 art. 15)."""
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    note(
        verb="people.withdraw_consent",
        kind="people.consent",
        key=consent.pk,
        region="",
        by=by,
        at=at,
        data_class="P2",
        facts={"purpose": consent.purpose},
    )
    return consent


@act
def erase_person(*, person: Person, by: Actor, at: datetime, reason: str) -> Person:
    """Erase who a person is and keep the row, so that the trail stays readable (个人信息保护法 art. 47)."""
    for name in (
        "identity_sealed",
        "identity_index",
        "phone_sealed",
        "phone_index",
        "address",
        "origin",
        "language",
    ):
        setattr(person, name, "")
    person.name, person.sex = "（已删除）", "9"
    person.birth_year = person.birth_day = person.home = person.guardian = None
    person.erased_at = at
    person.save()
    drop(kind="people.person", key=person.pk, by=by, at=at)
    person.consents.all().delete()
    note(
        verb="people.erase_person",
        kind="people.person",
        key=person.pk,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P2",
        facts={"reason": reason},
    )
    return person
