"""A table round which the village sits: two neighbours, a mediator, the head; every state reached by acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.cases.declared import KIND as PROCEDURES
from linli.mediation.agreeing import Promise, Terms, draft
from linli.mediation.agreeing import sign as sign_agreement
from linli.mediation.declared import KIND
from linli.mediation.intake import Dispute, NewParty, accept, record_consent, take_up
from linli.mediation.models import Agreement, Mediation, Party, Session
from linli.mediation.parties import tell_rights
from linli.mediation.seating import seat
from linli.mediation.sessions import Plan, hold, plan, signers_of
from linli.people.actors import SETUP, Actor
from linli.people.entering import appoint, enter_person
from linli.people.models import Person
from linli.people.signing import open_account, post_actor
from tests.cast import BEGIN, HELIN, PASSWORD, SINCE, Village

AT = BEGIN
STORY = "楼上漏水泡坏了楼下的天花板，两家说不到一起"
KINDS = (KIND, PROCEDURES)


def staff(village: Village, login: str, name: str, post: str) -> tuple[Person, Actor]:
    """One more person in a post of the village's mediation committee."""
    who: dict[str, Any] = {"by": SETUP, "at": AT}
    level = "990101001000" if post == "judicial_officer" else HELIN
    person = enter_person(name=name, community=village.helin, birth_year=1970, **who)
    account = open_account(person=person, login=login, password=PASSWORD, is_sample=True, **who)
    body = village.bodies["minghe-office" if post == "judicial_officer" else "helin-committee"]
    held = appoint(
        person=person, organisation=body, post=post, place=village.regions[level], valid_from=SINCE, **who
    )
    return person, post_actor(account, held)


def feng(village: Village) -> Actor:
    """The mediator of the village."""
    return village.actor("feng")


def taken_up(village: Village, *, region: str = HELIN, origin: str = "application", **more: Any) -> Mediation:
    """A dispute between Wang and Zhao, entered by the mediator."""
    parties = more.pop("parties", None) or [
        NewParty("applicant", person=village.person("wang")),
        NewParty("respondent", person=village.person("zhao"), phone="13900001234"),
    ]
    dispute = Dispute(village.regions[region], "neighbours", origin, STORY, **more)
    return take_up(dispute=dispute, parties=parties, by=feng(village), at=AT)


def party(mediation: Mediation, number: int) -> Party:
    """A party by its number, as it stands now."""
    return Party.objects.select_related("mediation__case", "person").get(mediation=mediation, number=number)


def accepted(village: Village, **more: Any) -> Mediation:
    """Seated, agreed to by all, accepted on the first day."""
    mediation = taken_up(village, **more)
    seat(mediation=mediation, person=village.person("feng"), by=feng(village), at=AT)
    for one in mediation.parties.all():
        record_consent(party=party(mediation, one.number), agrees=True, by=feng(village), at=AT)
    return accept(mediation=mediation, by=feng(village), at=AT)


def told(village: Village, mediation: Mediation) -> None:
    """Every party was told its rights."""
    for one in mediation.parties.filter(told_at=None):
        tell_rights(party=party(mediation, one.number), way="spoken", by=feng(village), at=AT)


def held(village: Village, mediation: Mediation, *, at: datetime = AT, **more: Any) -> Session:
    """A session that took place."""
    told(village, mediation)
    session = plan(mediation=mediation, plan=Plan(at, "社区调解室", **more), by=feng(village), at=at)
    return hold(
        session=session, present=signers_of(mediation), record="双方讲了经过", by=feng(village), at=at
    )


TERMS = Terms(
    facts="楼上水管破裂，楼下天花板受损，双方对赔多少有争议；楼上承担维修责任",
    terms=("楼上赔偿楼下维修费三千元", "楼上十日内修好水管"),
    performance="分两期转账",
    promises=(
        Promise("第一期维修费", 2, 1, AT.date() + timedelta(days=10), 100000),
        Promise("第二期维修费", 2, 1, AT.date() + timedelta(days=40), 200000),
    ),
    amount_cents=300000,
)


def drafted(village: Village, terms: Terms = TERMS) -> Agreement:
    """A written agreement nobody has signed yet."""
    mediation = accepted(village)
    held(village, mediation)
    return draft(mediation=mediation, terms=terms, by=feng(village), at=AT)


def signed(village: Village, agreement: Agreement, *, at: datetime = AT) -> Agreement:
    """Signed by all and sealed."""
    seats = agreement.mediation.seats.filter(ended_at=None)
    for signer in ("party:1", "party:2", f"seat:{seats[0].pk}", "committee"):
        way = "seal" if signer == "committee" else "hand"
        sign_agreement(agreement=agreement, signer=signer, way=way, by=feng(village), at=at)
    return Agreement.objects.select_related("mediation__case").get(pk=agreement.pk)


def in_force(village: Village, *, at: datetime = AT) -> Agreement:
    """An agreement in force."""
    return signed(village, drafted(village), at=at)


def day(days: int) -> date:
    """A day so many days after the first."""
    return AT.date() + timedelta(days=days)
