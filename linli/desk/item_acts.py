"""One screen for the acts of the service flows F1 to F8 that need a fact or two beside the opinion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.cases.moving import moves_for
from linli.cases.procedures import Move
from linli.desk import granting
from linli.desk.forms.item_acts import form_for
from linli.services import agency, announcing, appointing, finishing, reviewing, supplementing
from linli.services.models import Application, Review, Supplement
from linli.services.passing import passed_to
from linli.staff import access, acting
from linli.staff.access import DeskRequest
from linli.staff.saying import lang

Given = dict[str, Any]


def act(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """Show the screen of a move that names one of these verbs, or carry the act out."""
    found = access.case(request, number)
    move = next((one for one in moves_for(found, access.actor(request)) if one.code == code), None)
    if move is None or not move.verb.startswith("services."):
        raise Http404
    do = _review(request, found, move) if found.kind == "services.review" else _applied(request, found, move)
    title = str(move.title.text(lang()))
    tone = "danger" if move.tone == "back" else "go"
    screen = acting.Act(
        title, title, _("已办理：%(title)s。") % {"title": title}, acting.audience(found, move), facts=_facts(found, move),
        tone=tone,
    )  # fmt: skip
    form = acting.given_to(request, form_for(move.verb), initial=_initial(found, move))
    return acting.perform(request, found, form, screen, do, who=acting.who_of(request, found))


def _application(found: Case) -> Application:
    row = Application.objects.filter(case=found).first()
    if row is None:
        raise Http404
    return row


def _initial(found: Case, move: Move) -> Given:
    if move.verb != agency.SEND:
        return {}
    return {"to": str(_application(found).sheet.department.text(lang()))}


def _facts(found: Case, move: Move) -> list[tuple[str, str]]:
    """What goes outside with a hand-over: by purpose, and nothing else."""
    if move.verb != agency.SEND:
        return []
    sheet = _application(found).sheet
    given = passed_to(sheet, "department")
    told = [str(one.label.text(lang())) for one in sheet.questions() if one.code in given.questions]
    told += [str(one.name.text(lang())) for one in sheet.materials if one.code in given.materials]
    return [(_("只交这些内容"), "、".join(told) or "—")]


def _applied(request: DeskRequest, found: Case, move: Move) -> Callable[[Given], object]:
    row, by, at = _application(found), access.actor(request), request.now
    who: Given = {"application": row, "by": by, "at": at}
    acts: dict[str, Callable[[Given], object]] = {
        finishing.COMPLETE: lambda given: finishing.complete(result=given["opinion"], **who),
        finishing.APPROVE: lambda given: finishing.approve(opinion=given["opinion"], **who),
        finishing.REGISTER: lambda given: finishing.register(opinion=given["opinion"], **who),
        agency.SEND: lambda given: agency.send_off(
            to=given["to"], number=given["number"], consent_told=given["consent_told"], **who
        ),
        agency.BRING_BACK: lambda given: agency.bring_back(
            number=given["number"], opinion=given["opinion"], **who
        ),
        agency.TURNED_DOWN: lambda given: agency.turned_down(reason=given["opinion"], **who),
        agency.DELIVER: lambda given: agency.deliver(how=given["opinion"], **who),
        appointing.APPOINT: lambda given: appointing.appoint(
            day=given["day"], body=given["body"], opinion=given["opinion"], **who
        ),
        appointing.CHECK_MEANS: lambda given: appointing.check_means(
            outcome=given["outcome"], number=given["number"], opinion=given["opinion"], **who
        ),
        announcing.ANNOUNCE: lambda given: announcing.announce(opinion=given["opinion"], **who),
        announcing.CONCLUDE: lambda given: announcing.conclude(opinion=given["opinion"], **who),
        supplementing.GIVE_BACK: lambda given: supplementing.give_back(
            promised=_promised(found), by=by, at=at
        ),
    }  # fmt: skip
    if move.verb not in acts:
        raise Http404
    return acts[move.verb]


def _promised(found: Case) -> Supplement:
    row = Supplement.objects.filter(case=found, answered_on=None, is_late=True).select_related("case").first()
    if row is None:
        raise Http404
    return row


def _review(request: DeskRequest, found: Case, move: Move) -> Callable[[Given], object]:
    row = Review.objects.filter(case=found).select_related("case", "of").first()
    if row is None:
        raise Http404
    who: Given = {"review": row, "by": access.actor(request), "at": request.now}
    if move.code == "adjust_benefit":
        return lambda given: reviewing.adjust_benefit(
            cents=granting.cents(given["amount"]), reason=given["opinion"], **who
        )
    verb = {"continue_benefit": reviewing.continue_benefit, "stop_benefit": reviewing.stop_benefit}[move.code]
    return lambda given: verb(reason=given["opinion"], **who)
