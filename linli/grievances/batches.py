"""Importing a batch of hotline orders: all rows or none, or the good rows by choice; the same orders again change nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils import timezone

from linli.grievances.declared import ClassList
from linli.grievances.hotline import RIGHT, Order, Rates, feed_back, take_order
from linli.grievances.intake import SHORTEST_TEXT, Told, class_list
from linli.grievances.models import HotlineBatch, HotlineOrder
from linli.grievances.order_files import CellFault, Row, moment, read, yes_no
from linli.ground.digest import digest
from linli.ground.masking import find_personal
from linli.people.actors import Actor
from linli.places.models import Building, Region
from linli.trail.writing import act, append, note

Choice = Literal["all", "good"]
NATURES = {"咨询": "consult", "求助": "help", "投诉": "complaint", "举报": "report", "建议": "suggestion"}
GRADES = {"紧急": "urgent", "重要": "important", "一般": "ordinary"}
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


@dataclass(frozen=True)
class Good:
    """A row that can be taken: its order (none where it only feeds rates back to a known one), community, rates."""

    row: Row
    order: Order
    region: Region
    rates: Rates


@dataclass(frozen=True)
class Taken:
    """What an import did: numbers of orders by what happened to them, and every fault with its place."""

    filed: tuple[HotlineOrder, ...]
    known: int
    rated: int
    faults: tuple[CellFault, ...]
    batch: HotlineBatch | None

    @property
    def is_refused(self) -> bool:
        """Nothing was taken because of faults."""
        return bool(self.faults) and self.batch is None and not self.known


@dataclass
class _Places:
    """Communities and buildings an import may name."""

    communities: dict[str, Region]
    buildings: dict[tuple[str, str], Building]
    own: Region | None
    listed: ClassList


def _places(by: Actor, at: datetime) -> _Places:
    first, last = by.span
    regions = list(Region.objects.filter(code__gte=first, code__lte=last, level="community"))
    buildings = Building.objects.filter(community__in=regions)
    _, listed = class_list(timezone.localdate(at))
    own = next((region for region in regions if region.code == by.place), None)
    return _Places(
        {region.name: region for region in regions},
        {(one.community_id, one.name): one for one in buildings},
        own,
        listed,
    )


def checked(content: bytes, name: str, *, by: Actor, at: datetime) -> tuple[list[Good], list[CellFault]]:
    """The rows of a file that can be taken, and every fault of the others; nothing is written."""
    rows, faults = read(content, name)
    places, seen = _places(by, at), set()
    good = []
    for row in rows:
        found = _faults(row, places)
        word = row.text("number")
        if word and word in seen:
            found.append(row.fault("number", "grievances.row_twice", number=word))
        seen.add(word)
        faults += found
        if not found:
            good.append(_good(row, places))
    return good, faults


def _faults(row: Row, places: _Places) -> list[CellFault]:
    found = [
        row.fault(code, "grievances.row_missing")
        for code in ("number", "called_at", "due_at", "text")
        if not row.text(code)
    ]
    checks = (_number_fault, _moment_faults, _word_faults, _place_faults, _caller_faults, _rate_faults)
    return [*found, *(fault for check in checks for fault in check(row, places))]


def _number_fault(row: Row, places: _Places) -> list[CellFault]:
    word = row.text("number")
    if word and not re.fullmatch(r"[0-9A-Za-z\-_/]{4,40}", word):
        return [row.fault("number", "grievances.row_number", number=word)]
    return []


def _moment_faults(row: Row, places: _Places) -> list[CellFault]:
    found = [
        row.fault(code, "grievances.row_moment", text=row.text(code))
        for code in ("called_at", "due_at")
        if row.text(code) and moment(row.cells[code]) is None
    ]
    called, due = moment(row.cells.get("called_at")), moment(row.cells.get("due_at"), is_end=True)
    if called and due and due <= called:
        found.append(row.fault("due_at", "grievances.hotline_due"))
    return found


def _word_faults(row: Row, places: _Places) -> list[CellFault]:
    found = []
    text = row.text("text")
    if text and (len(text) < SHORTEST_TEXT or len(text) > 2000):
        found.append(row.fault("text", "grievances.row_text"))
    if any(one.kind in ("identity", "bank") for one in find_personal(text)):
        found.append(row.fault("text", "grievances.row_personal"))
    if text and _class(row, places.listed) is None:
        given = row.text("class_code")
        found.append(
            row.fault(
                "class_code", "grievances.row_class" if given else "grievances.row_no_class", text=given
            )
        )
    for code, known in (("nature", NATURES), ("grade", GRADES)):
        if row.text(code) and row.text(code) not in known:
            found.append(row.fault(code, "grievances.row_word", text=row.text(code), known="、".join(known)))
    return found


def _class(row: Row, listed: ClassList) -> str | None:
    given = row.text("class_code")
    if given:
        return next((one.code for one in listed.classes if given in (one.code, one.title.zh)), None)
    suggested = listed.suggest(row.text("text"))
    return suggested[0].code if suggested else None


def _place_faults(row: Row, places: _Places) -> list[CellFault]:
    region = _region(row, places)
    if region is None:
        given = row.text("community")
        said = "grievances.row_community" if given else "grievances.row_no_community"
        return [row.fault("community", said, text=given)]
    found = []
    building = row.text("building")
    if building and (region.code, building) not in places.buildings:
        found.append(row.fault("building", "grievances.row_building", text=building))
    if len(row.text("spot")) > 80:
        found.append(row.fault("spot", "grievances.row_long", most=80))
    return found


def _region(row: Row, places: _Places) -> Region | None:
    given = row.text("community")
    return places.communities.get(given) if given else places.own


def _caller_faults(row: Row, places: _Places) -> list[CellFault]:
    found = []
    phone = row.text("phone").replace(" ", "")
    if phone and not _PHONE.fullmatch(phone):
        found.append(row.fault("phone", "grievances.row_phone"))
    if len(row.text("caller")) > 60:
        found.append(row.fault("caller", "grievances.row_long", most=60))
    return found


def _rate_faults(row: Row, places: _Places) -> list[CellFault]:
    found = []
    for code in ("is_responded", "is_resolved", "is_satisfied"):
        try:
            yes_no(row.text(code))
        except ValueError:
            found.append(row.fault(code, "grievances.row_yes_no", text=row.text(code)))
    return found


def _good(row: Row, places: _Places) -> Good:
    region, code = _region(row, places), _class(row, places.listed)
    called, due = moment(row.cells["called_at"]), moment(row.cells["due_at"], is_end=True)
    assert region is not None and code is not None and called is not None and due is not None
    told = Told(
        class_code=code, nature=NATURES.get(row.text("nature"), "help"), text=row.text("text"),
        grade=GRADES.get(row.text("grade"), "ordinary"),
        building=places.buildings.get((region.code, row.text("building"))), spot=row.text("spot"),
    )  # fmt: skip
    order = Order(
        row.text("number"), called, due, told, row.text("caller"), row.text("phone").replace(" ", "")
    )
    rates = Rates(*(yes_no(row.text(word)) for word in ("is_responded", "is_resolved", "is_satisfied")))
    return Good(row, order, region, rates)


@act
def take_batch(*, content: bytes, name: str, choice: Choice, by: Actor, at: datetime) -> Taken:
    """Import a file. With ``all`` one fault refuses everything; with ``good`` faulty rows are left out and named.

    Orders already here are left as they are, but for rates fed back. Where nothing new came, no batch is kept.
    Raises ``Said`` where the file is no such table, and where the actor may not import.
    """
    by.require(RIGHT, by.place)
    good, faults = checked(content, name, by=by, at=at)
    if faults and choice == "all":
        return Taken((), 0, 0, tuple(faults), None)
    numbers = [one.order.number for one in good]
    there = {
        row.number: row
        for row in HotlineOrder.objects.filter(number__in=numbers).select_related("grievance__case")
    }
    fresh = [one for one in good if one.order.number not in there]
    batch = _batch(content, name, len(fresh), len(there), faults, by, at) if fresh else None
    filed = tuple(take_order(order=one.order, region=one.region, batch=batch, by=by, at=at) for one in fresh)
    there |= {row.number: row for row in filed}
    rated = sum(
        feed_back(order=there[one.order.number], rates=one.rates, by=by, at=at)
        for one in good
        if one.rates and by.holds(there[one.order.number].grievance.case.region_id)
    )
    return Taken(filed, len(good) - len(fresh), rated, tuple(faults), batch)


def _batch(
    content: bytes, name: str, filed: int, known: int, faults: list[CellFault], by: Actor, at: datetime
) -> HotlineBatch:
    left = {(fault.sheet, fault.row) for fault in faults}
    row = HotlineBatch.objects.create(
        region=Region.objects.get(code=by.place), name=name[:120], digest=digest(content), at=at,
        on=timezone.localdate(at), actor=by.actor_word, filed=filed, known=known, left_out=len(left),
        faults=[[fault.sheet, fault.row, fault.column, fault.said.code] for fault in faults[:200]],
    )  # fmt: skip
    content_ = {"digest": row.digest, "filed": filed, "known": known, "left_out": row.left_out}
    append(region=by.place, kind="grievances.batch", row_key=row.pk, content=content_, at=at)
    note(verb="grievances.take_batch", kind="grievances.batch", key=row.pk, region=by.place, by=by, at=at,
         facts={"filed": filed, "known": known, "left_out": row.left_out})  # fmt: skip
    return row
