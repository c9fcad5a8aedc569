"""Paying what was granted."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.disclosure.models import Objection
from linli.ground.money import Money
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.services.models import Application, Grant, Payment
from linli.services.stepping import step
from linli.trail.writing import act, append

PAY = "services.paying.pay"


@act
def pay(
    *, application: Application, cents: int, paid_on: date, reference: str, by: Actor, at: datetime
) -> Payment:
    """Record a payment of a grant, with the payer's reference; the first full one moves the case on.

    A single grant is never paid beyond its sum; a monthly one is paid month by month, also after the case is closed.
    Refused while an objection to its publication is open, and with a day before the decision or after today.
    """
    case = application.case
    by.require("services.decide", case.region_id)
    granted = Grant.objects.filter(case=case).first()
    if granted is None:
        raise Said("services.nothing_granted")
    if not reference.strip():
        raise Said("services.reference_missing", field="reference")
    if not granted.on <= paid_on <= timezone.localdate(at):
        raise Said("services.paid_on_wrong", field="paid_on", since=granted.on)
    if not application.is_urgent and Objection.objects.open().against(f"case:{case.number}").exists():
        raise Said("services.objection_open")
    paid = _paid_so_far(granted, paid_on)
    if not 0 < cents <= granted.cents - paid:
        raise Said("services.paid_too_much", field="cents", rest=Money(granted.cents - paid))
    if Payment.objects.filter(grant=granted, reference=reference.strip()).exists():
        raise Said("services.reference_used", field="reference")
    payment = Payment.objects.create(
        grant=granted, cents=cents, paid_on=paid_on, reference=reference.strip(), actor=by.actor_word, at=at
    )
    content = {"case": case.number, "cents": cents, "on": paid_on.isoformat()}
    append(region=case.region_id, kind="services.payment", row_key=payment.pk, content=content, at=at)
    if case.closed_on is None and paid + cents == granted.cents:
        step(case, by=by, at=at, words=MoveWords(verb=PAY))
    return payment


def _paid_so_far(granted: Grant, on: date) -> int:
    """Paid of a single grant altogether, of a monthly one in the month of the day, in fen."""
    rows = granted.payments.all()
    if granted.cycle == "monthly":
        rows = rows.filter(paid_on__year=on.year, paid_on__month=on.month)
    return int(rows.aggregate(total=Sum("cents"))["total"] or 0)
