"""Bodies of a place at the desk: their posts, who holds them, what is vacant, who holds several (交叉任职)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.people.models import Appointment, Organisation
from linli.places.models import Region

PAGE = 30
KINDS = {
    "party_org": _("党组织"), "residents_committee": _("居民委员会"), "villagers_committee": _("村民委员会"),
    "service_station": _("服务站"), "supervision_committee": _("监督委员会"), "property_company": _("物业服务企业"),
    "owners_committee": _("业主委员会"), "street_office": _("街道办事处"), "civil_affairs": _("民政部门"),
    "finance": _("财政部门"), "audit": _("审计机关"), "evaluator": _("第三方评价机构"), "operator": _("平台运维"),
}  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """One post held."""

    post: str
    name: str
    since: dt.date
    until: dt.date | None
    basis: str
    also: str


@dataclass(frozen=True)
class Body:
    """One body with its seats; ``vacant`` is ``None`` where no staffing is set."""

    name: str
    kind: str
    key: str
    place: str
    phone: str
    duties: tuple[str, ...]
    seats: tuple[Seat, ...]
    staffing: int | None
    vacant: int | None


def show(request: DeskRequest) -> HttpResponse:
    """The bodies of one's place (or of one community of it), each with its posts. Public facts."""
    asked = request.GET.get("community", "")
    rows = access.organisations(request).select_related("region")
    if asked:
        rows = rows.filter(region_id=asked)
    mark = rows.filter(key=request.GET.get("after", "")).first() if request.GET.get("after") else None
    if mark:
        rows = rows.filter(pk__gt=mark.pk)
    found = list(rows.order_by("id")[: PAGE + 1])
    bodies = drawn(found[:PAGE], request.today)
    communities = list(access.communities(request).order_by("code")[:60])
    older = (
        f"{reverse('desk:organisations')}?after={found[PAGE - 1].key}&community={asked}"
        if len(found) > PAGE
        else ""
    )
    page = {"bodies": bodies, "older": older, "places": _places(communities, asked)}
    return frame.draw(request, "organisations.html", page, current="organisations")


def _places(communities: list[Region], asked: str) -> list[dict[str, object]]:
    if len(communities) < 2:
        return []
    url = reverse("desk:organisations")
    every: list[dict[str, object]] = [{"label": _("全部"), "url": url, "current": not asked, "count": None}]
    return every + [
        {"label": one.name, "url": f"{url}?community={one.code}", "current": asked == one.code, "count": None}
        for one in communities
    ]


def drawn(found: list[Organisation], on: dt.date) -> list[Body]:
    """Bodies with their seats of a day, in two statements."""
    held = list(
        Appointment.objects.in_force(on)
        .filter(organisation__in=found)
        .select_related("person", "organisation")
        .order_by("id")
    )
    people = {one.person_id for one in held}
    every = Appointment.objects.in_force(on).filter(person_id__in=people).select_related("organisation")
    others = [
        (one.person_id, one.organisation_id, f"{one.organisation.name} {words.post(one.post)}")
        for one in every
    ]
    return [_body(one, [seat for seat in held if seat.organisation_id == one.pk], others) for one in found]


def _body(one: Organisation, held: list[Appointment], others: list[tuple[int, int, str]]) -> Body:
    seats = []
    for seat in held:
        also = "、".join(text for person, body, text in others if person == seat.person_id and body != one.pk)
        seats.append(
            Seat(
                seat.title or words.post(seat.post),
                seat.person.name,
                seat.valid_from,
                seat.valid_to,
                seat.basis,
                also,
            )
        )
    filled = sum(Counter(seat.person_id for seat in held).values())
    vacant = max(0, one.staffing - filled) if one.staffing is not None else None
    kind = str(KINDS.get(one.kind, one.kind))
    duties = tuple(str(duty) for duty in one.duties)
    return Body(
        one.name, kind, one.key, one.region.name, one.phone, duties, tuple(seats), one.staffing, vacant
    )
