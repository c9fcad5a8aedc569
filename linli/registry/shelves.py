"""The only ways from an address of the registers to a publication, an objection or a sheet; else 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from linli.disclosure.models import Objection, Publication
from linli.rulebook.models import Edition
from linli.staff import access
from linli.staff.access import DeskRequest


def publications(request: DeskRequest) -> QuerySet[Publication]:
    """Publications of the actor's place."""
    by = access.actor(request)
    return Publication.objects.visible_to(by).within(*by.span).select_related("item", "region")


def publication(request: DeskRequest, number: str) -> Publication:
    """One publication by number."""
    return get_object_or_404(publications(request).select_related("previous", "taken_down"), number=number)


def objection(request: DeskRequest, key: str) -> Objection:
    """An objection the actor may answer."""
    rows = Objection.objects.visible_to(access.require(request, "disclosure.publish"))
    return get_object_or_404(rows.select_related("publication__region"), key=key)


def sheet(kind: str, code: str, number: int | None) -> Edition:
    """An edition of a sheet (public): the one of a number, or the newest."""
    rows = Edition.objects.of_kind(kind).filter(code=code).order_by("-number")
    found = (rows.filter(number=number) if number else rows).first()
    if found is None:
        raise Http404
    return found
