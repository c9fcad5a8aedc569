"""Places that can be booked: a calendar of two weeks and the form below it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.places.models import Facility, Region, opening_today
from linli.portal import access, hours, once, saying, shell
from linli.portal.moment import now, today
from linli.portal.saying import page
from linli.rulebook.reading import rule
from linli.services.booking import Wish, book
from linli.services.models import Booking

DAYS = 14


class Wanting(forms.Form):
    """When, for what, for how many."""

    on = forms.DateField(
        label=gettext_lazy("哪一天"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("请选哪一天。"), "invalid": gettext_lazy("请选哪一天。")},
    )  # fmt: skip
    from_at = forms.TimeField(
        label=gettext_lazy("几点开始"), widget=forms.TimeInput(attrs={"type": "time", "step": "900"}),
        error_messages={"required": gettext_lazy("请选几点开始。"), "invalid": gettext_lazy("请选几点开始。")},
    )  # fmt: skip
    until_at = forms.TimeField(
        label=gettext_lazy("几点结束"), widget=forms.TimeInput(attrs={"type": "time", "step": "900"}),
        error_messages={"required": gettext_lazy("请选几点结束。"), "invalid": gettext_lazy("请选几点结束。")},
    )  # fmt: skip
    people = forms.IntegerField(
        label=gettext_lazy("大约几个人"), min_value=1, max_value=2000, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("请填大约几个人。"), "invalid": gettext_lazy("请填数字。")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("用来做什么"), max_length=120, error_messages={"required": gettext_lazy("请写用来做什么。")},
        help_text=gettext_lazy("比如：楼栋会议、合唱排练。别人只看到这段时间已约出，看不到是谁、做什么。"),
    )  # fmt: skip


@page("GET")
def venues(request: HttpRequest, code: str) -> HttpResponse:
    """Places that can be booked."""
    region = access.community(request, code)
    places = [
        {"name": place.name, "address": place.address, "capacity": place.capacity, "hours": hours.week(place.opening_hours),
         "url": reverse("portal:venue", args=[code, place.code])}
        for place in Facility.objects.filter(community=region, is_bookable=True).order_by("code")
    ]  # fmt: skip
    return shell.show(request, "venues/list.html", region, "items", places=places)


@page("GET", "POST")
def venue(request: HttpRequest, code: str, place: str) -> HttpResponse:
    """One place: what is free in the next two weeks, and booking it."""
    region = access.community(request, code)
    facility = Facility.objects.filter(community=region, code=place, is_bookable=True).first()
    if facility is None:
        raise Http404
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('portal:sign_in')}?next={request.path}")
        if first := once.result(request):
            return redirect(first)
    form = Wanting(request.POST or None, initial={"on": request.GET.get("on", "")})
    if request.method == "POST" and form.is_valid():
        with saying.into(form):
            booking = book(
                facility=facility, wish=_wish(form), applicant=access.person(request), channel="portal",
                by=access.actor(request), at=now(request),
            )  # fmt: skip
            return redirect(once.remember(request, reverse("portal:received", args=[booking.case.number])))
    return shell.show(
        request, "venues/venue.html", region, "items", place=facility.name, address=facility.address, capacity=facility.capacity,
        rules=facility.rules, hours=hours.week(facility.opening_hours), days=_days(facility, request), form=form, once=once.word(),
        longest=_rule(region, "services.booking_longest_hours", request), status=422 if form.errors else 200,
    )  # fmt: skip


def _rule(region: Region, code: str, request: HttpRequest) -> int:
    return int(rule(code, place=region.code, on=today(request)).value)


def _wish(form: Wanting) -> Wish:
    data = form.cleaned_data
    begin, end = (
        timezone.make_aware(datetime.combine(data["on"], data[name])) for name in ("from_at", "until_at")
    )
    return Wish(begin, end, data["purpose"], data["people"])


def _days(facility: Facility, request: HttpRequest) -> list[dict[str, Any]]:
    """Two weeks with opening hours and the times that are taken; one query, no names."""
    first_day = today(request)
    days = [first_day + timedelta(days=count) for count in range(DAYS)]
    taken: dict[date, list[str]] = {}
    for row in (
        Booking.objects.active().filter(facility=facility, on__range=(days[0], days[-1])).order_by("from_at")
    ):
        first, last = timezone.localtime(row.from_at), timezone.localtime(row.until_at)
        taken.setdefault(row.on, []).append(f"{first:%H:%M}–{last:%H:%M}")
    found = []
    for day in days:
        open_then = hours.spans(opening_today(facility.opening_hours, day.isoweekday()))
        is_open = bool(open_then) or not facility.opening_hours
        found.append({"on": day, "hours": open_then or (_("全天") if is_open else ""), "is_open": is_open, "taken": taken.get(day, []),
                      "url": f"?on={day.isoformat()}#book"})  # fmt: skip
    return found
