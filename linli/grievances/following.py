"""What follows an answer: it is kept, counted as the response, and passed on to everybody who shares the matter."""

from __future__ import annotations

from datetime import datetime

from linli.cases.moving import MoveWords, advance
from linli.grievances.formulas import found_places, redacted
from linli.grievances.models import Grievance, Joining
from linli.notices.leaving import leave
from linli.people.actors import CLOCK, Actor
from linli.trail.writing import act

PASS_ON = "grievances.following.pass_on"  # noqa: S105 - the word of a verb
FOLLOW = "grievances.following.follow"


def responded(grievance: Grievance, at: datetime) -> None:
    """The first response counts, judged against the hours of the grade."""
    if grievance.responded_at is None:
        grievance.responded_at = at
        grievance.responded_in_time = at <= grievance.respond_by
        grievance.save(update_fields=["responded_at", "responded_in_time"])


def keep_reply(grievance: Grievance, reply: str, by: Actor, at: datetime) -> None:
    """Keep the newest answer beside the grievance, where it can be erased, and pass it on to who joined."""
    grievance.reply, grievance.replied_at, grievance.answered_by = reply, at, by.actor_word
    grievance.save(update_fields=["reply", "replied_at", "answered_by"])
    pass_on(grievance, reply, at)


def names_known(grievance: Grievance) -> list[str]:
    """Names of the persons of a matter: who told it, who is merged into it, who joined it."""
    told = (
        Grievance.objects.get_queryset().filter(kept=grievance).values_list("case__person__name", flat=True)
    )
    joined = Joining.objects.filter(grievance=grievance).values_list("person__name", flat=True)
    own = grievance.case.person.name if grievance.case.person else None
    return [name for name in [own, *told, *joined] if name]


def pass_on(grievance: Grievance, text: str, at: datetime) -> None:
    """Give an answer to the persons of merged cases, in their own case, and to who joined; names and numbers cut."""
    merged = list(grievance.merged.select_related("case"))
    joined = list(grievance.joinings.values_list("person_id", flat=True))
    if not merged and not joined:
        return
    shown = _cut(grievance, text)
    for one in merged:
        advance(one.case, "pass_on", by=CLOCK, at=at, words=MoveWords(shown, PASS_ON))
    values = {"title": grievance.case.title}
    for person in joined:
        leave(
            template="grievance.joined_answered", to_person=person, values=values,
            link=f"joined:{grievance.case.region_id}", by=CLOCK, at=at,
        )  # fmt: skip


def _cut(grievance: Grievance, text: str) -> str:
    return redacted(text, found_places(text, names=names_known(grievance)))


def for_joined(grievance: Grievance) -> str:
    """The newest answer as those may read it who joined: without names and numbers of anybody in the matter."""
    return _cut(grievance, grievance.reply) if grievance.reply else ""


def follow(grievance: Grievance, at: datetime) -> int:
    """Close what was merged into a grievance that is closed; where it was withdrawn, give each back to be handled."""
    if grievance.case.closed_on is None:
        return 0
    word = "part" if grievance.case.outcome == "withdrawn" else "follow"
    merged = list(grievance.merged.filter(case__closed_on=None).select_related("case"))
    for one in merged:
        if word == "part":
            one.kept = None
            one.save(update_fields=["kept"])
        advance(one.case, word, by=CLOCK, at=at, words=MoveWords(verb=FOLLOW))
    return len(merged)


@act
def follow_all(*, by: Actor, at: datetime) -> int:
    """For the clock: what is merged into a grievance that was closed some other way (withdrawn) follows it."""
    kept = Grievance.objects.get_queryset().filter(
        case__closed_on__isnull=False, merged__case__closed_on=None
    )
    return sum(follow(one, at) for one in kept.distinct())
