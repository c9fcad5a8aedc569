"""Search by name, pinyin, number, phone, address. What was typed never stands in an address: it may be personal."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from linli.cases.models import Case
from linli.finding.searching import matching_keys
from linli.ground import codes
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.sealing import normalised, seal, unseal
from linli.staff import access, case_rows, frame, residents
from linli.staff.access import DeskRequest

ASKED = "desk_search"


def asked(request: DeskRequest) -> str:
    """What was last typed, out of the sealed session."""
    return unseal(request.session.get(ASKED, ""))


def search(request: DeskRequest) -> HttpResponse:
    """Keep what was typed (POST, then back by GET); a case's whole number leads straight to it."""
    if request.method == "POST":
        text = request.POST.get("q", "").strip()[:60]
        request.session[ASKED] = seal(text)
        exact = access.cases(request).filter(number=text.upper()).values_list("number", flat=True).first()
        return HttpResponseRedirect(reverse("desk:case", args=[exact]) if exact else reverse("desk:search"))
    text, by = asked(request), access.actor(request)
    cases = (
        list(found_cases(by, text).select_related("person", "region").order_by("-id")[: residents.MOST])
        if text
        else []
    )
    persons = (
        list(residents.found_persons(request, text).order_by("id")[: residents.MOST])
        if text and by.may("people.read")
        else []
    )
    page = {
        "text": text,
        "rows": case_rows.drawn(cases, by),
        "persons": [residents.line(one) for one in persons],
        "most": residents.MOST,
    }
    return frame.draw(request, "desk/search.html", page, current="search")


def found_cases(by: Actor, text: str) -> QuerySet[Case]:
    """Visible cases that answer the text by the index, or whose person has this phone or ID number."""
    number, rows = normalised(text), Case.objects.visible_to(by)
    if residents.is_phone(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_phone(number))
    if codes.is_identity(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_identity(number))
    return rows.filter(pk__in=matching_keys("cases.case", text, inside=residents.inside(by)))
