"""Service items at the desk: the screens of their own acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.desk import access, acting, granting
from linli.desk.access import DeskRequest
from linli.desk.acting import Act, CaseForm
from linli.desk.applications import done, paper_kinds, told
from linli.desk.forms import services as forms
from linli.desk.saying import lang
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.services import booking, cards, decision, handing, proofs, supplementing, visiting
from linli.services.intake import Paper
from linli.services.models import Application, Booking, Supplement

# verb: name of the screen's address
SCREENS = {
    decision.ACCEPT: "acceptance", decision.ACCEPT_URGENT: "acceptance-urgent", supplementing.ASK: "supplement",
    supplementing.SUPPLY: "supply", visiting.VISIT: "visit", decision.GRANT: "grant", decision.REFUSE: "refusal",
    "services.paying.pay": "payment", proofs.ISSUE: "proof", cards.ISSUE: "card", handing.HAND_OVER: "handover",
    booking.CHECK_IN: "check-in", booking.CANCEL: "cancellation",
}  # fmt: skip
__all__ = ["SCREENS", "done", "later_acts", "paper_kinds", "told"]

Do = Callable[[dict[str, Any]], object]


def _screen(
    request: DeskRequest,
    application: Application,
    verb: str,
    form: CaseForm,
    do: Do,
    *,
    done: str,
    hints: Sequence[tuple[str, str]] = (),
    facts: Sequence[tuple[str, str]] = (),
    further: Sequence[str] = (),
) -> HttpResponse:
    """The screen of a verb, named as the sheet names its move."""
    move = acting.moves_of(request, application.case, verb)[0]
    title = str(move.title.text(lang()))
    tone = "danger" if move.tone == "back" else "go"
    act = Act(
        title, title, done, acting.audience(application.case, move, further=further), hints, facts, tone
    )
    return acting.perform(
        request, application.case, form, act, do, who=acting.who_of(request, application.case)
    )


def accept(request: DeskRequest, number: str) -> HttpResponse:
    """Accept: the promised limit starts."""
    return _accept(request, number, decision.ACCEPT)


def accept_urgent(request: DeskRequest, number: str) -> HttpResponse:
    """Accept as urgent: help first, papers later."""
    return _accept(request, number, decision.ACCEPT_URGENT)


def _accept(request: DeskRequest, number: str, verb: str) -> HttpResponse:
    found = access.application(request, number)
    missing = supplementing.lacking(found)
    named = "、".join(str(found.sheet.material(code).name.text(lang())) for code in missing)
    hints = (
        [("warn", _("还缺：%(papers)s。缺不能后补的材料时不能受理，请一次性告知。") % {"papers": named})]
        if missing
        else []
    )
    limit = found.sheet.urgent if found.is_urgent else found.sheet.limit
    facts = (
        [(_("承诺时限"), _("受理之日起%(days)d个%(unit)s") % {"days": limit.days, "unit": _unit(limit.unit)})]
        if limit
        else []
    )

    def do(given: dict[str, Any]) -> object:
        return decision.accept(
            application=found, by=access.actor(request), at=request.now, opinion=given["opinion"]
        )

    form = acting.given_to(request, forms.OpinionForm)
    return _screen(
        request, found, verb, form, do, done=_("已受理，时限从今天起算。"), hints=hints, facts=facts
    )


def _unit(word: str) -> str:
    return _("工作日") if word == "working" else _("自然日")


def supplement(request: DeskRequest, number: str) -> HttpResponse:
    """Tell what is missing, once and completely."""
    found = access.application(request, number)
    lacking = supplementing.lacking(found)
    materials = [(one.code, str(one.name.text(lang()))) for one in found.sheet.materials]
    form = acting.given_to(request, forms.SupplementForm, materials=materials, initial={"missing": lacking})
    if not Supplement.objects.filter(case=found.case).exists():
        del form.fields["new_fact"]

    def do(given: dict[str, Any]) -> object:
        return supplementing.ask_supplement(
            application=found, missing=given["missing"], by=access.actor(request), at=request.now,
            opinion=given["opinion"], new_fact=given.get("new_fact", ""),
        )  # fmt: skip

    hints = [("info", _("一次说全：漏掉的以后不能再要，除非出现新情况。缺的已经勾好。"))]
    return _screen(
        request, found, supplementing.ASK, form, do, done=_("已一次性告知，时钟停下等补正。"), hints=hints
    )


def supply(request: DeskRequest, number: str) -> HttpResponse:
    """Take in at the counter what was told to be handed in."""
    found = access.application(request, number)
    asked = Supplement.objects.filter(case=found.case, answered_on=None).first()
    if asked is None:
        raise Http404
    materials = [(code, str(found.sheet.material(code).name.text(lang()))) for code in asked.missing]

    def do(given: dict[str, Any]) -> object:
        papers = [
            Paper(code, given[f"paper_{code}"].name, given[f"paper_{code}"].read())
            for code, _name in materials
        ]
        return supplementing.supply(
            application=found, papers=papers, by=access.actor(request), at=request.now
        )

    form = acting.given_to(request, forms.SupplyForm, materials=materials)
    return _screen(request, found, supplementing.SUPPLY, form, do, done=_("材料已收，时钟继续走。"))


def visit(request: DeskRequest, number: str) -> HttpResponse:
    """Record a visit to the home."""
    found = access.application(request, number)

    def do(given: dict[str, Any]) -> object:
        seen = visiting.Seen(
            given["visitors"].splitlines(),
            given["found"],
            given["agrees"] == "yes",
            given["neighbours_asked"],
        )
        photo = given.get("photo")
        papers = [Paper(_photo_code(found), photo.name, photo.read())] if photo else []
        return visiting.visit(
            application=found, seen=seen, by=access.actor(request), at=request.now, papers=papers
        )

    form = acting.given_to(request, forms.VisitForm)
    further = [_("看到的情况是敏感资料：只有经手的岗位看得到，打开会留痕。")]
    return _screen(request, found, visiting.VISIT, form, do, done=_("入户情况已登记。"), further=further)


def _photo_code(found: Application) -> str:
    """The material a photo of a visit is kept under: the item's proof of the event, else its first material."""
    codes = [one.code for one in found.sheet.materials]
    return "event_proof" if "event_proof" in codes else (codes or ["photo"])[0]


def grant(request: DeskRequest, number: str) -> HttpResponse:
    """Grant a sum within the ceiling of the post, which the screen shows."""
    found, by = access.application(request, number), access.actor(request)
    limits = granting.limits(found, by, request.today)
    form = acting.given_to(
        request, forms.GrantForm, reasons=granting.reasons(found), initial=granting.initial(found, limits)
    )

    def do(given: dict[str, Any]) -> object:
        cents = granting.cents(given["amount"])
        reason = given.get("reason_class") or ""
        try:
            return decision.grant(
                application=found,
                cents=cents,
                by=by,
                at=request.now,
                opinion=given["opinion"],
                reason_class=reason,
            )
        except Said as fault:
            raise granting.at_field(fault) from None

    return _screen(
        request,
        found,
        decision.GRANT,
        form,
        do,
        done=_("已批准。"),
        hints=limits.hints,
        facts=limits.facts,
        further=limits.shown,
    )


def refuse(request: DeskRequest, number: str) -> HttpResponse:
    """Refuse, or do not accept, with the reason and the way of review."""
    found = access.application(request, number)
    route = str(found.sheet.review_route.text(lang()))

    def do(given: dict[str, Any]) -> object:
        return decision.refuse(
            application=found, reason=given["opinion"], by=access.actor(request), at=request.now
        )

    form = acting.given_to(request, forms.RefuseForm)
    facts = [(_("自动附上的救济途径"), route)] if route else []
    return _screen(
        request, found, decision.REFUSE, form, do, done=_("已书面告知理由和救济途径。"), facts=facts
    )


def pay(request: DeskRequest, number: str) -> HttpResponse:
    """Record a payment."""
    found, by = access.application(request, number), access.actor(request)
    return granting.pay_screen(request, found, by)


def issue_proof(request: DeskRequest, number: str) -> HttpResponse:
    """Sign a proof of the list."""
    found = access.application(request, number)
    kind = str(found.answers.get("proof_kind", ""))
    listed = next((one for one in found.sheet.listed if one.code == kind), None)
    facts = (
        [(_("要证明的事"), str(listed.name.text(lang()))), (_("证明文字"), listed.text.zh)] if listed else []
    )

    def do(given: dict[str, Any]) -> object:
        return proofs.issue_proof(
            application=found, checked=given["opinion"], by=access.actor(request), at=request.now
        )

    form = acting.given_to(request, forms.ProofForm)
    return _screen(
        request, found, proofs.ISSUE, form, do, done=_("证明已出具，凭编号和校验码可以核验。"), facts=facts
    )


def issue_card(request: DeskRequest, number: str) -> HttpResponse:
    """Issue a library card."""
    found = access.application(request, number)

    def do(given: dict[str, Any]) -> object:
        agreed = given["guardian_agreed"]
        return cards.issue_card(
            application=found, by=access.actor(request), at=request.now, guardian_agreed=agreed
        )

    form = acting.given_to(request, forms.CardForm)
    return _screen(request, found, cards.ISSUE, form, do, done=_("借阅证已办好。"))


def hand_over(request: DeskRequest, number: str) -> HttpResponse:
    """Hand an application to the body that carries it on."""
    found = access.application(request, number)
    bodies = [
        (f"organisation:{one.key}", one.name)
        for one in access.organisations(request).filter(region=found.case.region)
    ]

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return handing.hand_over(
            application=found, to=given["to"], by=by, at=request.now, opinion=given["opinion"]
        )

    form = acting.given_to(request, forms.HandOverForm, bodies=bodies)
    return _screen(request, found, handing.HAND_OVER, form, do, done=_("已移交。"))


def check_in(request: DeskRequest, number: str) -> HttpResponse:
    """Note that those who booked have come."""
    found = access.application(request, number)

    def do(given: dict[str, Any]) -> object:
        row = Booking.objects.select_related("case").get(case=found.case)
        return booking.check_in(booking=row, by=access.actor(request), at=request.now)

    form = acting.given_to(request, CaseForm)
    return _screen(request, found, booking.CHECK_IN, form, do, done=_("已签到。"))


def cancel(request: DeskRequest, number: str) -> HttpResponse:
    """Cancel a booking with the reason."""
    found = access.application(request, number)

    def do(given: dict[str, Any]) -> object:
        row = Booking.objects.select_related("case").get(case=found.case)
        return booking.cancel_booking(
            booking=row, by=access.actor(request), at=request.now, reason=given["opinion"]
        )

    form = acting.given_to(request, forms.CancelForm)
    return _screen(request, found, booking.CANCEL, form, do, done=_("预约已取消。"))


def later_acts(found: Case, by: Actor) -> list[tuple[str, str]]:
    """Acts that no move offers: a monthly grant is paid on after its case is closed."""
    if granting.is_paid_monthly(found) and by.may("services.decide"):
        return [(_("登记本月发放"), reverse("desk:payment", args=[found.number]))]
    return []
