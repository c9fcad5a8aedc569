"""Owners' assemblies and committees: entering them, electing, changing members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Appointment, Organisation, Person
from linli.places.models import Estate
from linli.property import formulas, numbering
from linli.property.models import CommitteeMember, OwnersAssembly, OwnersCommittee
from linli.trail.writing import act, append, note

KEEP = "property.keep"
POST = "owners_director"


@dataclass(frozen=True)
class Elected:
    """A person elected, and to which seat: director, deputy, member or alternate."""

    person: Person
    duty: str


@dataclass(frozen=True)
class Election:
    """An election as it was held: which term, when, for how long, with what result."""

    term: int
    elected_on: date
    term_from: date
    term_to: date
    members: Sequence[Elected]
    kind: str = "owners_committee"


@act
def form_assembly(*, estate: Estate, by: Actor, at: datetime, **facts: Any) -> OwnersAssembly:
    """Enter an estate's owners' assembly, or renew what is known of it."""
    by.require(KEEP, estate.community_id)
    assembly, _ = OwnersAssembly.objects.update_or_create(estate=estate, defaults=facts)
    note(
        verb="property.form_assembly",
        kind="property.assembly",
        key=estate.code,
        region=estate.community_id,
        by=by,
        at=at,
    )
    return assembly


@act
def elect(
    *, assembly: OwnersAssembly, organisation: Organisation, election: Election, by: Actor, at: datetime
) -> OwnersCommittee:
    """Enter an elected owners' committee with its members and count the last day of its filing.

    Checked by dated rules: size and odd number, term, an election that was not tomorrow. A director who also holds
    the post at the desk is tied to that appointment.
    """
    region = assembly.estate.community
    by.require(KEEP, region.code)
    _require_sound(election, region.code, timezone.localdate(at))
    filing = numbering.last_day("property.filing_days", region=region.code, event=election.elected_on)
    committee = OwnersCommittee.objects.create(
        key=numbering.number(region, timezone.localdate(at)),
        assembly=assembly, organisation=organisation, kind=election.kind, term=election.term,
        elected_on=election.elected_on, term_from=election.term_from, term_to=election.term_to,
        filing_due_on=filing.on, filing_rule=filing.source,
    )  # fmt: skip
    _seat(committee, election.members, election.term_from)
    content = {
        "key": committee.key,
        "estate": assembly.estate.code,
        "term": election.term,
        "elected": election.elected_on.isoformat(),
        "members": len(election.members),
        "filing_due": filing.on.isoformat(),
    }
    append(region=region.code, kind="property.committee", row_key=committee.key, content=content, at=at)
    return committee


@act
def change_members(
    *,
    committee: OwnersCommittee,
    leaving: Sequence[CommitteeMember],
    joining: Sequence[Elected],
    on: date,
    by: Actor,
    at: datetime,
) -> OwnersCommittee:
    """Let members leave and others join on a day. A change is filed like an election (``filing.file``)."""
    region = committee.assembly.estate.community_id
    by.require(KEEP, region)
    if not leaving and not joining:
        raise Said("property.nothing_changes", field="leaving")
    for member in leaving:
        if member.committee_id != committee.pk or member.to_on is not None:
            raise Said("property.not_a_member", field="leaving")
        if on < member.from_on:
            raise Said("property.leaves_before_coming", field="on", first=member.from_on)
        member.to_on = on
        member.save(update_fields=["to_on"])
    _seat(committee, joining, on)
    content = {
        "key": committee.key,
        "on": on.isoformat(),
        "left": [member.pk for member in leaving],
        "joined": len(joining),
    }
    append(
        region=region,
        kind="property.committee_change",
        row_key=f"{committee.key}#{on.isoformat()}",
        content=content,
        at=at,
    )
    return committee


def _require_sound(election: Election, region: str, today: date) -> None:
    elected = election.elected_on
    if elected > today:
        raise Said("property.election_to_come", field="elected_on")
    if not elected <= election.term_from <= election.term_to:
        raise Said("property.term_order", field="term_from")
    years = numbering.whole("property.committee_term_years", region=region, on=elected)
    if election.term_to > formulas.years_later(election.term_from, years):
        raise Said("property.term_too_long", field="term_to", years=years)
    least = numbering.whole("property.committee_least", region=region, on=elected)
    most = numbering.whole("property.committee_most", region=region, on=elected)
    seats = [one for one in election.members if one.duty != "alternate"]
    if not formulas.size_is_right(len(seats), least=least, most=most):
        raise Said("property.committee_size", field="members", size=len(seats), least=least, most=most)
    if sum(1 for one in seats if one.duty == "director") != 1:
        raise Said("property.one_director", field="members")
    if len({one.person.pk for one in election.members}) != len(election.members):
        raise Said("property.member_twice", field="members")


def _seat(committee: OwnersCommittee, members: Sequence[Elected], on: date) -> None:
    held = {
        row.person_id: row
        for row in Appointment.objects.in_force(on).filter(
            organisation=committee.organisation_id, post=POST, person__in=[one.person for one in members]
        )
    }
    CommitteeMember.objects.bulk_create(
        [
            CommitteeMember(
                committee=committee, person=one.person, duty=one.duty, from_on=on,
                appointment=held.get(one.person.pk),
            )
            for one in members
        ]
    )  # fmt: skip
