"""Filing an election or a change of an owners' committee with the street (备案), as a case on its procedure."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.property import numbering
from linli.property.models import Filing, OwnersCommittee
from linli.rulebook.publishing import edition
from linli.trail.writing import act, append

PROCEDURE = "owners_filing"


@act
def file(*, committee: OwnersCommittee, what: str, event_on: date, by: Actor, at: datetime) -> Filing:
    """Hand in the filing of an election or a change (物业管理条例 art. 16: within 30 days of the election).

    The committee itself files, or the residents' committee for it. A late filing is taken and stays marked late.
    """
    region = committee.assembly.estate.community
    if by.organisation_id != committee.organisation_id or not by.may("property.own"):
        by.require("property.keep", region.code)
    today = timezone.localdate(at)
    if what not in ("election", "change"):
        raise Said("property.filing_what", field="what")
    if event_on > today:
        raise Said("property.election_to_come", field="event_on")
    if what == "election" and not OwnersCommittee.objects.unfiled().filter(pk=committee.pk).exists():
        raise Said("property.filed_already")
    due_on = committee.filing_due_on
    if what == "change":
        due_on = numbering.last_day("property.filing_days", region=region.code, event=event_on).on
    name = committee.assembly.estate.name
    opening = Opening(
        procedure=edition("procedures", PROCEDURE, today), subject=what, region=region, channel="desk",
        title=f"{name}业主委员会{'换届' if what == 'election' else '变更'}备案",
    )  # fmt: skip
    case = open_case(opening=opening, by=by, at=at)
    filing = Filing.objects.create(
        case=case, committee=committee, what=what, event_on=event_on, due_on=due_on, filed_on=today
    )
    content = {
        "case": case.number,
        "committee": committee.key,
        "what": what,
        "event": event_on.isoformat(),
        "due": due_on.isoformat(),
        "filed": today.isoformat(),
    }
    append(region=region.code, kind="property.filing", row_key=case.number, content=content, at=at)
    return filing


@act
def accept_filing(
    *, filing: Filing, by: Actor, at: datetime, opinion: str = "", seen: int | None = None
) -> Passage:
    """The street finds the papers in order and puts the filing on record."""
    by.require("property.file", filing.case.region_id)
    words = MoveWords(opinion, verb="property.filing.accept_filing", seen=seen)
    return advance(filing.case, "accept", by=by, at=at, words=words)
