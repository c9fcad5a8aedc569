"""Announcing what is about to be decided (公示), and going on when the days are over and no objection stands."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.disclosure.declared import KIND, item_of
from linli.disclosure.models import Objection, Publication
from linli.disclosure.publishing import Span, publish
from linli.disclosure.showing import Showing
from linli.ground import masking
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.publishing import edition
from linli.services.models import Application
from linli.services.stepping import step
from linli.trail.writing import act

ANNOUNCE = "services.announcing.announce"
CONCLUDE = "services.announcing.conclude"


def titled(application: Application, word: str) -> str:
    """``临时救助公示：王*兰``: the item, and the masked name, so that titles on a board differ."""
    person = application.case.person
    shown = f"：{masking.name(person.name)}" if person else ""
    return f"{application.sheet.name.zh}{word}{shown}"


@act
def announce(*, application: Application, by: Actor, at: datetime, opinion: str = "") -> Publication:
    """Announce a matter under the item's catalogue entry, masked: name, household size, item; never the hardship."""
    sheet, case = application.sheet, application.case
    if not sheet.announced or case.person is None:
        raise Said("services.not_announced")
    known = {
        "name": case.person.name, "household_size": application.household_size, "item": sheet.name.zh,
        "from_on": timezone.localdate(at),
    }  # fmt: skip
    catalogue = item_of(edition(KIND, sheet.announced, timezone.localdate(at)))
    facts = {fact.code: known[fact.code] for fact in catalogue.shows if fact.code in known}
    row = publish(
        item=sheet.announced,
        region=case.region,
        showing=Showing(title=titled(application, "拟办公示"), facts=facts),
        source=f"case:{case.number}",
        by=by,
        at=at,
        span=Span(event_on=timezone.localdate(at)),
    )
    step(case, by=by, at=at, words=MoveWords(verb=ANNOUNCE, opinion=opinion))
    return row


@act
def conclude(*, application: Application, by: Actor, at: datetime, opinion: str = "") -> Publication:
    """Go on after the announcement: its last day is over, and every objection has been answered."""
    case, source = application.case, f"case:{application.case.number}"
    shown = Publication.objects.about(source).order_by("-pk").first()
    if shown is None:
        raise Said("services.not_announced")
    if timezone.localdate(at) <= shown.until_on:
        raise Said("services.announcement_runs", until=shown.until_on)
    if Objection.objects.open().against(source).exists():
        raise Said("services.objection_open")
    step(case, by=by, at=at, words=MoveWords(verb=CONCLUDE, opinion=opinion))
    return shown
