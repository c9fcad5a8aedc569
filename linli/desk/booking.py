"""Booking a room for a resident at the counter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.desk import access, frame
from linli.desk.access import DeskRequest
from linli.desk.forms.booking import BookingForm
from linli.desk.saying import carried_out, tell
from linli.ground.said import Said
from linli.people.models import Person
from linli.places.models import Facility
from linli.services.booking import Wish, book
from linli.services.intake import Entry


def book_for(request: DeskRequest, applicant: Person) -> HttpResponse:
    """The form of a booking: the room, the span, the purpose."""
    by, community = access.require(request, "services.assist"), access.home_community(request)
    rooms = list(Facility.objects.filter(community=community, is_bookable=True).order_by("name"))
    form = BookingForm(request.POST or None, rooms=[(one.code, one.name) for one in rooms])

    def call(given: dict[str, Any]) -> str:
        facility = next(one for one in rooms if one.code == given["facility"])
        wish = Wish(
            _at(given["on"], given["from_time"]),
            _at(given["on"], given["until_time"]),
            given["purpose"],
            given["people"],
        )
        entry = Entry(read_back=given["read_back"])
        try:
            made = book(
                facility=facility,
                wish=wish,
                applicant=applicant,
                channel="counter",
                by=by,
                at=request.now,
                entry=entry,
            )
        except Said as fault:
            fault.field = {"from_at": "from_time", "until_at": "until_time"}.get(fault.field, fault.field)
            raise
        tell(request, _("已约好，请打印回执交给本人。"))
        return reverse("desk:receipt", args=[made.case.number])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {
        "name": applicant.name,
        "form": form,
        "back": reverse("desk:counter-person", args=[applicant.key]),
    }
    return frame.draw(request, "counter_booking.html", page, current="counter", status=frame.shown(form))


def _at(on: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, time))
