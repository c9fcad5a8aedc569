"""Allocation orders down the levels, and the unit's confirmation that money has arrived (下拨、到账确认)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from linli.ground.money import Money
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.projects.gates import open_gate
from linli.projects.models import Allocation, FundSource, Project, Receipt
from linli.projects.passing import change_totals, locked, make_move
from linli.trail.writing import act, append

LEVELS = ("nation", "province", "city", "district", "street", "community")


@dataclass(frozen=True)
class Order:
    """An allocation order: source, number, from level to level, who pays whom, amount in fen, day."""

    source: FundSource
    order_number: str
    from_level: str
    to_level: str
    payer: str
    payee: str
    cents: int
    on: date


@act
def allocate(*, project: Project, order: Order, by: Actor, at: datetime) -> Allocation:
    """Hand money of a source down to another level.

    An order that leaves the giving level makes up what is allocated and stays within what is approved; an order of
    a level between passes on at most what was handed to it. The actor signs for their own level.
    """
    project = locked(project)
    by.require("projects.allocate", project.region_code)
    source = _source_of(project, order.source)
    _check_order(order, source, by)
    leaves = order.from_level == source.level
    free = (source.account.not_yet or 0) if leaves else _held_at(source, order.from_level)
    if order.cents > free:
        raise Said("projects.allocation_above", field="cents", amount=Money(order.cents), left=Money(free))
    make_move(project, "projects.allocating.allocate", by=by, at=at)
    allocation = Allocation.objects.create(
        source=source,
        key=f"{project.case.number}-A{Allocation.objects.filter(source__project=project).count() + 1}",
        order_number=order.order_number.strip(),
        from_level=order.from_level,
        to_level=order.to_level,
        payer=order.payer,
        payee=order.payee,
        amount_cents=order.cents,
        on=order.on,
        leaves_source=leaves,
        actor=by.actor_word,
        at=at,
    )
    append(
        region=project.region_code,
        kind="projects.allocation",
        row_key=allocation.key,
        content=_order(allocation),
        at=at,
    )
    if leaves:
        change_totals(source, at=at, allocated=order.cents)
    if order.to_level == "community":
        _tell_accountant(project, order.on, by, at)
    return allocation


def _source_of(project: Project, source: FundSource) -> FundSource:
    found = FundSource.objects.select_for_update().filter(project=project, pk=source.pk).first()
    if found is None:
        raise Said("projects.other_source", field="source")
    return found


def _check_order(order: Order, source: FundSource, by: Actor) -> None:
    if not order.order_number.strip():
        raise Said("projects.order_number_missing", field="order_number")
    if source.allocations.filter(order_number=order.order_number.strip()).exists():
        raise Said("projects.order_twice", field="order_number", order=order.order_number)
    if order.cents <= 0:
        raise Said("projects.amount_missing", field="cents")
    if order.from_level not in LEVELS or order.to_level not in LEVELS:
        raise Said("projects.unknown_level", field="to_level")
    if LEVELS.index(order.to_level) <= LEVELS.index(order.from_level):
        raise Said("projects.not_downwards", field="to_level")
    if by.role.level != order.from_level:
        raise Said("projects.not_your_level", field="from_level", post=by.role.title)


def _held_at(source: FundSource, level: str) -> int:
    """Fen handed to a level and not yet passed on by it."""
    came = source.allocations.filter(to_level=level).aggregate(cents=Sum("amount_cents"))["cents"] or 0
    went = source.allocations.filter(from_level=level).aggregate(cents=Sum("amount_cents"))["cents"] or 0
    return int(came) - int(went)


def _order(allocation: Allocation) -> dict[str, object]:
    return {
        "key": allocation.key, "order": allocation.order_number, "source": allocation.source_id,
        "from": allocation.from_level, "to": allocation.to_level, "amount": allocation.amount_cents,
        "on": allocation.on.isoformat() if allocation.on else "", "leaves_source": allocation.leaves_source,
        "entered": allocation.entered,
    }  # fmt: skip


def _tell_accountant(project: Project, day: date, by: Actor, at: datetime) -> None:
    leave(
        template="project.allocated",
        values={"number": project.case.number, "title": project.name[:80], "day": day},
        link=f"case:{project.case.number}",
        by=by,
        at=at,
        to_post=("accountant", project.region_code),
    )


@dataclass(frozen=True)
class Arrival:
    """Money that has arrived: under which allocation, how much in fen, when, by which bank receipt."""

    allocation: Allocation
    cents: int
    on: date
    bank_reference: str


@act
def confirm_receipt(*, project: Project, arrival: Arrival, by: Actor, at: datetime) -> Receipt:
    """Confirm that allocated money has arrived. From then on it may be spent (S114: no spending before receipt).

    Refused: an allocation that does not reach the community, more than the order still leaves, a day before the
    order, and a confirmation without the number of the bank receipt.
    """
    project = locked(project)
    by.require("projects.receive", project.region_code)
    allocation = arrival.allocation
    source = _source_of(project, allocation.source)
    _check_arrival(arrival)
    make_move(project, "projects.allocating.confirm_receipt", by=by, at=at)
    count = Receipt.objects.filter(source__project=project).count() + 1
    receipt = Receipt.objects.create(
        source=source,
        allocation=allocation,
        key=f"{project.case.number}-R{count}",
        amount_cents=arrival.cents,
        on=arrival.on,
        bank_reference=arrival.bank_reference.strip(),
        actor=by.actor_word,
        at=at,
    )
    content: dict[str, object] = {
        "key": receipt.key, "allocation": allocation.key, "amount": receipt.amount_cents,
        "on": receipt.on.isoformat(), "bank": receipt.bank_reference,
    }  # fmt: skip
    append(region=project.region_code, kind="projects.receipt", row_key=receipt.key, content=content, at=at)
    change_totals(source, at=at, received=arrival.cents)
    if project.first_received_on is None or arrival.on < project.first_received_on:
        project.first_received_on = arrival.on
        project.save(update_fields=["first_received_on"])
    open_gate(project=project, kind="receipt", on=arrival.on, number=count, at=at)
    return receipt


def _check_arrival(arrival: Arrival) -> None:
    allocation = arrival.allocation
    if allocation.to_level != "community" or allocation.on is None:
        raise Said("projects.not_to_community", field="allocation")
    arrived = allocation.receipts.aggregate(cents=Sum("amount_cents"))["cents"] or 0
    left = allocation.amount_cents - arrived
    if arrival.cents <= 0:
        raise Said("projects.amount_missing", field="cents")
    if arrival.cents > left:
        raise Said("projects.receipt_above", field="cents", amount=Money(arrival.cents), left=Money(left))
    if arrival.on < allocation.on:
        raise Said("projects.receipt_before_order", field="on", day=allocation.on)
    if not arrival.bank_reference.strip():
        raise Said("projects.bank_receipt_missing", field="bank_reference")
