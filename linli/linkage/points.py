"""Departments' work points in a community: the inventory, what they hand to the station, and merging them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linli.cases.opening import next_number
from linli.ground.said import Said
from linli.linkage.models import Device, HandedItem, MergePlan, Upkeep, WorkPoint
from linli.people.actors import Actor
from linli.people.roles import role
from linli.places.models import Region, Station
from linli.trail.writing import act, append, note

KEEP = "linkage.keep"
STATIONS = "places.stations"


@act
def enter_point(
    *, region: Region, name: str, department: str, by: Actor, at: datetime, **facts: Any
) -> WorkPoint:
    """Enter a department's work point in a community: staff, devices, what it does."""
    by.require(KEEP, region.code)
    if not name.strip() or not department.strip():
        raise Said("linkage.point_names", field="name")
    today = timezone.localdate(at)
    point = WorkPoint.objects.create(
        key=next_number(region, today.year), region=region, name=name.strip(), department=department.strip(),
        from_on=today, actor=by.actor_word, **facts,
    )  # fmt: skip
    note(verb="linkage.enter_point", kind="linkage.point", key=point.key, region=region.code, by=by, at=at)
    return point


@dataclass(frozen=True)
class Handed:
    """An item that is handed over: by which basis, with how much money a year (fen)."""

    title: str
    basis: str
    yearly_cents: int
    from_on: date
    service_item: str = ""


@act
def hand_item(*, point: WorkPoint, handed: Handed, by: Actor, at: datetime) -> HandedItem:
    """The station takes an item over from a department, with basis and money (承接事项、费随事转).

    Without a basis it is refused: a task pushed down without one need not be taken.
    """
    by.require(KEEP, point.region_id)
    if not handed.title.strip():
        raise Said("linkage.item_title", field="title")
    if not handed.basis.strip():
        raise Said("linkage.basis_missing", field="basis")
    if handed.yearly_cents < 0:
        raise Said("linkage.money_negative", field="yearly_cents")
    return _handed(point, handed, "taken", None, by, at)


@act
def give_back(*, item: HandedItem, basis: str, on: date, by: Actor, at: datetime) -> HandedItem:
    """An item goes back to its department from a day, on a basis; the line that took it over stays."""
    by.require(KEEP, item.point.region_id)
    if item.state != "taken" or HandedItem.objects.filter(follows=item).exists():
        raise Said("linkage.given_back_already")
    if not basis.strip():
        raise Said("linkage.basis_missing", field="basis")
    back = Handed(item.title, basis, 0, on, item.service_item)
    return _handed(item.point, back, "given_back", item, by, at)


def _handed(
    point: WorkPoint, handed: Handed, state: str, follows: HandedItem | None, by: Actor, at: datetime
) -> HandedItem:
    row = HandedItem.objects.create(
        point=point, title=handed.title.strip(), basis=handed.basis.strip(), yearly_cents=handed.yearly_cents,
        from_on=handed.from_on, service_item=handed.service_item, state=state, follows=follows, at=at,
        actor=by.actor_word,
    )  # fmt: skip
    content = {
        "point": point.key,
        "title": row.title,
        "basis": row.basis,
        "cents": row.yearly_cents,
        "from": row.from_on.isoformat(),
        "state": state,
    }
    append(region=point.region_id, kind="linkage.handed_item", row_key=row.pk, content=content, at=at)
    return row


@act
def plan_merger(
    *, station: Station, points: Sequence[WorkPoint], words: str, due_on: date, by: Actor, at: datetime
) -> MergePlan:
    """Plan to merge running work points of a community into its station by a day."""
    by.require(KEEP, station.community_id)
    today = timezone.localdate(at)
    if not points or any(one.region_id != station.community_id or one.ended_on for one in points):
        raise Said("linkage.points_to_merge", field="points")
    if not words.strip():
        raise Said("linkage.plan_words", field="words")
    if due_on <= today:
        raise Said("linkage.plan_day", field="due_on")
    plan = MergePlan.objects.create(
        key=next_number(station.community, today.year), region=station.community, station=station, words=words.strip(),
        due_on=due_on, at=at, actor=by.actor_word,
    )  # fmt: skip
    plan.points.set(points)
    content = {"key": plan.key, "points": sorted(one.key for one in points), "due": due_on.isoformat()}
    append(region=plan.region_id, kind="linkage.merge_plan", row_key=plan.key, content=content, at=at)
    return plan


@act
def carry_out_merger(*, plan: MergePlan, outcome: str, by: Actor, at: datetime) -> MergePlan:
    """The points are merged: they end today and name the station that goes on with their work."""
    by.require(KEEP, plan.region_id)
    if plan.done_on is not None:
        raise Said("linkage.merged_already")
    if not outcome.strip():
        raise Said("linkage.outcome_missing", field="outcome")
    plan.done_on, plan.outcome = timezone.localdate(at), outcome.strip()
    plan.save(update_fields=["done_on", "outcome"])
    plan.points.filter(ended_on=None).update(ended_on=plan.done_on, merged_into=plan.station)
    content = {"key": plan.key, "on": plan.done_on.isoformat(), "points": plan.points.count()}
    append(region=plan.region_id, kind="linkage.merged", row_key=plan.key, content=content, at=at)
    return plan


@act
def enter_device(
    *, station: Station, what: str, count: int, state: str, keeper: str, by: Actor, at: datetime
) -> Device:
    """Write a device of a station, or its new state as a new line; the last line of a device counts."""
    by.require(STATIONS, station.community_id)
    if not what.strip() or state not in ("working", "broken", "gone"):
        raise Said("linkage.device_line", field="what")
    role(keeper)
    row = Device.objects.create(
        station=station, what=what.strip(), count=count, state=state, keeper=keeper, on=timezone.localdate(at), at=at,
        actor=by.actor_word,
    )  # fmt: skip
    content = {"station": station.code, "what": row.what, "count": count, "state": state, "keeper": keeper}
    append(region=station.community_id, kind="linkage.device", row_key=row.pk, content=content, at=at)
    return row


@dataclass(frozen=True)
class Version:
    """A version of the station's rules, or of its lasting mechanism with where its money comes from."""

    kind: str
    title: str
    text: str
    review_on: date
    funding: str = ""


@act
def set_upkeep(*, station: Station, version: Version, by: Actor, at: datetime) -> Upkeep:
    """Write a version of rules or mechanism; the last one counts until its day of review."""
    by.require(STATIONS, station.community_id)
    if version.kind not in ("rules", "mechanism") or not version.title.strip() or not version.text.strip():
        raise Said("linkage.upkeep_words", field="title")
    if version.kind == "mechanism" and not version.funding.strip():
        raise Said("linkage.funding_missing", field="funding")
    today = timezone.localdate(at)
    if version.review_on <= today:
        raise Said("linkage.plan_day", field="review_on")
    row = Upkeep.objects.create(
        station=station, kind=version.kind, title=version.title.strip(), text=version.text.strip(),
        funding=version.funding.strip(), from_on=today, review_on=version.review_on, at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "station": station.code,
        "kind": row.kind,
        "title": row.title,
        "review": row.review_on.isoformat(),
    }
    append(region=station.community_id, kind="linkage.upkeep", row_key=row.pk, content=content, at=at)
    return row
