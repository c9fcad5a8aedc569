"""Addresses: the residents' door at the root, the three staff doors under /desk/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from linli.look.reader import choose

urlpatterns: list[URLPattern | URLResolver] = [
    path("reader/", choose, name="reader"),
    path("desk/", include("linli.desk.urls")),
    path("desk/", include("linli.office.urls")),
    path("desk/", include("linli.registry.urls")),
    path("", include("linli.portal.urls")),
]

handler400 = "linli.portal.faults.bad_request"
handler403 = "linli.portal.faults.forbidden"
handler404 = "linli.portal.faults.not_found"
