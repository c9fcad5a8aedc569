"""Grievances: tell in one's own words, choose among what is suggested, send; and answers released to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.grievances.declared import ClassList
from linli.grievances.duplicates import similar
from linli.grievances.following import for_joined
from linli.grievances.intake import Filed, Told, class_list, file_grievance
from linli.grievances.limits import promise
from linli.grievances.merging import join
from linli.grievances.models import Grievance, Joining
from linli.ground.clock import month_later
from linli.look.templatetags.linli import both
from linli.places.models import Building, Region
from linli.portal import access, items, once, saying, shell
from linli.portal.forms.grievances import Grievance as GrievanceForm
from linli.portal.forms.grievances import Telling
from linli.portal.moment import now, today
from linli.portal.saying import page
from linli.portal.timeline import holder
from linli.records.keeping import keep
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import writing

SHOWN = 20


@dataclass(frozen=True)
class Near:
    """A matter like the one being told, as a neighbour sees it: nothing of who told it or what was said."""

    number: str
    title: str
    place: str
    told_at: datetime
    is_open: bool
    others: int


@page("GET")
def grievances(request: HttpRequest, code: str) -> HttpResponse:
    """What can be told, how fast it is answered, the first field of the form, and released answers."""
    region, on = access.community(request, code), today(request)
    _edition, sheet = class_list(on)
    ordinary, urgent = (promise(grade, place=code, on=on) for grade in ("ordinary", "urgent"))
    shown = [answered_line(row, on) for row in _released(region)[:5]]
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
        ordinary=items.limit_words(ordinary.answer), urgent=items.limit_words(urgent.answer),
        respond=ordinary.respond_hours,
    )  # fmt: skip


def _released(region: Region) -> Any:
    return (
        Grievance.objects.public()
        .filter(case__region=region)
        .select_related("building")
        .order_by("-released_at", "-pk")
    )


def answered_line(row: Grievance, on: Any) -> dict[str, Any]:
    """A released answer as everybody sees it."""
    return {"title": items.title(row.case, items.titles(on)), "text": row.public_reply, "at": row.released_at}


@page("GET")
def answered(request: HttpRequest, code: str) -> HttpResponse:
    """Every released answer of a community, the newest first, by class where one is asked for."""
    region, on = access.community(request, code), today(request)
    _edition, sheet = class_list(on)
    chosen = request.GET.get("class", "")
    rows = _released(region)
    if chosen:
        rows = rows.filter(class_code=chosen)
    if (before := request.GET.get("before", "")).isdigit():
        rows = rows.filter(released_at__lt=datetime.fromtimestamp(int(before) / 1000, tz=now(request).tzinfo))
    found = list(rows[: SHOWN + 1])
    last = found[SHOWN - 1].released_at if len(found) > SHOWN else None
    older = f"?class={chosen}&before={int(last.timestamp() * 1000)}" if last else ""
    classes = [(one.code, both(one.title)) for one in sheet.classes if one.data_class == "P2"]
    return shell.show(
        request, "grievances/answered.html", region, "grievances", shown=[answered_line(row, on) for row in found[:SHOWN]],
        older=older, classes=classes, chosen=chosen,
    )  # fmt: skip


def _choices(sheet: ClassList, text: str, chosen: str) -> list[tuple[str, str]]:
    """Suggested classes first, then the chosen one, then all others."""
    suggested = [one.code for one in sheet.suggest(text)]
    order = list(dict.fromkeys([*filter(None, [chosen]), *suggested, *(one.code for one in sheet.classes)]))
    known = {one.code: one for one in sheet.classes}
    return [
        (code, f"{both(known[code].title)} · {both(known[code].examples)}") for code in order if code in known
    ]


def make_form(
    request: HttpRequest, region: Region, sheet: ClassList, *, kind: type[GrievanceForm] = GrievanceForm
) -> tuple[GrievanceForm, int]:
    """The form of a grievance, and how many classes are suggested."""
    given = request.POST if request.method == "POST" else request.GET
    text, chosen = given.get("text", ""), given.get("class_code", "") or given.get("class", "")
    suggested = [one.code for one in sheet.suggest(text)]
    buildings = [(str(place), name) for place, name in enumerate(_buildings(region), start=1)]
    form = kind(
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
    form, likely = make_form(request, region, sheet)
    if is_ready(request, form, sheet, region):
        with saying.into(form):
            grievance = _file(request, region, form)
            return redirect(once.remember(request, reverse("portal:received", args=[grievance.case.number])))
    return show_form(request, region, sheet, form, likely)


def is_ready(request: HttpRequest, form: GrievanceForm, sheet: ClassList, region: Region) -> bool:
    """Whether a posted form may be filed: valid, and what is like it has been shown for this class and building."""
    if request.method != "POST" or "look" in request.POST or not form.is_valid():
        return False
    return request.POST.get("looked_for", "") == _looked_for(form) or not near(request, form, sheet, region)


def _looked_for(form: GrievanceForm) -> str:
    return f"{form['class_code'].value() or ''}:{form['building'].value() or ''}"


def near(request: HttpRequest, form: GrievanceForm, sheet: ClassList, region: Region) -> list[Near]:
    """What neighbours told already that is like this."""
    text, given = str(form["text"].value() or ""), str(form["class_code"].value() or "")
    if not text or not given:
        return []
    building = _building(region, str(form["building"].value() or ""))
    found = similar(
        text=text, class_code=given, region=region, building=building, listed=sheet, at=now(request)
    )
    return [
        Near(one.number, both(sheet.of(given).title), one.building, one.told_at, one.is_open, one.others)
        for one in found
    ]


def show_form(
    request: HttpRequest,
    region: Region,
    sheet: ClassList,
    form: GrievanceForm,
    likely: int,
    *,
    is_unnamed: bool = False,
) -> HttpResponse:
    """The form with what the words suggest: classes, other channels, what neighbours told already."""
    given = form["class_code"].value() or ""
    text = str(form["text"].value() or "")
    urgent = next((both(one.emergency) for one in sheet.classes if one.code == given), "")
    return shell.show(
        request, "grievances/new.html", region, "grievances", form=form, likely=likely, emergency=urgent,
        likely_options=list(form["class_code"])[:likely], other_options=list(form["class_code"])[likely:],
        near=near(request, form, sheet, region), looked_for=_looked_for(form), is_unnamed=is_unnamed,
        channels=[(both(one.title), both(one.where)) for one in sheet.channels_for(text)], once=once.word(),
    )  # fmt: skip


@page("POST", personal=True)
def joining(request: HttpRequest, code: str) -> HttpResponse:
    """I have the same trouble: joined to what a neighbour told, instead of telling it anew."""
    region = access.community(request, code)
    rows = Grievance.objects.get_queryset().filter(case__region=region, case__data_class__in=("P1", "P2"))
    row = rows.filter(case__number=request.POST.get("number", "")).select_related("kept__case").first()
    if row is None:
        raise Http404
    join(
        grievance=row,
        person=access.person(request),
        channel="portal",
        by=access.actor(request),
        at=now(request),
    )
    messages.success(request, _("记下了，您也遇到这件事。有了答复会通知您。"))
    return redirect("portal:grievances_joined", code)


@page("GET", personal=True)
def joined(request: HttpRequest, code: str) -> HttpResponse:
    """What I joined: how far it is, and the answer without anybody's name or number."""
    region, on = access.community(request, code), today(request)
    rows = (
        Joining.objects.filter(person=access.person(request), grievance__case__region=region)
        .select_related("grievance__case__procedure", "grievance__building")
        .order_by("-pk")[:SHOWN]
    )
    lines = [_joined_line(row, on) for row in rows]
    return shell.show(request, "grievances/joined.html", region, "grievances", lines=lines)


def _joined_line(row: Joining, on: Any) -> dict[str, Any]:
    told, case = row.grievance, row.grievance.case
    return {
        "title": items.title(case, items.titles(on)), "place": told.building.name if told.building else "", "on": row.on,
        "state": both(case.at_step.public), "holder": holder(case), "due": case.due_on if case.closed_on is None else None,
        "is_closed": case.closed_on is not None, "answer": for_joined(told),
    }  # fmt: skip


def _building(region: Region, place: str) -> Building | None:
    rows = list(Building.objects.filter(community=region).order_by("order", "id")) if place.isdigit() else []
    return rows[int(place) - 1] if rows and 0 < int(place) <= len(rows) else None


def told_in(form: GrievanceForm, region: Region) -> Told:
    """What a filled form tells."""
    data = form.cleaned_data
    return Told(
        class_code=data["class_code"], nature=data["nature"], text=data["text"], building=_building(region, data["building"]),
        spot=data["spot"], is_anonymous=data.get("is_anonymous", False), concerns=data.get("concerns", ""),
    )  # fmt: skip


def _file(request: HttpRequest, region: Region, form: GrievanceForm) -> Grievance:
    by, at, data = access.actor(request), now(request), form.cleaned_data
    _edition, sheet = class_list(today(request))
    told = told_in(form, region)
    with writing():
        photos = [
            kept(request, region, sheet.of(told.class_code).data_class, photo) for photo in data["photos"]
        ]
        filed = Filed(region, access.person(request), "portal", tuple(photos))
        return file_grievance(told=told, filed=filed, by=by, at=at)


def kept(request: HttpRequest, region: Region, data_class: str, photo: Any) -> Document:
    """A photo kept for as long as the rule says; of nobody known where nobody is signed in."""
    on, who = today(request), access.account(request)
    years = int(rule("services.answers_years", place=region.code, on=on).value)
    return keep(
        content=photo.read(), name=photo.name or "photo", kind="photo", region=region.code, data_class=data_class,
        retain_until=month_later(on, 12 * years), by=access.actor(request), at=now(request),
        person_key=who.person.key if who else "",
    )  # fmt: skip
