"""What the screens of money show: the ceiling of the post, the amount the rules set, what is paid already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.cases.moving import moves_for
from linli.desk import acting
from linli.desk.access import DeskRequest
from linli.desk.acting import Act
from linli.desk.forms.services import PayForm
from linli.desk.saying import lang, words
from linli.desk.words import post
from linli.disclosure.declared import item_of
from linli.ground.money import parse_yuan, yuan
from linli.ground.said import Said
from linli.look.templatetags.wording import prose_money
from linli.people.actors import Actor
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.services.decision import amount_due
from linli.services.models import Application, Grant
from linli.services.paying import PAY, pay


@dataclass(frozen=True)
class Limits:
    """What bounds a grant, as the screen shows it."""

    facts: Sequence[tuple[str, str]]
    hints: Sequence[tuple[str, str]]
    shown: Sequence[str]
    fixed: int | None


def limits(application: Application, by: Actor, on: dt.date) -> Limits:
    """The ceilings of every competent post with their sources, and the amount the rules set."""
    sheet, place = application.sheet, application.case.region_id
    facts: list[tuple[str, str]] = []
    if application.requested_cents:
        facts.append((_("申请金额"), prose_money(application.requested_cents)))
    for ceiling in sheet.ceilings:
        found = rule(ceiling.rule, place=place, on=on)
        name = post(ceiling.post) + (_("（您）") if ceiling.post == by.post else "")
        facts.append(
            (
                _("%(post)s审批额度") % {"post": name},
                _("不超过%(sum)s（%(source)s）")
                % {"sum": prose_money(int(found.value)), "source": found.source},
            )
        )
    hints: list[tuple[str, str]] = []
    fixed = _fixed(application, on, hints)
    if fixed is not None:
        facts.append((_("按年龄应发"), prose_money(fixed)))
    return Limits(facts, hints, _shown(application, on), fixed)


def _fixed(application: Application, on: dt.date, hints: list[tuple[str, str]]) -> int | None:
    try:
        return amount_due(application, on)
    except Said as fault:
        hints.append(("warn", words(fault)))
        return None


def _shown(application: Application, on: dt.date) -> list[str]:
    if application.sheet.shared is None:
        return []
    item = item_of(edition("disclosure", application.sheet.shared.item, on))
    labels = "、".join(str(fact.label.text(lang())) for fact in item.shows)
    return [_("批准后自动公示（姓名隐去）：%(facts)s；所有人看得到。") % {"facts": labels}]


def reasons(application: Application) -> list[tuple[str, str]]:
    """The reason classes of the item's form, for the publication."""
    shared = application.sheet.shared
    if shared is None or not shared.reason_from:
        return []
    for question in application.sheet.questions():
        if question.code == shared.reason_from:
            return [(choice.code, str(choice.name.text(lang()))) for choice in question.choices]
    return []


def initial(application: Application, found: Limits) -> dict[str, Any]:
    """What the form begins with: the amount of the rule or asked for, the reason given."""
    cents = found.fixed or application.requested_cents
    shared = application.sheet.shared
    reason = str(application.answers.get(shared.reason_from, "")) if shared and shared.reason_from else ""
    return {"amount": yuan(cents).replace(",", "") if cents else "", "reason_class": reason}


def cents(text: str) -> int:
    """An amount typed in yuan, in fen; a slip comes back at its field."""
    try:
        return parse_yuan(text)
    except Said as fault:
        raise at_field(fault) from None


def at_field(fault: Said) -> Said:
    """A refusal about the sum belongs to the form's field of the amount."""
    if fault.field in ("cents", "") and (fault.field or fault.code.startswith("money.")):
        fault.field = "amount"
    return fault


def is_paid_monthly(case: Case) -> bool:
    """Whether a closed case carries a monthly grant."""
    return (
        case.closed_on is not None
        and case.outcome == "granted"
        and Grant.objects.filter(case=case, cycle="monthly").exists()
    )


def pay_screen(request: DeskRequest, application: Application, by: Actor) -> HttpResponse:
    """The screen of a payment: what was granted, what is paid."""
    case = application.case
    is_open = any(move.verb == PAY for move in moves_for(case, by))
    if not is_open and not (is_paid_monthly(case) and by.may("services.decide")):
        raise Http404
    granted = Grant.objects.filter(case=case).first()
    if granted is None:
        raise Http404
    paid = list(granted.payments.order_by("paid_on"))
    facts = [
        (_("批准"), f"{prose_money(granted.cents)}{_('（每月）') if granted.cycle == 'monthly' else ''}")
    ]
    facts += [(_("已发放"), f"{one.paid_on} {prose_money(one.cents)} {one.reference}") for one in paid[-6:]]
    start = {"amount": yuan(granted.cents).replace(",", ""), "paid_on": request.today}
    form = acting.given_to(request, PayForm, initial=start)

    def do(given: dict[str, Any]) -> object:
        try:
            return pay(application=application, cents=cents(given["amount"]), paid_on=given["paid_on"],
                       reference=given["reference"], by=by, at=request.now)  # fmt: skip
        except Said as fault:
            raise at_field(fault) from None

    seen_by = [_("申请人会收到已发放的通知。"), _("金额和日期记入账本，不能修改。")]
    act = Act(_("登记发放"), _("登记发放"), _("发放已登记。"), seen_by, (), facts)
    return acting.perform(request, case, form, act, do, who=acting.who_of(request, case))
