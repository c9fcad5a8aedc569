"""Leaving a message in the running transaction, and reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.ground.said import Said
from linli.notices import senders
from linli.notices.models import Delivery, Follower, Notice, Silence
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
    also: Sequence[int] = (),
) -> Notice:
    """Leave a notice to a person, or to a post at a place (post word, 12-digit code): exactly one of both.

    ``to_person`` may be the row's number. ``values`` offer what the template's blanks need
    (``texts.checked_values`` says what is refused); ``link`` is a word such as ``case:NUMBER``; ``also`` are persons
    (by number) told the same, such as ``followers(link)``. The notice is in the in-app inbox with the commit; other
    ways go out by ``send_pending``.
    """
    if (to_person is None) == (to_post is None):
        raise Said("notices.one_addressee")
    post, place = to_post or ("", "")
    kept = checked_values(template, values)
    facts = {"template": template, "values": kept, "link": link, "left_by": by.actor_word, "left_at": at}
    whom = {"to_person" if isinstance(to_person, Person) else "to_person_id": to_person}
    rows = [Notice(**whom, to_post=post, to_place=place, **facts)]
    if to_person is not None:
        first = to_person.pk if isinstance(to_person, Person) else to_person
        others = {*also} - {first}
        rows += [Notice(to_person_id=one, **facts) for one in sorted(others)]
    notices = Notice.objects.bulk_create(rows)
    Delivery.objects.bulk_create(
        [way for notice in notices for way in _ways(notice, at)]
    )  # none: no statement
    return notices[0]


def followers(link: str) -> list[int]:
    """Who is told whatever the person of a matter is told, by row number."""
    return list(
        Follower.objects.filter(link=link, until_at=None).order_by("pk").values_list("person", flat=True)
    )


@act
def follow(*, link: str, person: Person, ground: str, by: Actor, at: datetime) -> Follower:
    """Have somebody told whatever the person of a matter is told from now on, and what they were told so far."""
    row, _ = Follower.objects.update_or_create(
        link=link, person=person, defaults={"ground": ground, "since_at": at, "until_at": None}
    )
    told = Notice.objects.filter(link=link, to_person__isnull=False).exclude(to_person=person).order_by("pk")
    rows = [
        Notice(
            to_person=person,
            template=one.template,
            values=one.values,
            link=link,
            left_by=one.left_by,
            left_at=at,
        )
        for one in told.distinct()[:50]
    ]
    notices = Notice.objects.bulk_create(rows)
    Delivery.objects.bulk_create([way for notice in notices for way in _ways(notice, at)])
    return row


@act
def unfollow(*, link: str, person: Person, by: Actor, at: datetime) -> bool:
    """End it, as when a mandate ends. True when it ran."""
    return Follower.objects.filter(link=link, person=person, until_at=None).update(until_at=at) == 1


@act
def silence(*, person: Person, template: str, by: Actor, at: datetime) -> Silence:
    """A person does not want the notices of a template any more. Raises ``notices.not_yours`` for anybody else."""
    if by.person_id != person.pk:
        raise Said("notices.not_yours")
    row, _ = Silence.objects.get_or_create(person=person, template=template, defaults={"since_at": at})
    return row


@act
def break_silence(*, person: Person, template: str, by: Actor, at: datetime) -> bool:
    """A person wants them again. True when they were silenced."""
    if by.person_id != person.pk:
        raise Said("notices.not_yours")
    return Silence.objects.filter(person=person, template=template).delete()[0] == 1


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


@act
def mark_these_read(*, keys: Sequence[str], by: Actor, at: datetime) -> int:
    """Note that some of the actor's notices (by key) have been read; other people's are left alone."""
    rows = Notice.objects.for_actor(by).unread().filter(key__in=list(keys))
    return rows.update(read_at=at, read_by=by.actor_word)
