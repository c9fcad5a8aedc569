"""Grievances of a year: what people tell, by season and class, and how each goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from linli.cases.handling import rate
from linli.cases.moving import MoveWords, advance
from linli.grievances.answering import decide_reopening, release, reply, revisit
from linli.grievances.intake import Filed, Told, answer_at_once, dispatch, file_grievance
from linli.grievances.models import Grievance
from linli.people.actors import Actor
from linli.records.keeping import keep
from linli.records.models import Document
from linli.sample import hours, papers, tales
from linli.sample.diary import Detour, Story
from linli.sample.world import Dweller, World

FESTIVAL = date(2026, 2, 9)
"""Around the Spring Festival some things are left lying."""


@dataclass(frozen=True)
class Fate:
    """How one grievance goes on, decided when it is told."""

    slow: bool
    at_once: bool
    wrong_hand: bool
    unresolved: bool
    unreachable: bool
    withdrawn: bool
    redirected: bool


def fate(luck: Random, at: datetime) -> Fate:
    """Draw a fate with shares like those that hotlines report."""
    slow = 0.3 if at.date() >= hours.ALIVE_FROM else 0.16 if at.date() >= FESTIVAL else 0.035
    return Fate(
        slow=luck.random() < slow,
        at_once=luck.random() < 0.17,
        wrong_hand=luck.random() < 0.06,
        unresolved=luck.random() < 0.11,
        unreachable=luck.random() < 0.07,
        withdrawn=luck.random() < 0.025,
        redirected=luck.random() < 0.015,
    )


def story(world: World, region: str, number: int, at: datetime) -> Story:
    """One grievance from telling to closing."""
    luck = world.luck("grievance", region, number)
    one = luck.choice(world.grown(region, at.date()))
    tale = tales.told_at(luck, at.date(), region, one.building.name if one.building else "")
    own = fate(luck, at)
    grievance = _file(world, region, one, tale, luck, at)
    clerk = world.holder("clerk", region)
    if own.withdrawn and one.actor is not None:
        at = hours.later(at, luck, hours=(1, 9))
        yield at
        if grievance.case.closed_on is None:
            advance(grievance.case, "withdraw", by=one.actor, at=at)
        return
    at = _first_look(own, luck, at)
    yield at
    if own.redirected:
        advance(grievance.case, "redirect", by=clerk, at=at, words=MoveWords(tales.REDIRECTED))
        return
    if own.at_once or tale.nature == "consult":
        answer_at_once(grievance=grievance, reply=tale.answer, by=clerk, at=at)
    else:
        dispatch(grievance=grievance, by=clerk, at=at)
        yield from _handled(world, grievance, tale, own, luck, at)
        at = grievance.case.step_since
    yield from _revisited(world, grievance, one, own, luck, at)


def _first_look(own: Fate, luck: Random, at: datetime) -> datetime:
    """When the clerk first deals with it: the same day, on rest days by the duty officer, or late."""
    if own.slow:
        return hours.office(at, luck, days=luck.choice((1, 2, 3)) if at.date() < hours.ALIVE_FROM else 3)
    soon = hours.office(at, luck)
    return soon if soon - at < timedelta(hours=20) else hours.duty(at, luck)


def _file(world: World, region: str, one: Dweller, tale: tales.Tale, luck: Random, at: datetime) -> Grievance:
    channel, by = _channel(world, region, one, luck)
    told = Told(
        class_code=tale.code, nature=tale.nature, text=tale.text, grade=tale.grade,
        building=one.building, spot=tale.spot, is_anonymous=luck.random() < 0.06,
    )  # fmt: skip
    photos: tuple[Document, ...] = ()
    if channel == "portal" and luck.random() < 0.35:
        photos = (_photo(region, tale, luck, by, at),)
    return file_grievance(
        told=told, filed=Filed(world.regions[region], one.person, channel, photos), by=by, at=at
    )


def _channel(world: World, region: str, one: Dweller, luck: Random) -> tuple[str, Actor]:
    if one.actor is not None and luck.random() < 0.85:
        return "portal", one.actor
    if luck.random() < 0.2:
        return "grid", world.holder("grid_worker", region)
    return luck.choice(("phone", "counter")), world.holder("clerk", region)


def _photo(region: str, tale: tales.Tale, luck: Random, by: Actor, at: datetime) -> Document:
    return keep(
        content=papers.snap(tale.picture, luck.randrange(3)), name="现场照片.png", kind="photo", region=region,
        data_class="P2", retain_until=(at + timedelta(days=3 * 365)).date(), by=by, at=at,
    )  # fmt: skip


def _hand(world: World, grievance: Grievance) -> Actor:
    return world.holder(grievance.case.hold_post, grievance.case.region_id)


def _handled(
    world: World, grievance: Grievance, tale: tales.Tale, own: Fate, luck: Random, at: datetime
) -> Story:
    """The body works and answers; sometimes it was the wrong one and sends the matter back first."""
    if own.wrong_hand:
        at = hours.office(at, luck)
        yield at
        advance(
            grievance.case,
            "return_dispatch",
            by=_hand(world, grievance),
            at=at,
            words=MoveWords(tales.WRONG_HAND),
        )
        at = hours.office(at, luck, days=luck.choice((0, 1)))
        yield at
        dispatch(grievance=grievance, by=world.holder("clerk", grievance.case.region_id), at=at)
    days = luck.choice((6, 7, 8, 9)) if own.slow else luck.choice((0, 1, 1, 2, 2, 3, 4))
    at = hours.office(at, luck, days=days)
    yield at
    if grievance.case.grade == "urgent" and not own.slow:
        at = hours.office(at, luck)
    reply(grievance=grievance, text=tale.answer, by=_hand(world, grievance), at=at)


def _revisited(
    world: World, grievance: Grievance, one: Dweller, own: Fate, luck: Random, at: datetime
) -> Story:
    """Called back, or answered on the portal; not resolved may mean once more from the beginning."""
    clerk = world.holder("clerk", grievance.case.region_id)
    if own.unreachable:
        at = yield from _not_reached(grievance, clerk, luck, at)
        if grievance.case.closed_on is not None:
            return
    at = hours.office(at, luck, days=luck.choice((0, 1, 1, 2, 3)))
    yield at
    _answer(grievance, one, clerk, luck, at, is_resolved=not own.unresolved)
    if own.unresolved:
        yield from _again(world, grievance, one, luck, at)
        return
    _rated(grievance, one, luck, at, is_content=True)
    if luck.random() < 0.06:
        release(grievance=grievance, text=tales.released(grievance.reply), by=clerk, at=at)


def _not_reached(grievance: Grievance, clerk: Actor, luck: Random, at: datetime) -> Detour:
    tries = 3 if luck.random() < 0.3 else 1
    for _ in range(tries):
        at = hours.office(at, luck, days=2)
        yield at
        revisit(grievance=grievance, was_reached=False, channel="phone", by=clerk, at=at)
    if tries == 3:
        advance(grievance.case, "close_silent", by=clerk, at=at, words=MoveWords(tales.SILENT))
    return at


def _answer(
    grievance: Grievance, one: Dweller, clerk: Actor, luck: Random, at: datetime, *, is_resolved: bool
) -> None:
    mine = one.actor if one.actor is not None and luck.random() < 0.35 else None
    revisit(
        grievance=grievance, was_reached=True, channel="portal" if mine else "phone", is_resolved=is_resolved,
        is_satisfied=is_resolved and luck.random() < 0.93, by=mine or clerk, at=at,
    )  # fmt: skip


def _again(world: World, grievance: Grievance, one: Dweller, luck: Random, at: datetime) -> Story:
    clerk = world.holder("clerk", grievance.case.region_id)
    at = hours.office(at, luck, days=3 if at.date() >= hours.ALIVE_FROM else luck.choice((0, 1)))
    yield at
    if luck.random() < 0.5:
        decide_reopening(grievance=grievance, reopen=False, reason=tales.UNRESOLVED, by=clerk, at=at)
        _rated(grievance, one, luck, at, is_content=False)
        return
    decide_reopening(grievance=grievance, reopen=True, reason="", by=clerk, at=at)
    at = hours.office(at, luck)
    yield at
    dispatch(grievance=grievance, by=clerk, at=at)
    at = hours.office(at, luck, days=luck.choice((1, 2, 3)))
    yield at
    reply(grievance=grievance, text=tales.REDONE, by=_hand(world, grievance), at=at)
    at = hours.office(at, luck, days=2)
    yield at
    _answer(grievance, one, clerk, luck, at, is_resolved=True)


def _rated(grievance: Grievance, one: Dweller, luck: Random, at: datetime, *, is_content: bool) -> None:
    if one.actor is None or luck.random() > 0.5:
        return
    weights = (1, 1, 5, 22, 71) if is_content else (20, 30, 35, 12, 3)
    stars = luck.choices((1, 2, 3, 4, 5), weights)[0]
    rate(case=grievance.case, stars=stars, by=one.actor, at=at, words=tales.rated(stars, luck))
