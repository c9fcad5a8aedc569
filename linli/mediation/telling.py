"""What everybody in a mediation is told: each party of its own matters only, each mediator of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from linli.mediation.declared import CODE, KIND, MediationSheet
from linli.mediation.models import Mediation, Party, Seat
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule

LINK = "mediation"
EVERY_POST = ("mediator", "mediation_head")


def sheet_on(day: date) -> tuple[Edition, MediationSheet]:
    """The sheet of mediation in force on a day, with its edition."""
    found = edition(KIND, CODE, day)
    return found, parsed(found, MediationSheet)


def sheet_of(mediation: Mediation) -> MediationSheet:
    """The sheet under which a mediation began."""
    return parsed(mediation.sheet_id, MediationSheet)


def number_rule(code: str, *, region: str, on: date) -> int:
    """A rule's number for a place on a day."""
    return int(rule(f"mediation.{code}", place=region, on=on).value)


def stages_rule(code: str, *, region: str, on: date) -> list[int]:
    """A rule's list of days, for a place on a day."""
    return [int(word) for word in rule(f"mediation.{code}", place=region, on=on).value]


def _values(mediation: Mediation, more: Mapping[str, object]) -> dict[str, object]:
    return {"number": mediation.case.number, "title": mediation.case.title, **more}


def tell_party(party: Party, template: str, *, by: Actor, at: datetime, **more: object) -> None:
    """Tell one party, or its guardian, where it has an account's person on the platform."""
    mediation = party.mediation
    for reader in party.readers:
        leave(
            template=f"mediation.{template}",
            to_person=reader,
            values=_values(mediation, more),
            link=f"{LINK}:{mediation.case.number}",
            by=by,
            at=at,
        )


def tell_parties(mediation: Mediation, template: str, *, by: Actor, at: datetime, **more: object) -> None:
    """Tell every party the same thing about the case itself; nothing of one another."""
    for party in mediation.parties.select_related("person").order_by("number"):
        party.mediation = mediation
        tell_party(party, template, by=by, at=at, **more)


def tell_mediators(mediation: Mediation, template: str, *, by: Actor, at: datetime, **more: object) -> None:
    """Tell the mediators seated; where none is seated yet, the post of mediators at the place."""
    seats = list(Seat.objects.filter(mediation=mediation, ended_at=None))
    values, link = _values(mediation, more), f"{LINK}:{mediation.case.number}"
    for seat in seats:
        leave(
            template=f"mediation.{template}", to_person=seat.person_id, values=values, link=link, by=by, at=at
        )
    if not seats:
        post = ("mediator", mediation.case.region_id)
        leave(template=f"mediation.{template}", to_post=post, values=values, link=link, by=by, at=at)
