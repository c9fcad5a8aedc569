"""The only ways from an address of casework to an application, a grievance or a paper of a case; else 404."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from linli.cases.models import CasePaper
from linli.grievances.models import Grievance
from linli.services.models import Application
from linli.staff import access
from linli.staff.access import DeskRequest


def application(request: DeskRequest, number: str) -> Application:
    """The application of a visible case."""
    rows = Application.objects.visible_to(access.actor(request)).select_related(
        "case__person", "case__region__profile", "case__procedure", "agent"
    )
    return get_object_or_404(rows, case__number=number)


def grievance(request: DeskRequest, number: str) -> Grievance:
    """The grievance of a visible case."""
    rows = Grievance.objects.visible_to(access.actor(request)).select_related(
        "case__person", "case__region", "case__procedure", "building"
    )
    return get_object_or_404(rows, case__number=number)


def paper(request: DeskRequest, number: str, key: str) -> CasePaper:
    """A paper of a visible case, by the document's public key."""
    found = access.case(request, number)
    if not access.sees_content(access.actor(request), found):
        raise Http404
    return get_object_or_404(found.papers.select_related("document__file"), document__key=key)
