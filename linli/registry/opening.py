"""One station from its address, and the frame of its acts."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.people.actors import Actor
from linli.places.models import Station
from linli.staff.doing import Screen


def station_of(by: Actor, code: str) -> Station:
    """One station that stands in the actor's place or serves it. Stations are public (P0)."""
    one = get_object_or_404(Station.objects.select_related("community", "facility"), code=code)
    served = one.covers.filter(community_id__gte=by.span[0], community_id__lte=by.span[1]).exists()
    if not by.holds(one.community_id) and not served:
        raise Http404
    return one


def screen(title: str, label: str, done: str, one: Station | None, **more: Any) -> Screen:
    back = reverse("registry:station", args=[one.code]) if one else reverse("registry:stations")
    crumbs = [(_("服务站与值班"), reverse("registry:stations")), (title, "")]
    return Screen(title, label, done, back, current="stations", crumbs=crumbs, **more)
