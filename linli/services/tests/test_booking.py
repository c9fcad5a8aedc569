"""Rooms are booked once; two at the same time are refused, by the database too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from linli.cases.models import Case
from linli.cases.moving import advance
from linli.notices.models import Notice
from linli.places.models import Facility
from linli.services.booking import Wish, book, cancel_booking, check_in
from linli.services.booking_guard import NAME, lay, missing
from linli.services.models import Booking
from linli.services.tests.counter import READ_BACK, refused, village
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
__all__ = ["village"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WISH = Wish(from_at=BEGIN + DAY, until_at=BEGIN + DAY + 2 * HOUR, purpose="楼栋议事", people=20)


@pytest.fixture
def hall(village):
    return Facility.objects.get(code="hall")


def booked(village, hall, wish=WISH, who="wang", at=BEGIN):
    return book(
        facility=hall,
        wish=wish,
        applicant=village.person(who),
        channel="portal",
        by=village.resident(who),
        at=at,
    )


def test_a_room_is_booked_confirmed_and_used(village, hall):
    booking = booked(village, hall)
    assert list(Booking.objects.on_day(hall, booking.on)) == [booking]
    advance(booking.case, "confirm", by=village.actor("limin"), at=BEGIN + HOUR)
    check_in(booking=booking, by=village.actor("limin"), at=BEGIN + DAY)
    assert booking.case.outcome == "served" and Notice.objects.filter(template="case.closed_rate").exists()


def test_overlap_is_refused_and_neighbouring_times_are_free(village, hall):
    booked(village, hall)
    for shift in (-HOUR, 0 * HOUR, HOUR):
        wish = replace(WISH, from_at=WISH.from_at + shift, until_at=WISH.until_at + shift)
        refused("services.booking_overlap", lambda wish=wish: booked(village, hall, wish, who="mu"))
    after = replace(WISH, from_at=WISH.until_at, until_at=WISH.until_at + HOUR)
    before = replace(WISH, from_at=WISH.from_at - HOUR, until_at=WISH.from_at)
    assert booked(village, hall, after, who="mu") and booked(village, hall, before, who="chen")


def test_the_database_itself_refuses_overlap_by_its_spoken_name(village, hall, monkeypatch):
    first = booked(village, hall)
    later = replace(WISH, from_at=WISH.from_at + DAY, until_at=WISH.until_at + DAY)
    second = booked(village, hall, later, who="mu")
    with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(from_at=first.from_at, until_at=first.until_at)
    # Somebody else books between our look and our write: the guard refuses, and the act says it in words.
    monkeypatch.setattr(Booking.objects, "overlapping", lambda *span: Booking.objects.none())
    cases = Case.objects.count()
    refused("services.booking_overlap", lambda: booked(village, hall, who="chen"))
    assert Case.objects.count() == cases


def test_a_cancelled_time_is_free_again(village, hall):
    booking = booked(village, hall)
    cancel_booking(booking=booking, by=village.resident("wang"), at=BEGIN)
    assert (
        booking.case.outcome == "withdrawn" and Notice.objects.filter(template="booking.cancelled").exists()
    )
    assert booked(village, hall, who="mu").facility == hall
    refused(
        "services.cancelled_already",
        lambda: cancel_booking(booking=booking, by=village.resident("wang"), at=BEGIN),
    )


def test_cancelling_is_for_those_concerned_and_in_time(village, hall):
    booking = booked(village, hall)
    refused(
        "services.booking_begun",
        lambda: cancel_booking(booking=booking, by=village.resident("wang"), at=WISH.from_at),
    )
    refused(
        "services.reason_missing",
        lambda: cancel_booking(booking=booking, by=village.actor("limin"), at=BEGIN),
    )
    refused("cases.not_open_to", lambda: cancel_booking(booking=booking, by=village.resident("mu"), at=BEGIN))
    booking.refresh_from_db()
    cancel_booking(booking=booking, by=village.actor("limin"), at=BEGIN, reason="停电")
    assert booking.cancelled_at == BEGIN


def test_what_cannot_be_booked_is_refused(village, hall):
    library = Facility.objects.get(code="library")

    def wishing(facility=hall, **changes):
        return lambda: booked(village, facility, replace(WISH, **changes))

    refused("services.not_bookable", wishing(facility=library))
    refused("services.booking_order", wishing(until_at=WISH.from_at))
    refused("services.booking_past", wishing(from_at=BEGIN - HOUR, until_at=BEGIN))
    refused("services.booking_far", wishing(from_at=BEGIN + 31 * DAY, until_at=BEGIN + 31 * DAY + HOUR))
    refused("services.booking_long", wishing(until_at=WISH.from_at + 5 * HOUR))
    refused("services.booking_crowded", wishing(people=41))
    hall.opening_hours = {"2": [["09:00", "11:30"], ["14:00", "17:00"]]}
    assert wishing()().pk
    refused(
        "services.booking_closed", wishing(from_at=WISH.from_at + 2 * HOUR, until_at=WISH.until_at + 2 * HOUR)
    )


def test_the_counter_books_for_somebody_on_the_phone(village, hall):
    booking = book(
        facility=hall, wish=WISH, applicant=village.person("zhao"), channel="phone", by=village.actor("limin"), at=BEGIN,
        entry=READ_BACK,
    )  # fmt: skip
    assert booking.case.person == village.person("zhao")


def test_the_guard_is_laid_again_after_it_was_lost(village):
    assert missing() == []
    trigger = f"{NAME}_insert"
    with connection.cursor() as cursor:
        table = ' ON "services_booking"' if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger}{table}")
    assert missing() == [trigger]
    lay()
    assert missing() == []
