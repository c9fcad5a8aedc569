"""A grievance told by phone, at the counter or to a grid worker, entered by staff; and the printed receipt."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from linli.desk import access, acting, frame
from linli.desk.access import DeskRequest
from linli.desk.forms.grievances import GrievanceForm
from linli.desk.saying import carried_out, lang, tell
from linli.grievances.intake import Filed, Told, class_list, file_grievance
from linli.ground import masking
from linli.ground.said import Said
from linli.people.models import Person
from linli.places.models import Building, CommunityProfile
from linli.records.keeping import keep
from linli.records.models import Document
from linli.trail.writing import writing


def unnamed(request: DeskRequest) -> HttpResponse:
    """A grievance of somebody who gives no name."""
    return _entry(request, None)


def of_person(request: DeskRequest, key: str) -> HttpResponse:
    """A grievance of a resident of the register."""
    return _entry(request, access.person(request, key))


def _entry(request: DeskRequest, person: Person | None) -> HttpResponse:
    by, community = access.require(request, "grievances.file"), access.home_community(request)
    _edition, listed = class_list(request.today)
    classes = [
        (one.code, f"{one.title.text(lang())}（{one.examples.text(lang())}）") for one in listed.classes
    ]
    buildings = {
        one.name: one for one in Building.objects.filter(community=community).order_by("order", "id")
    }
    form = GrievanceForm(request.POST or None, request.FILES or None, classes=classes,
                         buildings=[(name, name) for name in buildings], is_known=person is not None)  # fmt: skip

    def call(given: dict[str, Any]) -> str:
        code = given["class_code"] or _suggested(listed, given["text"], form)
        told = Told(code, given["nature"], given["text"], given["grade"], buildings.get(given["building"]), given["spot"],
                    bool(given.get("is_anonymous")))  # fmt: skip
        photo = given.get("photo")
        with writing():
            photos: tuple[Document, ...] = ()
            if photo:
                photos = (keep(content=photo.read(), name=photo.name, kind="photo", region=community.code,
                               data_class=listed.of(code).data_class, retain_until=None, by=by, at=request.now),)  # fmt: skip
            filed = Filed(community, person, given["channel"], photos)
            made = file_grievance(told=told, filed=filed, by=by, at=request.now)
        tell(request, _("已登记：%(number)s。") % {"number": made.case.number})
        return reverse("desk:receipt", args=[made.case.number])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {
        "form": form,
        "name": person.name if person else "",
        "emergency": [str(one.emergency.text(lang())) for one in listed.classes if one.emergency.zh],
        "find": reverse("desk:counter") if by.may("services.assist") else "",
    }
    return frame.draw(
        request, "grievance_entry.html", page, current="grievance-entry", status=frame.shown(form)
    )


def _suggested(listed: Any, text: str, form: GrievanceForm) -> str:
    """The class that the words point to, put into the form to be confirmed; never chosen silently."""
    found = listed.suggest(text)
    if not found:
        raise Said("desk.class_unknown", field="class_code")
    form.data = {**form.data.dict(), "class_code": found[0].code}  # type: ignore[attr-defined]
    raise Said("desk.class_suggested", field="class_code", names=[one.title for one in found])


def receipt(request: DeskRequest, number: str) -> HttpResponse:
    """The receipt to print: number, what, when, by which day, and a code that leads to the progress page."""
    found = access.case(request, number)
    profile = CommunityProfile.objects.filter(region=found.region).first()
    url = request.build_absolute_uri(_progress(number))
    drawing = segno.make(url, error="m").svg_inline(scale=4, border=2, omitsize=False)
    page = {
        "head": acting.head(found, who=""),
        "who": masking.name(found.person.name)
        if found.person and not access.is_unnamed(access.actor(request), found)
        else "",
        "community": found.region.name,
        "organisation": access.appointment(request).organisation.name,
        "opened_at": found.opened_at,
        "due_on": found.due_on,
        "limit": (found.limit_days, found.limit_unit),
        "phone": profile.service_phone if profile else "",
        "url": url,
        "qr": mark_safe(drawing),  # noqa: S308 - drawn here from a number of ours
        "back": reverse("desk:case", args=[number]),
        "papers": [one.document.title for one in found.papers.select_related("document").order_by("id")],
    }
    return render(request, "desk/receipt.html", page)


def _progress(number: str) -> str:
    """The residents' page of a case's progress, by its number."""
    try:
        return f"{reverse('portal:query')}?number={number}"
    except NoReverseMatch:
        return f"/query/?number={number}"
