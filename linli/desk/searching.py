"""Search by name, pinyin, number, phone, address. What was typed never stands in an address: it may be personal."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from linli.cases.models import Case
from linli.desk import access, frame, inbox, people
from linli.desk.access import DeskRequest
from linli.finding.searching import matching_keys
from linli.ground import codes
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.sealing import normalised, seal, unseal

ASKED = "desk_search"
MOST = 30


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
        list(found_cases(by, text).select_related("person", "region").order_by("-id")[:MOST]) if text else []
    )
    persons = (
        list(found_persons(request, text).order_by("id")[:MOST]) if text and by.may("people.read") else []
    )
    page = {
        "text": text,
        "rows": inbox.drawn(cases, by),
        "persons": [people.line(one) for one in persons],
        "most": MOST,
    }
    return frame.draw(request, "search.html", page, current="search")


def found_cases(by: Actor, text: str) -> QuerySet[Case]:
    """Visible cases that answer the text by the index, or whose person has this phone or ID number."""
    number, rows = normalised(text), Case.objects.visible_to(by)
    if is_phone(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_phone(number))
    if codes.is_identity(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_identity(number))
    return rows.filter(pk__in=matching_keys("cases.case", text, inside=_inside(by)))


def _inside(by: Actor) -> str:
    return "" if by.place in ("", "0" * 12) else by.place


def found_persons(request: DeskRequest, text: str) -> QuerySet[Person]:
    """Persons of the register by keyed phone or ID number, or by the index (name, its beginning, pinyin)."""
    rows, number = access.persons(request), normalised(text)
    if is_phone(number):
        return rows.filter(pk__in=Person.objects.with_phone(number).values("pk"))
    if codes.is_identity(number):
        return rows.filter(pk__in=Person.objects.with_identity(number).values("pk"))
    by = access.actor(request)
    return rows.filter(pk__in=matching_keys("people.person", text, inside=_inside(by)))


def is_phone(number: str) -> bool:
    """Whether the signs look like a telephone number (looked up by keyed index, never as text)."""
    return number.isdigit() and 7 <= len(number) <= 12
