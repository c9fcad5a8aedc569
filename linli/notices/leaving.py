"""Leaving a message in the running transaction, and reading it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from linli.ground.said import Said
from linli.notices import senders
from linli.notices.models import Delivery, Notice
from linli.notices.texts import checked_values, template
from linli.people.actors import Actor
from linli.people.models import Person
from linli.trail.writing import act


@act
def leave(
    *,
    template: str,
    values: Mapping[str, object],
    link: str,
    by: Actor,
    at: datetime,
    to_person: Person | int | None = None,
    to_post: tuple[str, str] | None = None,
) -> Notice:
    """Leave a notice to a person, or to a post at a place (post word, 12-digit code): exactly one of both.

    ``to_person`` may be the row's number. ``values`` offer what the template's blanks need
    (``texts.checked_values`` says what is refused); ``link`` is a word such
    as ``case:NUMBER``. The notice is in the in-app inbox with the commit; other ways go out by ``send_pending``.
    """
    if (to_person is None) == (to_post is None):
        raise Said("notices.one_addressee")
    post, place = to_post or ("", "")
    whom = {"to_person" if isinstance(to_person, Person) else "to_person_id": to_person}
    notice = Notice.objects.create(
        template=template,
        **whom,
        to_post=post,
        to_place=place,
        values=checked_values(template, values),
        link=link,
        left_by=by.actor_word,
        left_at=at,
    )
    Delivery.objects.bulk_create(_ways(notice, at))  # none: no statement
    return notice


def _ways(notice: Notice, at: datetime) -> list[Delivery]:
    """Every way but in-app, which has arrived with the row itself: where the site sends and the person can be
    reached."""
    return [
        Delivery(notice=notice, channel=channel, next_try_at=at)
        for channel in template(notice.template).channels
        if channel != "inapp" and senders.is_open(channel) and senders.may_reach(channel, notice.to_person)
    ]


@act
def mark_read(*, notice: Notice, by: Actor, at: datetime) -> Notice:
    """Note that the addressee has read a notice; the first reading counts. Raises ``notices.not_yours``."""
    if not Notice.objects.for_actor(by).filter(pk=notice.pk).exists():
        raise Said("notices.not_yours")
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at, read_by=by.actor_word)
    notice.refresh_from_db(fields=["read_at", "read_by"])
    return notice


@act
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Note that every notice of the actor has been read; returns how many were new."""
    return Notice.objects.for_actor(by).unread().update(read_at=at, read_by=by.actor_word)
