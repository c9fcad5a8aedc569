"""How an application reaches the station: the resident's own phone, or the clerk who types and reads it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from linli.cases.handling import rate
from linli.people.actors import Actor
from linli.sample import papers, tales
from linli.sample.world import Dweller, World
from linli.services.intake import Entry, Paper, file_application
from linli.services.models import Application


@dataclass(frozen=True)
class Asked:
    """What is applied for, with which answers and papers."""

    item: str
    answers: Mapping[str, object]
    papers: Sequence[Paper] = ()
    urgent: bool = False


def apply(world: World, one: Dweller, region: str, asked: Asked, luck: Random, at: datetime) -> Application:
    """File it: on the portal by those who have a login, else at the counter with read-back."""
    by, channel = channel_of(world, one, region, luck)
    return file_application(
        item=asked.item, applicant=one.person, answers=asked.answers, papers=asked.papers, channel=channel, by=by, at=at,
        urgent=asked.urgent, entry=entry(world, region, channel),
    )  # fmt: skip


def channel_of(world: World, one: Dweller, region: str, luck: Random) -> tuple[Actor, str]:
    """Who enters it, and by which channel."""
    if one.actor is not None and luck.random() < 0.85:
        return one.actor, "portal"
    return world.holder("clerk", region), "counter"


def entry(world: World, region: str, channel: str) -> Entry:
    """Read back at the counter; on the portal people read for themselves."""
    return Entry(read_back=channel != "portal", region=world.regions[region])


def event_proof(kind: str, luck: Random) -> Paper:
    """The proof of a hardship: a bill or a photo."""
    yuan = luck.randrange(8, 95) * 100
    content = papers.bill(kind, (f"金额：{yuan} 元", "经办：（略）", "日期：见原件"))
    return Paper("event_proof", "单据照片.png", content)


def form(title: str, text: str) -> Paper:
    """The written application."""
    return Paper("application", "申请书.txt", papers.letter(title, text))


def rated(
    application: Application, one: Dweller, luck: Random, at: datetime, *, is_content: bool = True
) -> None:
    """Half of those who can rate by themselves do, honestly spread."""
    if one.actor is None or application.case.closed_on is None or luck.random() > 0.5:
        return
    weights = (1, 1, 3, 15, 80) if is_content else (28, 27, 30, 12, 3)
    stars = luck.choices((1, 2, 3, 4, 5), weights)[0]
    rate(case=application.case, stars=stars, by=one.actor, at=at, words=tales.rated(stars, luck))
