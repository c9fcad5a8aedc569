"""The parties: who stands in for them, what they are told, what they tell the mediators alone."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.ground.said import Said
from linli.mediation.models import Agent, Paper, Party, Session, Statement
from linli.mediation.seating import noted, require_party, require_seat
from linli.mediation.telling import tell_mediators
from linli.people.actors import Actor
from linli.people.models import Person
from linli.records.models import Document
from linli.trail.writing import act, append

TOLD_WAYS = ("spoken", "paper", "page")


@act
def appoint_agent(
    *,
    party: Party,
    name: str,
    powers: str,
    by: Actor,
    at: datetime,
    kind: str = "mandate",
    mandate: Document | None = None,
    person: Person | None = None,
    may_settle: bool = False,
    from_on: date | None = None,
) -> Agent:
    """Name who stands in for a party. A mandate lies in the file as a paper; without it there is no agent."""
    require_seat(party.mediation, by)
    if kind not in ("mandate", "guardian", "officer"):
        raise Said("mediation.unknown_word", field="kind", code=kind)
    if kind == "mandate" and mandate is None:
        raise Said("mediation.mandate_missing", field="mandate")
    if not (name.strip() or person):
        raise Said("mediation.party_name", field="name")
    agent = Agent.objects.create(
        party=party, person=person, name=name.strip() or (person.name if person else ""), kind=kind,
        powers=powers.strip(), may_settle=may_settle, mandate=mandate, from_on=from_on or timezone.localdate(at),
    )  # fmt: skip
    if mandate is not None:
        _file(party, mandate, "mandate", False, by, at)
    noted(
        "mediation.appoint_agent",
        party.mediation,
        by,
        at,
        {"party": party.number, "kind": kind, "settle": may_settle},
    )
    return agent


@act
def end_mandate(*, agent: Agent, by: Actor, at: datetime) -> Agent:
    """A mandate ends: from the next look on, the agent sees nothing of the party's matters."""
    require_party(agent.party, by)
    agent.ended_on = timezone.localdate(at)
    agent.save(update_fields=["ended_on"])
    noted("mediation.end_mandate", agent.party.mediation, by, at, {"party": agent.party.number})
    return agent


@act
def tell_rights(*, party: Party, way: str, by: Actor, at: datetime) -> Party:
    """Tell a party its rights and duties (人民调解法 art. 23 and 24), once, before its first session."""
    require_seat(party.mediation, by)
    if way not in TOLD_WAYS:
        raise Said("mediation.unknown_word", field="way", code=way)
    if party.told_at is not None:
        raise Said("mediation.told_already", field="way")
    party.told_at, party.told_on, party.told_by, party.told_way = (
        at,
        timezone.localdate(at),
        by.actor_word,
        way,
    )
    party.save(update_fields=["told_at", "told_on", "told_by", "told_way"])
    case = party.mediation.case
    append(
        region=case.region_id,
        kind="mediation.rights_told",
        row_key=f"{case.number}#{party.number}",
        content={"case": case.number, "party": party.number, "way": way, "on": party.told_on.isoformat()},
        at=at,
    )
    return party


@act
def state(*, party: Party, text: str, by: Actor, at: datetime, session: Session | None = None) -> Statement:
    """Keep what a party says to the mediators alone: written by itself, or taken down by a mediator seated."""
    require_party(party, by)
    own = Party.objects.of(by).filter(pk=party.pk).exists()
    if not own:
        require_seat(party.mediation, by)
    if not text.strip():
        raise Said("mediation.statement_empty", field="text")
    row = Statement.objects.create(
        mediation=party.mediation, party=party, session=session, text=text.strip(),
        wrote_id=by.person_id if own else None, at=at, actor=by.actor_word,
    )  # fmt: skip
    if own:
        tell_mediators(party.mediation, "wish", by=by, at=at)
    noted("mediation.state", party.mediation, by, at, {"party": party.number, "own": own})
    return row


@act
def ask_to_stop(*, party: Party, by: Actor, at: datetime) -> Party:
    """A party wants the mediation to end (art. 23: it may at any time); the mediators end it."""
    require_party(party, by)
    if party.mediation.result:
        raise Said("mediation.over", number=party.mediation.case.number)
    party.stop_asked_at = at
    party.save(update_fields=["stop_asked_at"])
    tell_mediators(party.mediation, "wish", by=by, at=at)
    noted("mediation.ask_to_stop", party.mediation, by, at, {"party": party.number})
    return party


@act
def add_paper(
    *,
    party: Party,
    document: Document,
    chapter: str,
    by: Actor,
    at: datetime,
    is_private: bool = False,
) -> Paper:
    """Put a paper into the file under a chapter; ``is_private`` where the party gave it in confidence."""
    require_party(party, by)
    return _file(party, document, chapter, is_private, by, at)


def _file(party: Party, document: Document, chapter: str, is_private: bool, by: Actor, at: datetime) -> Paper:
    paper = Paper.objects.create(
        mediation=party.mediation, document=document, chapter=chapter, party=party, is_private=is_private, at=at,
        actor=by.actor_word,
    )  # fmt: skip
    noted("mediation.add_paper", party.mediation, by, at, {"chapter": chapter, "party": party.number})
    return paper
