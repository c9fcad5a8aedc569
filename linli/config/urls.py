"""Addresses: the residents' door at the root, the staff door under /desk/."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from linli.look.reader import choose

urlpatterns: list[URLPattern | URLResolver] = [path("reader/", choose, name="reader")]
if find_spec("linli.desk") and find_spec("linli.desk.urls"):
    urlpatterns.append(path("desk/", include("linli.desk.urls")))
if find_spec("linli.portal") and find_spec("linli.portal.urls"):
    urlpatterns.append(path("", include("linli.portal.urls")))
