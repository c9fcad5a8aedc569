"""The register at the desk: residents by key, masked identifiers, households, their matters; opening with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.desk import access, frame, inbox
from linli.desk.access import DeskRequest
from linli.desk.forms.people import UnmaskForm
from linli.desk.saying import lang
from linli.ground import masking
from linli.ground.codes import code_set
from linli.ground.said import Said
from linli.people import unmasking
from linli.people.models import Household, Membership, Person

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One resident of a list: numbers masked."""

    name: str
    address: str
    phone: str
    url: str
    start: str


def line(one: Person) -> Line:
    """A person as lists show them to posts that keep the register."""
    return Line(
        one.name,
        one.address or "—",
        masking.phone(one.phone) if one.phone_sealed else "—",
        reverse("desk:person", args=[one.key]),
        reverse("desk:counter-person", args=[one.key]),
    )


def show(request: DeskRequest) -> HttpResponse:
    """The residents of one's place, page by key."""
    rows = access.persons(request).order_by("community", "id")
    mark = rows.filter(key=request.GET.get("after", "")).first() if request.GET.get("after") else None
    if mark:
        beyond = Q(community_id__gt=mark.community_id) | Q(community_id=mark.community_id, pk__gt=mark.pk)
        rows = rows.filter(beyond)
    found = list(rows[: PAGE + 1])
    older = f"{reverse('desk:people')}?after={found[PAGE - 1].key}" if len(found) > PAGE else ""
    lines = [line(one) for one in found[:PAGE]]
    can_start = access.actor(request).may("services.assist")
    return frame.draw(
        request, "people.html", {"lines": lines, "older": older, "can_start": can_start}, current="people"
    )


def person(request: DeskRequest, key: str) -> HttpResponse:
    """One resident: what may be read, with numbers masked."""
    return _drawn(request, access.person(request, key), None)


def unmask(request: DeskRequest, key: str) -> HttpResponse:
    """Show the whole numbers once, with the reason noted in the trail; nothing of it is kept by the browser."""
    found, by = access.person(request, key), access.actor(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:person", args=[key]))
    form = UnmaskForm(request.POST)
    if not form.is_valid():
        return _drawn(request, found, form)
    in_hand = bool(getattr(found, "has_case_in_hand", False))
    whole = unmasking.unmask(
        person=found, reason=form.cleaned_data["reason"], in_hand=in_hand, by=by, at=request.now
    )
    shown = {
        "phone": whole.phone or "—",
        "identity": "" if whole.identity is None else whole.identity or "—",
    }
    return _drawn(request, found, None, shown)


def _drawn(
    request: DeskRequest, found: Person, form: UnmaskForm | None, whole: dict[str, str] | None = None
) -> HttpResponse:
    by = access.actor(request)
    rows = access.of_a_person(by, Case.objects.visible_to(by).of(found))
    cases = rows.select_related("person", "region").order_by("-id")[:20]
    page = {
        "person": _facts(found, request.today),
        "name": found.name,
        "key": found.key,
        "form": form or UnmaskForm(),
        "whole": whole,
        "may_see_identity": access.may_unmask(by, found),
        "households": _households(found),
        "rows": inbox.drawn(list(cases), by),
        "start": reverse("desk:counter-person", args=[found.key]) if by.may("services.assist") else "",
    }
    return frame.draw(request, "person.html", page, current="people", status=frame.shown(page["form"]))


def _facts(found: Person, on: dt.date) -> list[tuple[str, str]]:
    age = found.age(on)
    facts = [
        (_("性别"), _sex(found.sex)),
        (_("年龄"), _("%(age)d岁") % {"age": age} if age is not None else "—"),
        (_("电话"), masking.phone(found.phone) if found.phone_sealed else "—"),
        (_("身份证号"), masking.identity(found.identity) if found.identity_sealed else _("未登记")),
        (_("住址"), found.address or "—"),
        (_("社区"), found.community.name if found.community else "—"),
    ]
    if found.guardian is not None:
        facts.append((_("监护人"), found.guardian.name))
    if found.origin:
        facts.append((_("从哪里搬来"), found.origin))
    return facts


def _sex(code: str) -> str:
    try:
        return code_set("sex").text(code, lang())
    except Said:
        return "—"


def _households(found: Person) -> list[dict[str, object]]:
    """The person's households with their members; two statements."""
    own = Household.objects.filter(memberships__person=found).distinct()
    members = (
        Membership.objects.filter(household__in=own, valid_to=None)
        .select_related("person", "household")
        .order_by("id")
    )
    grouped: dict[str, list[dict[str, str]]] = {}
    for one in members:
        entry = {
            "name": one.person.name,
            "relation": _relation(one.relation),
            "url": reverse("desk:person", args=[one.person.key]),
        }
        grouped.setdefault(one.household.number, []).append(entry)
    return [{"number": number, "members": members} for number, members in grouped.items()]


def _relation(code: str) -> str:
    try:
        return code_set("family_relation").text(code, lang())
    except Said:
        return code
