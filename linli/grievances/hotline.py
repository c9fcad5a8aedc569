"""Orders of the hotline above (12345): taken in, returned with a reason, answered back; their deadline beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.grievances.intake import Filed, Told, file_grievance
from linli.grievances.limits import number
from linli.grievances.models import HotlineBatch, HotlineOrder
from linli.ground.clock import due_day
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.sealing import lookup, seal
from linli.places.models import Region
from linli.rulebook.reading import calendar
from linli.trail.writing import act, append, note

CHANNEL = "hotline"
RIGHT = "grievances.hotline"


@dataclass(frozen=True)
class Order:
    """What an order of the hotline says, as read: its own number and deadline, the caller, the matter."""

    number: str
    called_at: datetime
    due_at: datetime
    told: Told
    caller: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Rates:
    """The hotline's own three rates of an order (response, resolution, satisfaction), where it has asked."""

    is_responded: bool | None = None
    is_resolved: bool | None = None
    is_satisfied: bool | None = None

    def __bool__(self) -> bool:
        return (self.is_responded, self.is_resolved, self.is_satisfied) != (None, None, None)


@act
def take_order(
    *, order: Order, region: Region, by: Actor, at: datetime, batch: HotlineBatch | None = None
) -> HotlineOrder:
    """Take in an order of the hotline; the same number again changes nothing and returns the one that is there.

    The caller is linked to the register where the phone is one person's of the community; else name and sealed phone
    stay on the order only. The earlier of both deadlines rules the light.
    """
    by.require(RIGHT, region.code)
    known = HotlineOrder.objects.filter(number=order.number).select_related("grievance__case").first()
    if known is not None:
        return known
    if order.due_at <= order.called_at:
        raise Said("grievances.hotline_due", field="due_at")
    filed = Filed(region, _caller(order.phone, region), CHANNEL)
    grievance = file_grievance(told=order.told, filed=filed, by=by, at=at)
    row = HotlineOrder.objects.create(
        grievance=grievance, number=order.number, called_at=order.called_at, their_due_at=order.due_at,
        their_due_on=timezone.localdate(order.due_at), caller=order.caller, phone_sealed=seal(order.phone), batch=batch,
    )  # fmt: skip
    _record("grievances.take_order", row, {"due": row.their_due_on.isoformat()}, by, at)
    tighten(grievance.case)
    return row


def _caller(phone: str, region: Region) -> Person | None:
    if not phone:
        return None
    found = list(Person.objects.filter(phone_index=lookup("phone", phone), community=region)[:2])
    return found[0] if len(found) == 1 else None


def _record(verb: str, row: HotlineOrder, facts: dict[str, object], by: Actor, at: datetime) -> None:
    case = row.grievance.case
    content = {"order": row.number, "case": case.number, **facts}
    append(region=case.region_id, kind=verb, row_key=f"{row.number}@{at.isoformat()}", content=content, at=at)
    note(verb=verb, kind="grievances.order", key=row.number, region=case.region_id, by=by, at=at,
         data_class=case.data_class, facts={"case": case.number})  # fmt: skip


def tighten(case: Case) -> None:
    """Let the hotline's deadline rule the case's light where it is the earlier one, while it is open and running."""
    theirs = HotlineOrder.objects.filter(grievance=case.pk).values_list("their_due_on", flat=True).first()
    if theirs is not None and case.closed_on is None and theirs < case.next_due_on:
        case.next_due_on = theirs
        case.save(update_fields=["next_due_on"])


@act
def tighten_all(*, by: Actor, at: datetime) -> int:
    """For the clock: every open order's case whose light is later than the hotline's deadline; returns how many."""
    rows = HotlineOrder.objects.filter(
        grievance__case__closed_on=None, grievance__case__next_due_on__gt=F("their_due_on")
    )
    late = list(rows.select_related("grievance__case"))
    for row in late:
        tighten(row.grievance.case)
    return len(late)


@act
def return_order(
    *, order: HotlineOrder, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Return an order that is not the community's, with reasons: within the rule's working days, after that the street only."""
    on = timezone.localdate(at)
    case = order.grievance.case
    if by.post != "street_officer" and on > last_day_to_return(order):
        raise Said("grievances.return_too_late", day=last_day_to_return(order))
    words = MoveWords(reason, "grievances.hotline.return_order", seen=seen)
    passage = advance(case, "return_above", by=by, at=at, words=words)
    order.returned_at, order.return_reason = at, reason.strip()
    order.save(update_fields=["returned_at", "return_reason"])
    _record("grievances.return_order", order, {"on": on.isoformat()}, by, at)
    return passage


def last_day_to_return(order: HotlineOrder) -> date:
    """Until when the community itself may return an order as wrongly dispatched."""
    case = order.grievance.case
    days = number("hotline_return_days", place=case.region_id, on=case.opened_on)
    found = due_day(start=case.opened_on, days=days, unit="working", calendar=calendar())
    return found.on


@act
def answer_back(*, order: HotlineOrder, text: str, by: Actor, at: datetime) -> HotlineOrder:
    """Tell the hotline above what came of its order, after the person was answered; judged against their deadline."""
    case = order.grievance.case
    by.require(RIGHT, case.region_id)
    if order.answered_back_at is not None:
        raise Said("grievances.answered_back_already")
    if order.grievance.replied_at is None:
        raise Said("grievances.answer_first")
    if not text.strip():
        raise Said("grievances.reply_missing", field="text")
    order.answer, order.answered_back_at = text.strip(), at
    order.answered_back_in_time = at <= order.their_due_at
    order.save(update_fields=["answer", "answered_back_at", "answered_back_in_time"])
    _record("grievances.answer_back", order, {"in_time": order.answered_back_in_time}, by, at)
    return order


@act
def feed_back(*, order: HotlineOrder, rates: Rates, by: Actor, at: datetime) -> bool:
    """Keep the hotline's own rates of an order; the same again changes nothing. True when something changed."""
    by.require(RIGHT, order.grievance.case.region_id)
    now = (order.is_responded, order.is_resolved, order.is_satisfied)
    new = (rates.is_responded, rates.is_resolved, rates.is_satisfied)
    merged = tuple(old if fresh is None else fresh for old, fresh in zip(now, new, strict=True))
    if merged == now:
        return False
    order.is_responded, order.is_resolved, order.is_satisfied = merged
    order.rated_on = timezone.localdate(at)
    order.save(update_fields=["is_responded", "is_resolved", "is_satisfied", "rated_on"])
    facts: dict[str, object] = {"responded": merged[0], "resolved": merged[1], "satisfied": merged[2]}
    _record("grievances.feed_back", order, facts, by, at)
    return True
