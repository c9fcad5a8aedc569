"""Pages for what went wrong: the community's name and phone stay on them, so that nobody is left alone.

``config/urls.py`` names these as ``handler400``, ``handler403`` and ``handler404``; an internal fault (500) keeps
Django's own handler, which asks the database nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.look.frame import PortalFrame
from linli.places.models import Region
from linli.portal import access, shell


def _door(request: HttpRequest) -> PortalFrame | None:
    """The shell of the community in the address, or one's own; none on the staff side and before middleware ran."""
    if request.path.startswith("/desk/") or not hasattr(request, "user"):
        return None
    code = request.path[3:15] if request.path.startswith("/c/") else ""
    found = Region.objects.communities().select_related("profile").filter(code=code).first() if code else None
    return shell.frame(request, found or access.own_community(request))


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", {"door": _door(request)}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: what does not exist and what is not open to the reader look the same."""
    return _page(request, 404)
