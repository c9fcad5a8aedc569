"""Grievances: tell in one's own words, choose among what is suggested, send; and answers released to everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linli.grievances.declared import ClassList
from linli.grievances.intake import Filed, Told, class_list, file_grievance
from linli.grievances.models import Grievance
from linli.ground.clock import month_later
from linli.look.templatetags.linli import both
from linli.places.models import Building, Region
from linli.portal import access, items, once, saying, shell
from linli.portal.forms.grievances import Grievance as GrievanceForm
from linli.portal.forms.grievances import Telling
from linli.portal.moment import now, today
from linli.portal.saying import page
from linli.records.keeping import keep
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import writing

SIMILAR_DAYS = 30


@page("GET")
def grievances(request: HttpRequest, code: str) -> HttpResponse:
    """What can be told, how fast it is answered, the first field of the form, and released answers."""
    region = access.community(request, code)
    _edition, sheet = class_list(today(request))
    limits = {limit.grade: limit for limit in sheet.limits}
    names = items.titles(today(request))
    shown = [
        {"title": items.title(row.case, names), "text": row.public_reply, "at": row.released_at}
        for row in Grievance.objects.public().filter(case__region=region).order_by("-released_at")[:5]
    ]
    classes = [
        {
            "title": both(one.title),
            "examples": both(one.examples),
            "url": reverse("portal:grievance_new", args=[code]) + f"?class={one.code}",
        }
        for one in sheet.classes
    ]
    return shell.show(
        request, "grievances/list.html", region, "grievances", form=Telling(), classes=classes, shown=shown,
        ordinary=items.limit_words(limits["ordinary"].limit), urgent=items.limit_words(limits["urgent"].limit),
        respond=limits["ordinary"].respond_hours,
    )  # fmt: skip


def _choices(sheet: ClassList, text: str, chosen: str) -> list[tuple[str, str]]:
    """Suggested classes first, then the chosen one, then all others."""
    suggested = [one.code for one in sheet.suggest(text)]
    order = list(dict.fromkeys([*filter(None, [chosen]), *suggested, *(one.code for one in sheet.classes)]))
    known = {one.code: one for one in sheet.classes}
    return [
        (code, f"{both(known[code].title)} · {both(known[code].examples)}") for code in order if code in known
    ]


def _form(request: HttpRequest, region: Region, sheet: ClassList) -> tuple[GrievanceForm, int]:
    given = request.POST if request.method == "POST" else request.GET
    text, chosen = given.get("text", ""), given.get("class_code", "") or given.get("class", "")
    suggested = [one.code for one in sheet.suggest(text)]
    buildings = [(str(place), name) for place, name in enumerate(_buildings(region), start=1)]
    form = GrievanceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        classes=_choices(sheet, text, chosen), buildings=buildings,
        initial={"text": text, "class_code": chosen or (suggested[0] if suggested else ""), "nature": "help"},
    )  # fmt: skip
    return form, len(set(suggested) | ({chosen} if chosen else set()))


def _buildings(region: Region) -> list[str]:
    return list(
        Building.objects.filter(community=region).order_by("order", "id").values_list("name", flat=True)
    )


@page("GET", "POST", personal=True)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The form with what the words suggest; sending files it."""
    region = access.community(request, code)
    if request.method == "POST" and (first := once.result(request)):
        return redirect(first)
    _edition, sheet = class_list(today(request))
    form, likely = _form(request, region, sheet)
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        with saying.into(form):
            grievance = _file(request, region, form)
            return redirect(once.remember(request, reverse("portal:received", args=[grievance.case.number])))
    given = form["class_code"].value() or ""
    urgent = next((both(one.emergency) for one in sheet.classes if one.code == given), "")
    return shell.show(
        request, "grievances/new.html", region, "grievances", form=form, likely=likely, emergency=urgent,
        likely_options=list(form["class_code"])[:likely], other_options=list(form["class_code"])[likely:],
        similar=_similar(region, str(given), str(form["building"].value() or ""), request), once=once.word(),
    )  # fmt: skip


def _building(region: Region, place: str) -> Building | None:
    rows = list(Building.objects.filter(community=region).order_by("order", "id")) if place.isdigit() else []
    return rows[int(place) - 1] if rows and 0 < int(place) <= len(rows) else None


def _similar(region: Region, class_code: str, building: str, request: HttpRequest) -> int:
    """How many open grievances of the same class (and building, where chosen) there are: a number, nothing else."""
    if not class_code:
        return 0
    since = now(request) - timedelta(days=SIMILAR_DAYS)
    rows = Grievance.objects.get_queryset().filter(
        case__region=region, case__closed_on=None, class_code=class_code, case__opened_at__gte=since
    )
    place = _building(region, building)
    return rows.filter(building=place).count() if place else rows.count()


def _file(request: HttpRequest, region: Region, form: GrievanceForm) -> Grievance:
    by, at, data = access.actor(request), now(request), form.cleaned_data
    _edition, sheet = class_list(today(request))
    told = Told(
        class_code=data["class_code"], nature=data["nature"], text=data["text"], building=_building(region, data["building"]),
        spot=data["spot"], is_anonymous=data["is_anonymous"],
    )  # fmt: skip
    with writing():
        photos = [
            _kept(request, region, sheet.of(told.class_code).data_class, photo) for photo in data["photos"]
        ]
        filed = Filed(region, access.person(request), "portal", tuple(photos))
        return file_grievance(told=told, filed=filed, by=by, at=at)


def _kept(request: HttpRequest, region: Region, data_class: str, photo: Any) -> Document:
    on = today(request)
    years = int(rule("services.answers_years", place=region.code, on=on).value)
    return keep(
        content=photo.read(), name=photo.name or "photo", kind="photo", region=region.code, data_class=data_class,
        retain_until=month_later(on, 12 * years), by=access.actor(request), at=now(request),
        person_key=access.person(request).key,
    )  # fmt: skip
