"""The acts of a mediation file, each a small form over one verb of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.desk import mediation as pages
from linli.desk import mediation_steps as steps
from linli.desk.forms import mediation as asks
from linli.desk.mediation_steps import At, Doing
from linli.look.templatetags.linli import both
from linli.mediation import agreeing, confirming, ending, intake, parties, seating, sessions
from linli.staff import doing
from linli.staff.access import DeskRequest
from linli.staff.rows import DayField


def act(request: DeskRequest, number: str, word: str, about: int) -> HttpResponse:
    """Show an act's form, or carry it out and go back to the file."""
    done = doing.already(request)
    if done is not None:
        return done
    if word not in ACTS:
        raise Http404
    found = pages.mediation(request, number)
    if found.sealed_at is not None:
        raise Http404
    at, this = At(request, found, about), ACTS[word]
    form = doing.given_to(
        request,
        asks.ActForm,
        asked=this.asked(at),
        tables=this.tables(at),
        initial=steps.drafted(at) if word == "agreement" else {},
    )
    back = reverse("desk:mediation", args=[number])

    def do(given: dict[str, Any]) -> object:
        this.do(at, {**given, **{table.word: form.rows_of(table.word) for table in form.tables}})
        return back if word not in LEAVING else reverse("desk:mediations")

    screen = doing.Screen(
        this.title(), this.title(), _("已办好。"), back, facts=((_("案卷号"), number), (_("步骤"), both(found.case.at_step.title))),
        tone=this.tone, current="mediations",
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


ACTS: dict[str, Doing] = {
    "seat": Doing(
        lambda: _("确定调解员"),
        lambda at: {
            "person": asks.pick(_("调解员"), steps.mediators(at)),
            "role": asks.pick(_("分工"), [("lead", _("主调解员")), ("co", _("共同调解"))]),
            "way": asks.pick(_("怎么定的"), [("chosen", _("当事人选的")), ("assigned", _("指派"))]),
        },
        lambda at, given: seating.seat(
            mediation=at.file, person=steps.person_of(at, given["person"]), role=given["role"], way=given["way"], **at.who
        ),
    ),
    "withdrawal": Doing(
        lambda: _("调解员回避、更换"),
        lambda at: {"reason": asks.words(_("理由"), rows=2)},
        lambda at, given: seating.withdraw(mediation=at.file, person=at.seat().person, reason=given["reason"], **at.who),
        tone="danger",
    ),
    "tie": Doing(
        lambda: _("申报和当事人的关系"),
        lambda at: {"party": asks.pick(_("和谁"), at.sides()), "relation": asks.pick(_("什么关系"), steps.listed(at, "ties"))},
        steps.tie_to,
        tone="danger",
    ),
    "consent": Doing(
        lambda: _("记录是否同意调解"),
        lambda at: {"agrees": asks.pick(_("当事人的意见"), [("yes", _("同意调解")), ("no", _("不同意调解"))])},
        lambda at, given: intake.record_consent(party=at.party(), agrees=given["agrees"] == "yes", **at.who),
    ),
    "rights": Doing(
        lambda: _("告知权利义务"),
        lambda at: {"way": asks.pick(_("告知方式"), asks.TOLD_WAYS)},
        lambda at, given: parties.tell_rights(party=at.party(), way=given["way"], **at.who),
    ),
    "agent": Doing(lambda: _("登记代理人"), steps.agent_asked, steps.name_agent),
    "statement": Doing(
        lambda: _("记下只给调解员的话"),
        lambda at: {"text": asks.words(_("内容"), hint=_("只有本案调解员看得到，不会给对方看。"))},
        lambda at, given: parties.state(party=at.party(), text=given["text"], **at.who),
    ),
    "paper": Doing(lambda: _("放入材料"), steps.paper_asked, steps.file_paper),
    "acceptance": Doing(lambda: _("受理"), lambda at: {}, lambda at, given: intake.accept(mediation=at.file, **at.who)),
    "refusal": Doing(
        lambda: _("不予受理"),
        lambda at: {"reason": asks.pick(_("原因"), steps.listed(at, "refusals")), "words": asks.words(_("说明"), required=False)},
        lambda at, given: intake.refuse(mediation=at.file, reason=given["reason"], words=given["words"], **at.who),
        tone="danger",
    ),
    "session": Doing(lambda: _("约定调解时间"), steps.planning, steps.plan_session),
    "record": Doing(lambda: _("记录这次调解"), steps.holding, steps.hold_session, lambda at: (asks.GUESTS,)),
    "drop": Doing(lambda: _("取消这次调解"), lambda at: {}, lambda at, given: sessions.drop(session=at.session(), **at.who)),
    "signature": Doing(
        lambda: _("在笔录上签字"), steps.signing,
        lambda at, given: sessions.sign(session=at.session(), signer=given["signer"], way=given["way"], **at.who),
    ),
    "extension": Doing(
        lambda: _("双方同意，延长期限"),
        lambda at: {"days": forms.IntegerField(label=_("延长多少天"), min_value=1)},
        lambda at, given: ending.extend(mediation=at.file, days=given["days"], **at.who),
    ),
    "agreement": Doing(
        lambda: _("写协议书"), lambda at: asks.settlement(at.sides())[0],
        lambda at, given: agreeing.draft(mediation=at.file, terms=steps.terms(given), **at.who), steps.promises,
    ),
    "oral": Doing(
        lambda: _("登记口头协议"), steps.oral_asked,
        lambda at, given: agreeing.reach_orally(
            mediation=at.file, session=at.session(given["session"]), terms=steps.terms(given), **at.who
        ),
        steps.promises,
    ),
    "hand": Doing(
        lambda: _("在协议上签字、盖章"), steps.hands,
        lambda at, given: agreeing.sign(agreement=at.agreement, signer=given["signer"], way=given["way"], **at.who),
    ),
    "performance": Doing(lambda: _("记录履行"), steps.perform_asked, steps.perform_one),
    "revisit": Doing(
        lambda: _("记录回访"),
        lambda at: {
            "found": asks.pick(_("履行情况"), asks.FOUND_WORDS), "text": asks.words(_("回访记录"), rows=3),
            "way": asks.pick(_("方式"), [("visit", _("上门")), ("phone", _("电话"))]),
        },
        steps.revisit_one,
    ),
    "court": Doing(
        lambda: _("双方共同申请司法确认"),
        lambda at: {"court": forms.CharField(label=_("法院"), max_length=80), "on": DayField(label=_("申请日期"), initial=at.request.today)},
        lambda at, given: confirming.ask_court(agreement=at.agreement, court=given["court"], on=given["on"], **at.who),
    ),
    "no-court": Doing(
        lambda: _("不申请司法确认"),
        lambda at: {"reason": asks.pick(_("原因"), [("", _("双方不申请")), *steps.listed(at, "unconfirmable")], required=False)},
        lambda at, given: confirming.waive_court(agreement=at.agreement, reason=given["reason"], **at.who),
    ),
    "court-result": Doing(
        lambda: _("记录法院结果"),
        lambda at: {
            "state": asks.pick(_("结果"), asks.COURT_ENDS), "on": DayField(label=_("日期"), initial=timezone.localdate(at.request.now)),
            "number": forms.CharField(label=_("文书号"), max_length=60, required=False),
        },
        lambda at, given: confirming.record_court(
            agreement=at.agreement, state=given["state"], on=given["on"], number=given["number"], **at.who
        ),
    ),
    "failure": Doing(
        lambda: _("终止调解"), steps.reason, lambda at, given: ending.fail(mediation=at.file, reason=given["reason"], **at.who),
        tone="danger",
    ),
    "stop": Doing(
        lambda: _("按当事人要求终止"), steps.reason,
        lambda at, given: ending.stop(mediation=at.file, reason=given["reason"], **at.who), tone="danger",
    ),
    "closing": Doing(
        lambda: _("结案归档"),
        lambda at: {"reason": asks.words(_("没有履行完的，写明理由和告知的途径"), required=False, rows=3)},
        lambda at, given: ending.close(mediation=at.file, reason=given["reason"], **at.who),
    ),
}  # fmt: skip
LEAVING = {"refusal", "failure", "stop", "closing"}
