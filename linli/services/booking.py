"""Booking a room or device of the community, coming, and cancelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from linli.cases.models import Case
from linli.cases.moving import MoveWords
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Facility, opening_today
from linli.rulebook.reading import rule
from linli.services.booking_guard import NAME
from linli.services.formulas import is_longer_than, is_open
from linli.services.intake import Entry, file_application
from linli.services.models import Booking
from linli.services.stepping import step
from linli.trail.writing import act, append, attempt

ITEM = "venue_booking"
CANCEL = "services.booking.cancel_booking"
CHECK_IN = "services.booking.check_in"


@dataclass(frozen=True)
class Wish:
    """What is to be booked: from when to when, for what, for how many."""

    from_at: datetime
    until_at: datetime
    purpose: str
    people: int


@act
def book(
    *,
    facility: Facility,
    wish: Wish,
    applicant: Person,
    channel: str,
    by: Actor,
    at: datetime,
    entry: Entry | None = None,
) -> Booking:
    """Book a facility. Overlap is refused by the database; length and days ahead are bounded by dated rules."""
    _require_bookable(facility, wish, at)
    if Booking.objects.overlapping(facility, wish.from_at, wish.until_at).exists():
        raise Said("services.booking_overlap", field="from_at", facility=facility.name)
    how = entry or Entry()
    how = Entry(conditions=how.conditions, read_back=how.read_back, region=facility.community)
    answers = {"purpose": wish.purpose, "people": wish.people}
    application = file_application(
        item=ITEM, applicant=applicant, answers=answers, papers=[], channel=channel, by=by, at=at, entry=how
    )
    return _write(application.case, facility, wish, at)


def _write(case: Case, facility: Facility, wish: Wish, at: datetime) -> Booking:
    try:
        with attempt():
            booking = Booking.objects.create(
                case=case,
                facility=facility,
                from_at=wish.from_at,
                until_at=wish.until_at,
                on=timezone.localdate(wish.from_at),
                people=wish.people,
                purpose=wish.purpose,
            )
    except IntegrityError as fault:
        if NAME in str(fault):  # somebody was quicker between our look and our write
            raise Said("services.booking_overlap", field="from_at", facility=facility.name) from fault
        raise
    content = {
        "case": case.number,
        "facility": facility.code,
        "from": wish.from_at.isoformat(),
        "until": wish.until_at.isoformat(),
    }
    append(region=case.region_id, kind="services.booking", row_key=case.number, content=content, at=at)
    return booking


@act
def check_in(*, booking: Booking, by: Actor, at: datetime) -> Booking:
    """Note that the people came; the booking is then served and can be rated."""
    booking.checked_in_at = at
    booking.save(update_fields=["checked_in_at"])
    step(booking.case, by=by, at=at, words=MoveWords(verb=CHECK_IN))
    return booking


@act
def cancel_booking(*, booking: Booking, by: Actor, at: datetime, reason: str = "") -> Booking:
    """Cancel a booking that has not begun; the time is free again at once. Staff give a reason."""
    if booking.cancelled_at is not None:
        raise Said("services.cancelled_already")
    if at >= booking.from_at:
        raise Said("services.booking_begun")
    if by.post != "resident" and not reason.strip():
        raise Said("services.reason_missing", field="reason")
    booking.cancelled_at = at
    booking.save(update_fields=["cancelled_at"])
    blanks = {"day": booking.on}
    step(booking.case, by=by, at=at, words=MoveWords(verb=CANCEL, opinion=reason, blanks=blanks))
    return booking


def _require_bookable(facility: Facility, wish: Wish, at: datetime) -> None:
    place, day = facility.community_id, timezone.localdate(at)
    if not facility.is_bookable:
        raise Said("services.not_bookable", field="facility", facility=facility.name)
    if wish.until_at <= wish.from_at:
        raise Said("services.booking_order", field="until_at")
    if wish.from_at <= at:
        raise Said("services.booking_past", field="from_at")
    ahead = int(rule("services.booking_days_ahead", place=place, on=day).value)
    if timezone.localdate(wish.from_at) > day + timedelta(days=ahead):
        raise Said("services.booking_far", field="from_at", days=ahead)
    hours = int(rule("services.booking_longest_hours", place=place, on=day).value)
    if is_longer_than(wish.from_at, wish.until_at, hours):
        raise Said("services.booking_long", field="until_at", hours=hours)
    if facility.capacity is not None and wish.people > facility.capacity:
        raise Said("services.booking_crowded", field="people", capacity=facility.capacity)
    _require_open(facility, wish)


def _require_open(facility: Facility, wish: Wish) -> None:
    if not facility.opening_hours:
        return
    first, last = timezone.localtime(wish.from_at), timezone.localtime(wish.until_at)
    spans = opening_today(facility.opening_hours, first.isoweekday())
    if first.date() != last.date() or not is_open(spans, f"{first:%H:%M}", f"{last:%H:%M}"):
        raise Said("services.booking_closed", field="from_at", facility=facility.name)
