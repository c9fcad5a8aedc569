"""Choosing a community, and what a community tells about itself and its bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground import codes
from linli.look.templatetags.linli import both
from linli.people.models import Appointment, Organisation
from linli.people.roles import role
from linli.places.models import CommunityProfile, Facility, Region
from linli.portal import access, hours, shell
from linli.portal.moment import today
from linli.portal.saying import page

# The three bodies under one roof (一委一居一站), and those beside them, in the order of the wall.
THREE = ("party_org", "residents_committee", "villagers_committee", "service_station")
BESIDE = ("supervision_committee", "owners_committee", "property_company")


@dataclass(frozen=True)
class Choice:
    """A community that can be chosen."""

    name: str
    url: str
    is_sample: bool


@dataclass(frozen=True)
class Holder:
    """A post as it hangs on the wall. Who holds public office is public; nothing else about the person is."""

    name: str
    title: str
    duties: Sequence[str]
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Body:
    """One body: what it does, who works there, how many posts are empty (``None``: not stated)."""

    name: str
    kind: str
    duties: Sequence[str]
    phone: str
    holders: Sequence[Holder] = field(default_factory=tuple)
    staffing: int | None = None
    vacant: int | None = None


@page("GET")
def front(request: HttpRequest) -> HttpResponse:
    """The root address: the community of this host, or the choice of communities."""
    region = access.community_of_host(request)
    return redirect("portal:home", region.code) if region else communities(request)


@page("GET")
def communities(request: HttpRequest) -> HttpResponse:
    """Communities that have a portal, by street; one query for them and one for the streets' names."""
    profiles = CommunityProfile.objects.select_related("region").order_by("region_id")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        profiles = profiles.filter(region__name__icontains=wanted)
    found = [profile.region for profile in profiles[:200]]
    above = {
        place.code: place.name
        for place in Region.objects.filter(code__in={c for r in found for c in codes.ancestors(r.code)})
    }
    groups = [
        (
            " ".join(above[code] for code in codes.ancestors(street) if code in above)
            + " "
            + above.get(street, ""),
            [_choice(r) for r in rows],
        )
        for street, rows in groupby(found, key=lambda region: region.code[:9] + "000")
    ]
    return shell.show(request, "community/choice.html", None, groups=groups, q=wanted)


def _choice(region: Region) -> Choice:
    return Choice(region.name, reverse("portal:home", args=[region.code]), region.is_sample)


@page("GET")
def about(request: HttpRequest, code: str) -> HttpResponse:
    """The community, its three bodies with posts, people, duties and vacancies, and its places."""
    region = access.community(request, code)
    told = shell.profile(region)
    found = bodies(region, request)
    facts: list[tuple[str, object]] = [
        (_("所在地"), "".join(place.name for place in [*region.ancestors(), region]))
    ]
    facts += [(_("户数"), told.households)] if told.households is not None else []
    facts += [(_("常住人口"), told.residents)] if told.residents is not None else []
    return shell.show(
        request,
        "community/about.html",
        region,
        introduction=told.introduction,
        facts=facts,
        three=[body for body in found if body.kind in THREE],
        beside=[body for body in found if body.kind in BESIDE],
        facilities=_facilities(region),
    )


def bodies(region: Region, request: HttpRequest) -> list[Body]:
    """Bodies of the community with their posts today; two queries."""
    organisations = list(
        Organisation.objects.filter(region=region, kind__in=[*THREE, *BESIDE], ended_on=None)
    )
    held = (
        Appointment.objects.in_force(today(request))
        .filter(organisation__in=organisations)
        .select_related("person")
        .order_by("id")
    )
    rows = list(held)
    names = {body.pk: body.name for body in organisations}
    order = {kind: place for place, kind in enumerate([*THREE, *BESIDE])}
    return [_body(body, rows, names) for body in sorted(organisations, key=lambda body: order[body.kind])]


def _body(body: Organisation, rows: Sequence[Appointment], names: dict[int, str]) -> Body:
    mine = [row for row in rows if row.organisation_id == body.pk]
    holders = [
        Holder(
            name=row.person.name,
            title=row.title or both(role(row.post).title),
            duties=[both(duty) for duty in role(row.post).duties],
            also=[
                names[other.organisation_id]
                for other in rows
                if other.person_id == row.person_id and other.organisation_id != body.pk
            ],
        )
        for row in mine
    ]
    filled = len({row.person_id for row in mine})
    return Body(
        name=body.name,
        kind=body.kind,
        duties=[both(duty) for duty in body.duties],
        phone=body.phone,
        holders=holders,
        staffing=body.staffing,
        vacant=None if body.staffing is None else max(0, body.staffing - filled),
    )


def _facilities(region: Region) -> list[dict[str, object]]:
    return [
        {"name": place.name, "address": place.address, "hours": hours.week(place.opening_hours), "capacity": place.capacity,
         "url": reverse("portal:venue", args=[region.code, place.code]) if place.is_bookable else ""}
        for place in Facility.objects.filter(community=region).order_by("code")
    ]  # fmt: skip


@page("GET")
def deliberation(request: HttpRequest, code: str) -> HttpResponse:
    """How to take part where there is no screen for it yet: the board, the meeting, the people to ask."""
    region = access.community(request, code)
    found = [
        body
        for body in bodies(region, request)
        if body.kind
        in ("residents_committee", "villagers_committee", "supervision_committee", "owners_committee")
    ]
    return shell.show(request, "community/deliberation.html", region, "deliberation", bodies=found)


@page("GET")
def activities(request: HttpRequest, code: str) -> HttpResponse:
    """Places of the community that are open to everybody; activities hang at the board until they are here."""
    region = access.community(request, code)
    return shell.show(
        request, "community/activities.html", region, "activities", facilities=_facilities(region)
    )
