"""Objecting to a publication, and answering in time."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from linli.disclosure.models import OUTCOMES, Answer, Objection, Publication
from linli.disclosure.showing import require_no_personal
from linli.ground.clock import due_day
from linli.ground.digest import commitment, digest_of
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.people.models import Person
from linli.rulebook.reading import calendar, rule
from linli.trail.writing import act, append

LONGEST = 2000


@act
def object_to(
    *,
    publication: Publication,
    text: str,
    channel: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
) -> Objection:
    """Object to what is shown; it must be answered within the rule ``disclosure.objection_answer_days``.

    Residents object for themselves; a clerk enters an objection for a ``person`` at the counter. A publication that
    is over or was taken down is asked about as a grievance instead (``disclosure.not_showing``).
    """
    today = timezone.localdate(at)
    _require_may_object(publication, text, by, person, today)
    days = int(rule("disclosure.objection_answer_days", place=publication.region_id, on=today).value)
    salt = secrets.token_hex(16)
    objection = Objection.objects.create(
        publication=publication,
        person=person or _self(by),
        filed_by=by.actor_word,
        channel=channel,
        text=text.strip(),
        salt=salt,
        at=at,
        on=today,
        due_on=due_day(start=today, days=days, unit="working", calendar=calendar()).on,
    )
    said = commitment(objection.text, salt, settings.LINLI_DIGEST)
    content = {"publication": publication.number, "due": objection.due_on.isoformat(), "text": said}
    append(
        region=publication.region_id, kind="disclosure.objection", row_key=objection.key, content=content, at=at
    )  # fmt: skip
    values = {"title": publication.title[:80], "due": objection.due_on}
    to_post, link = (publication.post, publication.place), f"publication:{publication.number}"
    leave(template="publication.objection", to_post=to_post, values=values, link=link, by=by, at=at)
    return objection


def _require_may_object(
    publication: Publication, text: str, by: Actor, person: Person | None, today: date
) -> None:
    for_another = person is not None and person.pk != by.person_id
    if not (by.may("services.assist") or (by.may("disclosure.object") and not for_another)):
        raise Said("people.no_right", right="disclosure.object", post=by.role.title)
    if not text.strip():
        raise Said("disclosure.objection_empty", field="text")
    if len(text) > LONGEST:
        raise Said("disclosure.objection_long", field="text", longest=LONGEST)
    if not Publication.objects.showing(today).filter(pk=publication.pk).exists():
        raise Said("disclosure.not_showing", number=publication.number)


def _self(by: Actor) -> Person | None:
    return Person.objects.filter(pk=by.person_id).first() if by.person_id else None


@act
def answer_objection(*, objection: Objection, outcome: str, text: str, by: Actor, at: datetime) -> Answer:
    """Answer an objection once: upheld, partly or dismissed, with the reason. What is upheld is then corrected."""
    publication = objection.publication
    by.require("disclosure.publish", publication.region_id)
    if outcome not in OUTCOMES:
        raise Said("disclosure.unknown_outcome", field="outcome")
    if not text.strip():
        raise Said("disclosure.answer_empty", field="text")
    if Answer.objects.filter(objection=objection).exists():
        raise Said("disclosure.answered_already")
    require_no_personal([text])
    answer = Answer.objects.create(
        objection=objection, outcome=outcome, text=text.strip(), at=at, on=timezone.localdate(at),
        actor=by.actor_word, post=by.post,
    )  # fmt: skip
    content = {"objection": objection.key, "outcome": outcome, "text": digest_of(answer.text)}
    append(
        region=publication.region_id, kind="disclosure.answer", row_key=objection.key, content=content, at=at
    )
    if objection.person is not None:
        leave(
            template="publication.answered",
            to_person=objection.person,
            values={"title": publication.title[:80]},
            link=f"publication:{publication.number}",
            by=by,
            at=at,
        )
    return answer
