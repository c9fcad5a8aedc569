"""An outside body answers a part by a one-time link, without an account.

The link's word is random and shown once; only its digest is kept. It opens one question, without anything personal,
takes one answer, and ends by the rule ``cases.outside_link_days``. The word is never logged or noted.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from linli.cases.bodies import OutsideLink
from linli.cases.handling import attach_all
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance, lock
from linli.ground.masking import find_personal
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.records.keeping import Incoming, keep_all
from linli.rulebook.reading import rule
from linli.trail.writing import act, note

ANSWER = "cases.outside.answer_link"
PAPER = "outside_answer"


@dataclass(frozen=True)
class Shown:
    """What the page of a link shows: nothing personal, nothing of the matter beyond the question."""

    body: str
    title: str
    question: str
    community: str
    expires_at: datetime


@act
def make_link(*, part: Case, question: str, by: Actor, at: datetime) -> tuple[OutsideLink, str]:
    """A new link for the part in one's hands and its word, which nobody can read again; an older one is withdrawn.

    Refused: a part of a body that has a post here, who does not hold it, a question with something personal in it.
    """
    locked = lock(part)
    if not locked.cooperation.name:
        raise Said("cases.link_not_outside")
    if (by.post, by.place) != (locked.hold_post, locked.hold_place):
        raise Said("cases.not_in_hand", number=locked.number)
    if not question.strip():
        raise Said("cases.question_missing", field="question")
    if _is_personal(f"{question}\n{locked.title}", locked):
        raise Said("cases.link_personal", field="question")
    _withdraw_live(locked, by, at)
    word = secrets.token_urlsafe(24)
    days = int(rule("cases.outside_link_days", place=locked.region_id, on=timezone.localdate(at)).value)
    link = OutsideLink.objects.create(
        part=locked, key=secrets.token_hex(8), digest=digest_of(word), question=question.strip(),
        made_by=by.actor_word, made_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    _note("cases.make_link", link, by, at)
    return link, word


def _is_personal(text: str, part: Case) -> bool:
    """Numbers of a person, or the name of the person whose matter it is; an office's telephone is none."""
    person = part.parent.person if part.parent else None
    named = bool(person and person.name and person.name in text)
    return named or any(found.kind != "landline" for found in find_personal(text))


@act
def withdraw_link(*, part: Case, by: Actor, at: datetime) -> bool:
    """Withdraw the part's live link; whether there was one. Who opens it afterwards reads that it was withdrawn."""
    locked = lock(part)
    if (by.post, by.place) != (locked.hold_post, locked.hold_place):
        raise Said("cases.not_in_hand", number=locked.number)
    return _withdraw_live(locked, by, at)


def _withdraw_live(part: Case, by: Actor, at: datetime) -> bool:
    live = OutsideLink.objects.filter(part=part, used_at=None, withdrawn_at=None).first()
    if live is None:
        return False
    live.withdrawn_at, live.withdrawn_by = at, by.actor_word
    live.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _note("cases.withdraw_link", live, by, at)
    return True


def digest_of(word: str) -> str:
    """The digest a link is found by."""
    return hashlib.sha256(word.encode()).hexdigest()


def live_link(digest: str, *, at: datetime) -> OutsideLink:
    """The link of a digest while it may be answered; else the refusal says which way it ended."""
    link = OutsideLink.objects.select_related("part__region").filter(digest=digest).first()
    if link is None:
        raise Said("cases.link_unknown")
    _refuse_unless_open(link, link.part, at)
    return link


def _refuse_unless_open(link: OutsideLink, part: Case, at: datetime) -> None:
    state = link.state(at)
    if state == "used":
        raise Said("cases.link_used")
    if state == "withdrawn" or part.closed_on is not None:
        raise Said("cases.link_withdrawn")
    if state == "expired":
        raise Said("cases.link_expired")


def shown(link: OutsideLink) -> Shown:
    """What the page of a link shows; one statement for the body's name."""
    part = link.part
    return Shown(part.cooperation.name, part.title, link.question, part.region.name, link.expires_at)


@act
def answer_link(
    *, link: OutsideLink, text: str, by: Actor, at: datetime, files: Sequence[tuple[str, bytes]] = ()
) -> Passage:
    """The outside body answers, once: the answer becomes a passage of the part, its files papers of it.

    ``by`` is the visitor. Of two answers at once the second reads that the link was used.
    """
    if not text.strip():
        raise Said("cases.answer_missing", field="text")
    part = Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=link.part_id)
    locked = OutsideLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    _refuse_unless_open(locked, part, at)
    _keep_files(part, files, by, at)
    outside = Actor(actor_word=f"outside:{locked.key}", post=by.post, place=by.place)
    to_post = (part.hold_post, part.hold_place)
    passage = advance(part, "answer", by=outside, at=at, words=MoveWords(text.strip(), verb=ANSWER))
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    values = {"title": part.title, "number": part.number, "name": part.cooperation.name}
    leave(
        template="case.part_answered",
        to_post=to_post,
        values=values,
        link=f"case:{part.number}",
        by=by,
        at=at,
    )
    return passage


def _keep_files(part: Case, files: Sequence[tuple[str, bytes]], by: Actor, at: datetime) -> None:
    if not files:
        return
    incoming = [Incoming(content, name, PAPER) for name, content in files]
    documents = keep_all(
        incoming, region=part.region_id, data_class=part.data_class, retain_until=None, by=by, at=at
    )  # fmt: skip
    attach_all(case=part, papers=[(PAPER, one) for one in documents], by=by, at=at)


def _note(verb: str, link: OutsideLink, by: Actor, at: datetime) -> None:
    note(
        verb=verb, kind="cases.link", key=link.key, region=link.part.region_id, by=by, at=at,
        data_class=link.part.data_class, facts={"part": link.part.number},
    )  # fmt: skip
