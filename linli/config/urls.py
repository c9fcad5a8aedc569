"""Addresses: the residents' door at the root, the staff door under /desk/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from linli.look.reader import choose

urlpatterns: list[URLPattern | URLResolver] = [
    path("reader/", choose, name="reader"),
    path("desk/", include("linli.desk.urls")),
    path("", include("linli.portal.urls")),
]

handler400 = "linli.portal.faults.bad_request"
handler403 = "linli.portal.faults.forbidden"
handler404 = "linli.portal.faults.not_found"
