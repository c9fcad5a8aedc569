"""Owners, property and the station as everybody may see them: contracts' public parts, marks, terms, opening hours."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.disclosure.models import Publication
from linli.ground.money import yuan
from linli.people.actors import VISITOR
from linli.places import stationing
from linli.places.models import Region, StationCover
from linli.portal import access, shell
from linli.portal.moment import today
from linli.portal.saying import page
from linli.property.models import Contract, Mark, OwnersCommittee
from linli.property.models.supervision import SOURCE
from linli.property.scoring import hundredths
from linli.property.scoring_sheets import scoring_of
from linli.rulebook.reading import calendar

MOST = 20


@page("GET")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Contracts in force by their public part, owners' committees in term, published marks; each station's week."""
    region = access.community(request, code)
    return shell.show(
        request, "community/property.html", region, "disclosure", contracts=_contracts(region, request),
        committees=_committees(region, request), marks=_marks(region), stations=_stations(region, request),
    )  # fmt: skip


def _contracts(region: Region, request: HttpRequest) -> list[dict[str, str]]:
    rows = Contract.objects.running(today(request)).filter(region=region, kind="property")
    return [
        {
            "title": one.subject, "company": one.company.name, "terms": one.terms,
            "span": f"{one.from_on:%Y-%m-%d} – {one.to_on:%Y-%m-%d}", "fee": yuan(one.fee_cents),
        }
        for one in rows.select_related("company").order_by("id")[:MOST]
    ]  # fmt: skip


def _committees(region: Region, request: HttpRequest) -> list[dict[str, str]]:
    rows = OwnersCommittee.objects.in_term(today(request)).filter(assembly__estate__community=region)
    return [
        {
            "name": one.organisation.name, "estate": one.assembly.estate.name,
            "span": f"{one.term_from:%Y-%m-%d} – {one.term_to:%Y-%m-%d}",
        }
        for one in rows.select_related("organisation", "assembly__estate").order_by("id")[:MOST]
    ]  # fmt: skip


def _marks(region: Region) -> list[dict[str, Any]]:
    """Published marks only, each with its publication, where anybody may object."""
    found = list(
        Mark.objects.visible_to(VISITOR)
        .filter(region=region)
        .select_related("body", "scoring")
        .order_by("-on", "-id")[:MOST]
    )
    numbers = dict(
        Publication.objects.filter(source__in=[f"{SOURCE}:{one.key}" for one in found]).values_list(
            "source", "number"
        )
    )
    return [
        {
            "body": one.body.name, "span": f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}",
            "grade": scoring_of(one.scoring).grade(one.grade), "marks": f"{hundredths(one.marks)} / {hundredths(one.reachable)}",
            "url": reverse("portal:publication", args=[region.code, numbers[f"{SOURCE}:{one.key}"]]),
        }
        for one in found
    ]  # fmt: skip


def _stations(region: Region, request: HttpRequest) -> list[dict[str, Any]]:
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    why = {"holiday": _("法定节假日"), "makeup": _("调休上班"), "special": _("临时调整")}
    covers = StationCover.objects.in_force(today(request)).filter(community=region).select_related("station")
    return [
        {
            "name": cover.station.name, "address": cover.station.address, "phone": cover.station.phone,
            "days": [
                {
                    "day": f"{day.on:%m-%d} {names[day.on.isoweekday() - 1]}",
                    "hours": "、".join(f"{begin}–{end}" for begin, end in day.spans) or _("不开放"),
                    "why": " ".join(part for part in (why.get(day.why, ""), day.reason) if part),
                }
                for day in stationing.week(cover.station, today(request), calendar=calendar())
            ],
        }
        for cover in covers.order_by("station_id")
    ]  # fmt: skip
