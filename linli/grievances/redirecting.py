"""What belongs to another channel (petition, discipline, police, court): told where to go, kept as a trace."""

from __future__ import annotations

from datetime import datetime

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.finding.indexing import put_all
from linli.grievances.findable import KIND as FOUND_AS
from linli.grievances.findable import drawn
from linli.grievances.following import follow
from linli.grievances.intake import classes_of
from linli.grievances.models import Grievance
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.writing import act


@act
def redirect(
    *, grievance: Grievance, channel: str, words: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Close a grievance because another channel handles it; the person reads where to go.

    For reports of discipline and crime the words told are taken out of the row and of the search index: the trace
    says when and where to it was sent, not what was reported. Raises ``grievances.unknown_channel``,
    ``grievances.channel_words`` (another department has to be named).
    """
    found = classes_of(grievance).channel(channel)
    if found.code == "other" and not words.strip():
        raise Said("grievances.channel_words", field="words")
    said = MoveWords(
        "\n".join(line for line in (found.where.zh, words.strip()) if line), "grievances.redirecting.redirect",
        {"channel": found.title.zh}, seen,
    )  # fmt: skip
    passage = advance(grievance.case, "redirect", by=by, at=at, words=said)
    grievance.redirected_to = found.code
    if found.cuts_words:
        grievance.text = grievance.spot = ""
        put_all(kind=FOUND_AS, rows=[drawn(grievance)], by=by, at=at)
    grievance.save(update_fields=["redirected_to", "text", "spot"])
    follow(grievance, at)
    return passage
