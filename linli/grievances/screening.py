"""Regular screening for conflicts (矛盾纠纷排查): rounds by the rule's cycle, conflicts with risk and owner, looks, closing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from linli.grievances.declared import ClassList
from linli.grievances.formulas import risk_of
from linli.grievances.intake import class_list
from linli.grievances.limits import number
from linli.grievances.models import Conflict, ConflictLook, ScreeningRound
from linli.ground.masking import find_personal
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.roles import all_roles
from linli.places.models import Region
from linli.rulebook.parsing import parsed
from linli.trail.writing import act, append, note

RIGHT = "grievances.screen"


@dataclass(frozen=True)
class Sighting:
    """What is entered of a conflict: kind, what it is about (no numbers of persons), how many, which criteria are met."""

    kind: str
    text: str
    parties: int
    criteria: tuple[str, ...]
    owner_post: str
    measures: str


@act
def open_round(*, region: Region, by: Actor, at: datetime, occasion: str = "") -> ScreeningRound:
    """Begin a round: it ends by the rule's cycle. One at a time; ``occasion`` names a special one (before a festival)."""
    by.require(RIGHT, region.code)
    on = timezone.localdate(at)
    if ScreeningRound.objects.filter(region=region, closed_on=None).exists():
        raise Said("grievances.round_open")
    days = number("screening_cycle_days", place=region.code, on=on)
    last = ScreeningRound.objects.filter(region=region).aggregate(last=Max("number"))["last"] or 0
    row = ScreeningRound.objects.create(
        region=region, number=last + 1, occasion=occasion.strip(), opened_on=on, due_on=on + timedelta(days=days),
        opened_by=by.actor_word,
    )  # fmt: skip
    _record(
        "grievances.open_round", region.code, f"{region.code}/{row.number}", {"due": row.due_on.isoformat()}, by, at,
    )  # fmt: skip
    return row


def _record(verb: str, region: str, key: str, facts: dict[str, object], by: Actor, at: datetime) -> None:
    append(region=region, kind=verb, row_key=key, content={"key": key, **facts}, at=at)
    note(
        verb=verb, kind="grievances.screening", key=key, region=region, by=by, at=at, data_class="P2", facts=facts,
    )  # fmt: skip


def level(listed: ClassList, criteria: Collection[str]) -> str:
    """The risk by the criteria that are met: the highest of their levels. Raises ``grievances.unknown_criterion``."""
    known = {one.code: one.level for one in listed.criteria}
    for code in criteria:
        if code not in known:
            raise Said("grievances.unknown_criterion", field="criteria", code=code)
    return risk_of([known[code] for code in criteria], tuple(one.code for one in listed.risks))


def _check(seen: Sighting, listed: ClassList) -> None:
    if seen.kind not in {one.code for one in listed.conflicts}:
        raise Said("grievances.unknown_conflict", field="kind", code=seen.kind)
    for field in ("text", "measures"):
        words = getattr(seen, field)
        if not words.strip():
            raise Said("grievances.words_missing", field=field)
        if find_personal(words):
            raise Said("grievances.numbers_in_screening", field=field)
    if seen.parties < 2:
        raise Said("grievances.parties_two", field="parties")
    if seen.owner_post not in all_roles():
        raise Said("grievances.unknown_post", field="owner_post", post=seen.owner_post)


@act
def enter_conflict(*, round: ScreeningRound, seen: Sighting, by: Actor, at: datetime) -> Conflict:  # noqa: A002
    """Enter a conflict found in an open round; its risk follows from the criteria, the next look from the risk."""
    by.require(RIGHT, round.region_id)
    if round.closed_on is not None:
        raise Said("grievances.round_closed")
    on = timezone.localdate(at)
    edition, listed = class_list(on)
    _check(seen, listed)
    risk = level(listed, seen.criteria)
    there = Conflict.objects.filter(round=round).count()
    row = Conflict.objects.create(
        key=f"PC-{round.region_id}-{round.number}-{there + 1}", round=round, region_id=round.region_id, classes=edition,
        kind=seen.kind, text=seen.text.strip(), parties=seen.parties, criteria=list(seen.criteria), risk=risk,
        owner_post=seen.owner_post, measures=seen.measures.strip(), entered_by=by.actor_word, entered_on=on,
        next_on=on + timedelta(days=listed.risk(risk).look_days),
    )  # fmt: skip
    _record("grievances.enter_conflict", row.region_id, row.key, {"kind": row.kind, "risk": risk}, by, at)
    return row


@act
def look_again(
    *,
    conflict: Conflict,
    criteria: Collection[str],
    measures: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> ConflictLook:
    """Record a look: which criteria are met now, what was done; the next look follows from the risk.

    ``seen`` is how many looks the officer had before their eyes; another's look meanwhile refuses this one.
    """
    locked = _open(conflict, by, seen)
    listed = parsed(locked.classes_id, ClassList)
    _words(measures, "measures")
    risk, on = level(listed, criteria), timezone.localdate(at)
    next_on = on + timedelta(days=listed.risk(risk).look_days)
    row = _look(locked, risk, list(criteria), measures, next_on, by, at)
    locked.risk, locked.criteria, locked.next_on, locked.measures = (
        risk, list(criteria), next_on, measures.strip(),
    )  # fmt: skip
    locked.looks_count += 1
    locked.save(update_fields=["risk", "criteria", "next_on", "measures", "looks_count"])
    _record("grievances.look_again", locked.region_id, f"{locked.key}#{row.number}", {"risk": risk}, by, at)
    return row


def _open(conflict: Conflict, by: Actor, seen: int | None) -> Conflict:
    by.require(RIGHT, conflict.region_id)
    locked = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if locked.closed_on is not None:
        raise Said("grievances.conflict_closed")
    if seen is not None and seen != locked.looks_count:
        raise Said("grievances.looked_meanwhile")
    return locked


def _words(text: str, field: str) -> None:
    if not text.strip():
        raise Said("grievances.words_missing", field=field)
    if find_personal(text):
        raise Said("grievances.numbers_in_screening", field=field)


def _look(
    conflict: Conflict,
    risk: str,
    criteria: list[str],
    measures: str,
    next_on: date | None,
    by: Actor,
    at: datetime,
) -> ConflictLook:
    return ConflictLook.objects.create(
        conflict=conflict, number=conflict.looks_count + 1, at=at, on=timezone.localdate(at), actor=by.actor_word,
        risk=risk, criteria=criteria, measures=measures.strip(), next_on=next_on,
    )  # fmt: skip


@act
def close_conflict(
    *, conflict: Conflict, closing: str, by: Actor, at: datetime, seen: int | None = None
) -> Conflict:
    """Close a conflict: how it was settled, or whereto it went. One of the two upper levels is first looked at and lowered."""
    locked = _open(conflict, by, seen)
    _words(closing, "closing")
    order = [one.code for one in parsed(locked.classes_id, ClassList).risks]
    if order.index(locked.risk) >= len(order) - 2:
        raise Said("grievances.risk_too_high", field="closing")
    _look(locked, locked.risk, locked.criteria, closing, None, by, at)
    locked.closed_on, locked.closing = timezone.localdate(at), closing.strip()
    locked.looks_count += 1
    locked.save(update_fields=["closed_on", "closing", "looks_count"])
    _record("grievances.close_conflict", locked.region_id, locked.key, {"risk": locked.risk}, by, at)
    return locked


@act
def close_round(*, round: ScreeningRound, summary: str, by: Actor, at: datetime) -> ScreeningRound:  # noqa: A002
    """End a round with what was looked at, also where nothing was found; its conflicts go on until each is closed."""
    by.require(RIGHT, round.region_id)
    if round.closed_on is not None:
        raise Said("grievances.round_closed")
    _words(summary, "summary")
    round.closed_on, round.closed_by, round.summary = timezone.localdate(at), by.actor_word, summary.strip()
    round.save(update_fields=["closed_on", "closed_by", "summary"])
    facts: dict[str, object] = {"found": Conflict.objects.filter(round=round).count()}
    _record("grievances.close_round", round.region_id, f"{round.region_id}/{round.number}", facts, by, at)
    return round


def next_round_on(*, region: str, on: date) -> date | None:
    """By when the next regular round has to begin; none while one is open; the day itself where there was none yet."""
    last = ScreeningRound.objects.filter(region=region).order_by("-number").first()
    if last is None:
        return on
    if last.closed_on is None:
        return None
    return last.opened_on + timedelta(days=number("screening_cycle_days", place=region, on=on))
