"""Taking a dispute up: by application or on own initiative; asking both sides; accepting, or saying why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.procedures import Limit
from linli.finding.indexing import put
from linli.ground.said import Said
from linli.mediation.models import ORIGINS, WORK_RIGHT, Mediation, Party
from linli.mediation.sealing import seal_up
from linli.mediation.seating import locked, noted, require_open, require_party
from linli.mediation.telling import number_rule, sheet_of, sheet_on, tell_parties, tell_party
from linli.people.actors import Actor
from linli.people.models import Organisation, Person
from linli.people.sealing import seal
from linli.places.models import Region
from linli.rulebook.publishing import edition
from linli.trail.writing import act

SHORTEST_STORY = 4
HANDING_RIGHT = "grievances.handle"


@dataclass(frozen=True)
class NewParty:
    """A party as it is entered; from a person or organisation of the platform, what is left empty is filled in."""

    side: str
    name: str = ""
    person: Person | None = None
    organisation: Organisation | None = None
    sex: str = ""
    birth_day: date | None = None
    guardian: Person | None = None
    identity: str = ""
    phone: str = ""
    address: str = ""
    work: str = ""


@dataclass(frozen=True)
class Dispute:
    """A dispute as it is entered. ``source`` is a sibling's case it came from (an application, a grievance)."""

    region: Region
    kind: str
    origin: str
    story: str
    wish: str = ""
    difficulty: str = "ordinary"
    amount_cents: int | None = None
    source: Case | None = None
    channel: str = "counter"


def may_take_up(dispute: Dispute, by: Actor) -> None:
    """Refuse unless a resident applies for themselves, a mediator of the place enters it, or who handles grievances there
    hands one of its own matters over (``source``)."""
    if by.post == "resident":
        if dispute.origin != "application":
            raise Said("mediation.unknown_origin", field="origin")
        return
    handed = dispute.source is not None and by.may(HANDING_RIGHT)
    by.require(HANDING_RIGHT if handed else WORK_RIGHT, dispute.region.code)


@act
def take_up(*, dispute: Dispute, parties: Sequence[NewParty], by: Actor, at: datetime) -> Mediation:
    """Enter a dispute (人民调解法 art. 17: on application or on own initiative), with two or more parties."""
    may_take_up(dispute, by)
    listed, sheet = sheet_on(timezone.localdate(at))
    kind = sheet.title_of("disputes", dispute.kind)
    _check(dispute, parties)
    opening = Opening(
        procedure=edition("procedures", sheet.procedure, timezone.localdate(at)),
        subject=dispute.kind,
        title=f"{kind.zh}纠纷调解",
        region=dispute.region,
        channel=dispute.channel,
        person=_applicant(parties),
        limit=Limit(
            number_rule("limit_days", region=dispute.region.code, on=timezone.localdate(at)), "natural"
        ),
    )
    mediation = Mediation.objects.create(
        case=open_case(opening=opening, by=by, at=at),
        sheet=listed,
        dispute=dispute.kind,
        origin=dispute.origin,
        source_case=dispute.source,
        story=dispute.story.strip(),
        wish=dispute.wish.strip(),
        difficulty=dispute.difficulty,
        amount_cents=dispute.amount_cents,
    )
    for number, new in enumerate(parties, start=1):
        _enter_party(mediation, number, new, by, at)
    put(
        kind="cases.case", key=mediation.case_id, region=dispute.region.code, data_class=mediation.case.data_class,
        texts=[mediation.case.number], by=by, at=at,
    )  # fmt: skip
    noted("mediation.take_up", mediation, by, at, {"origin": dispute.origin, "parties": len(parties)})
    return mediation


def _applicant(parties: Sequence[NewParty]) -> Person | None:
    """The first applicant on the platform: the case is about it; the other side never sees the case itself."""
    return next((one.person for one in parties if one.side == "applicant" and one.person is not None), None)


def _check(dispute: Dispute, parties: Sequence[NewParty]) -> None:
    if dispute.origin not in ORIGINS:
        raise Said("mediation.unknown_origin", field="origin")
    if len(dispute.story.strip()) < SHORTEST_STORY:
        raise Said("mediation.story_short", field="story")
    sides = {one.side for one in parties}
    if len(parties) < 2 or not {"applicant", "respondent"} <= sides:
        raise Said("mediation.two_sides", field="parties")
    persons = [one.person.pk for one in parties if one.person is not None]
    if len(persons) != len(set(persons)):
        raise Said("mediation.party_twice", field="parties")


@act
def add_party(*, mediation: Mediation, new: NewParty, by: Actor, at: datetime) -> Party:
    """Add a party who turns out to be concerned, before the agreement is in force."""
    mediation = locked(mediation)
    require_open(mediation, by)
    if mediation.result:
        raise Said("mediation.over", number=mediation.case.number)
    if new.person is not None and mediation.parties.filter(person=new.person).exists():
        raise Said("mediation.party_twice", field="person")
    return _enter_party(mediation, mediation.parties.count() + 1, new, by, at)


def _enter_party(mediation: Mediation, number: int, new: NewParty, by: Actor, at: datetime) -> Party:
    name = (
        new.name.strip()
        or (new.person.name if new.person else "")
        or (new.organisation.name if new.organisation else "")
    )
    if not name:
        raise Said("mediation.party_name", field="name")
    minor = _is_minor(mediation, new, timezone.localdate(at))
    guardian = new.guardian or (new.person.guardian if minor and new.person else None)
    if minor and guardian is None:
        raise Said("mediation.guardian_missing", field="guardian")
    party = Party.objects.create(
        mediation=mediation,
        number=number,
        side=new.side,
        kind="organisation" if new.organisation is not None else "person",
        person=new.person,
        organisation=new.organisation,
        name=name,
        sex=new.sex or (new.person.sex if new.person and new.person.sex in "12" else ""),
        birth_day=new.birth_day or (new.person.birth_day if new.person else None),
        is_minor=minor,
        guardian=guardian if minor else None,
        identity_sealed=seal(new.identity.strip()),
        phone_sealed=seal(new.phone.strip()),
        address=new.address or (new.person.address if new.person else ""),
        work=new.work,
    )
    _first_consent(mediation, party, by, at)
    return party


def _is_minor(mediation: Mediation, new: NewParty, on: date) -> bool:
    """Below the age of majority on a day; a person whose age nobody knows counts as of age."""
    of_age = number_rule("minor_age", region=mediation.case.region_id, on=on)
    if new.birth_day is not None:
        born = new.birth_day
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < of_age
    age = new.person.age(on) if new.person is not None else None
    return age is not None and age < of_age


def _first_consent(mediation: Mediation, party: Party, by: Actor, at: datetime) -> None:
    """Who applies for mediation agrees to it; everybody else is asked."""
    if party.side == "applicant" and mediation.origin == "application":
        party.agrees, party.consent_at, party.consent_by = True, at, by.actor_word
        party.save(update_fields=["agrees", "consent_at", "consent_by"])
    else:
        tell_party(party, "asked", by=by, at=at)


@act
def record_consent(*, party: Party, agrees: bool, by: Actor, at: datetime) -> Party:
    """A party agrees to mediation or refuses it: itself on its own page, or told to a mediator who writes it down."""
    require_party(party, by)
    party.agrees, party.consent_at, party.consent_by = agrees, at, by.actor_word
    party.save(update_fields=["agrees", "consent_at", "consent_by"])
    noted("mediation.consent", party.mediation, by, at, {"party": party.number, "agrees": agrees})
    return party


@act
def accept(*, mediation: Mediation, by: Actor, at: datetime, seen: int | None = None) -> Mediation:
    """Accept a dispute: a leading mediator is seated and every party agrees (art. 17: no mediation where one refuses)."""
    mediation = locked(mediation)
    require_open(mediation, by)
    answers = list(mediation.parties.order_by("number").values_list("number", "agrees"))
    if any(agrees is False for _number, agrees in answers):
        raise Said("mediation.party_refuses")
    if any(agrees is None for _number, agrees in answers):
        raise Said("mediation.consent_missing")
    if not mediation.seats.filter(ended_at=None, role="lead").exists():
        raise Said("mediation.no_lead")
    advance(
        mediation.case, "accept", by=by, at=at, words=MoveWords(verb="mediation.intake.accept", seen=seen)
    )
    mediation.accepted_at, mediation.accepted_on = at, timezone.localdate(at)
    mediation.save(update_fields=["accepted_at", "accepted_on"])
    tell_parties(mediation, "accepted", by=by, at=at, due=mediation.case.due_on)
    return mediation


@act
def refuse(
    *, mediation: Mediation, reason: str, by: Actor, at: datetime, words: str = "", seen: int | None = None
) -> Mediation:
    """Do not accept, for a listed reason of what may not be mediated; the file is sealed, the parties are told."""
    mediation = locked(mediation)
    require_open(mediation, by)
    title = sheet_of(mediation).title_of("refusals", reason)
    advance(
        mediation.case, "refuse", by=by, at=at, words=MoveWords(verb="mediation.intake.refuse", seen=seen)
    )
    mediation.refusal, mediation.ending = reason, words.strip()
    mediation.result, mediation.ended_on = "refused", timezone.localdate(at)
    mediation.save(update_fields=["refusal", "ending", "result", "ended_on"])
    seal_up(mediation, by=by, at=at)
    tell_parties(mediation, "refused", by=by, at=at, reason=title.zh)
    return mediation
