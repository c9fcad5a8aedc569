"""A new mediation: entered by a mediator, or made of an application or a grievance in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.cases.moving import moves_for
from linli.desk.forms import mediation as asks
from linli.grievances.models import Grievance
from linli.grievances.redirecting import redirect
from linli.look.templatetags.linli import both
from linli.mediation.intake import Dispute, NewParty, take_up
from linli.mediation.models import WORK_RIGHT, Mediation
from linli.mediation.telling import sheet_on
from linli.people.models import Person
from linli.places.models import Region
from linli.services.handing import HAND_OVER, hand_over
from linli.services.models import Application
from linli.staff import access, doing
from linli.staff.access import DeskRequest
from linli.trail.writing import writing

KIND = "mediation.mediation"
ITEM = "mediation_application"
REDIRECT = "grievances.redirecting.redirect"
# The application asks for the kind in a few words of its own.
KINDS = {"housing": "housing", "labour": "wages"}


def enter(request: DeskRequest) -> HttpResponse:
    """Enter a dispute at the counter, by phone, or on the committee's own initiative."""
    by, region = access.require(request, WORK_RIGHT), access.home_community(request)
    asked = asks.taking_up(_disputes(request))
    form = doing.given_to(request, asks.ActForm, asked=asked, tables=(asks.sides(),))

    def do(given: dict[str, Any]) -> object:
        dispute = Dispute(
            region,
            given["kind"],
            given["origin"],
            given["story"],
            given["wish"],
            given["difficulty"],
            given["amount"],
        )
        made = take_up(
            dispute=dispute, parties=_parties(form.rows_of("parties"), region), by=by, at=request.now
        )
        return reverse("desk:mediation", args=[made.case.number])

    screen = doing.Screen(
        _("登记纠纷"), _("登记"), _("已登记，请征求各方意愿。"), reverse("desk:mediations"), current="mediations",
        hints=[("info", _("这里写的只有调解员看得到，不进搜索，不进办件页面。"))],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def _disputes(request: DeskRequest) -> list[tuple[str, str]]:
    return [(one.code, both(one.title)) for one in sheet_on(request.today)[1].disputes]


def _parties(rows: Sequence[Mapping[str, Any]], region: Region) -> list[NewParty]:
    return [
        NewParty(
            side=row["side"], name=row["name"], person=known_person(row["phone"], row["name"], region), sex=row["sex"],
            birth_day=row["birth_day"], identity=row["identity"], phone=row["phone"], address=row["address"],
        )
        for row in rows
        if row["name"]
    ]  # fmt: skip


def known_person(phone: str, name: str, region: Region) -> Person | None:
    """The person of the register whose phone and name are both given; two of them, or none: nobody is linked."""
    if not phone or not name:
        return None
    found = list(
        Person.objects.with_phone(phone).filter(name=name.strip(), community=region, erased_at=None)[:2]
    )
    return found[0] if len(found) == 1 else None


def convert(request: DeskRequest, number: str) -> HttpResponse:
    """Make a mediation of an application that is registered, or of a grievance that is a dispute between neighbours.

    Two calls in one transaction: the mediation is taken up, the sibling's matter is handed over to it.
    """
    done = doing.already(request)
    if done is not None:
        return done
    case = access.case(request, number)
    told = _told(case, request)
    asked: dict[str, forms.Field] = {
        "kind": asks.pick(_("纠纷类别"), _disputes(request)),
        "story": asks.words(_("纠纷简要情况")),
        "other": forms.CharField(label=_("对方姓名或名称"), max_length=80),
        "phone": forms.CharField(label=_("对方电话"), max_length=20, required=False),
    }
    form = doing.given_to(request, asks.ActForm, asked=asked, initial=told)

    def do(given: dict[str, Any]) -> object:
        made = _converted(request, case, given)
        by = access.actor(request)
        seen = by.may(WORK_RIGHT) and Mediation.objects.visible_to(by).filter(pk=made.pk).exists()
        return reverse("desk:mediation", args=[made.case.number]) if seen else reverse("desk:inbox")

    screen = doing.Screen(
        _("转人民调解"), _("转人民调解"), _("已转人民调解，原来的办件已办结并写明去向。"), reverse("desk:case", args=[number]),
        facts=((_("办件"), case.title), (_("编号"), case.number)), current="inbox",
        hints=[("info", _("对方会被告知并可以不同意。转过去以后只有调解员看得到。"))],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def may_convert(case: Case, verbs: Sequence[str]) -> bool:
    """Whether a case may become a mediation now: its own verb of handing over is open to the actor."""
    if case.person is None:
        return False
    return (case.subject == ITEM and HAND_OVER in verbs) or (
        case.kind == "grievances.grievance" and REDIRECT in verbs
    )


def _told(case: Case, request: DeskRequest) -> dict[str, Any]:
    from_moves = [move.verb for move in _moves(case, request)]
    if not may_convert(case, from_moves):
        raise Http404
    if case.kind == "grievances.grievance":
        return {"story": Grievance.objects.get(pk=case.pk).text}
    answers = Application.objects.get(pk=case.pk).answers
    kind = str(answers.get("dispute_kind", "other"))
    return {
        "kind": KINDS.get(kind, kind),
        "story": answers.get("story", ""),
        "other": answers.get("other_side", ""),
    }


def _moves(case: Case, request: DeskRequest) -> Sequence[Any]:

    return moves_for(case, access.actor(request))


def _converted(request: DeskRequest, case: Case, given: Mapping[str, Any]) -> Mediation:
    by, at = access.actor(request), request.now
    is_grievance = case.kind == "grievances.grievance"
    other = NewParty(
        "respondent",
        given["other"],
        known_person(given["phone"], given["other"], case.region),
        phone=given["phone"],
    )
    sides = [NewParty("applicant", person=case.person), other]
    with writing():
        dispute = Dispute(
            case.region, given["kind"], "grievance" if is_grievance else "application", given["story"], source=case,
            channel=case.channel,
        )  # fmt: skip
        made = take_up(dispute=dispute, parties=sides, by=by, at=at)
        if is_grievance:
            grievance = Grievance.objects.get(pk=case.pk)
            words = _("已转人民调解委员会，编号%(number)s。") % {"number": made.case.number}
            redirect(grievance=grievance, channel="other", words=words, by=by, at=at)
        else:
            hand_over(
                application=Application.objects.get(pk=case.pk), to=f"case:{made.case.number}", by=by, at=at
            )
    return made
