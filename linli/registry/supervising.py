"""Inspections at the staff door: beginning, findings, the notice, the answer, the re-check; marks and their publication."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.moving import moves_for
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Estate
from linli.property import inspecting, rechecking, scoring
from linli.property.declared import checklist_of
from linli.property.models import Finding, Inspection, Mark, Recheck
from linli.registry import owning
from linli.registry import property as registers
from linli.registry.forms import property as forms
from linli.registry.sections import Button, Cell, Section, Sheet, draw, row
from linli.reports import rectification
from linli.staff import access, doing
from linli.staff.access import DeskRequest
from linli.staff.doing import Given, Screen
from linli.staff.rows import GroupedForm
from linli.staff.saying import lang

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ISSUERS = ("residents_committee", "villagers_committee")
KINDS = ("property_company", "owners_committee", "professional_body")


def inspection_of(by: Actor, number: str) -> Inspection:
    """One inspection the actor may see."""
    found: Inspection = get_object_or_404(
        registers.own_inspections(by).select_related("case__procedure", "case__region"), case__number=number
    )
    return found


def inspection(request: DeskRequest, number: str) -> HttpResponse:
    """One inspection: what was seen, the notices, the re-checks, and what may be done now."""
    by = access.require(request, *registers.READ)
    one = inspection_of(by, number)
    case = one.case
    titles = registers.checklist_titles(one)
    findings = list(one.findings.order_by("id"))
    notices = list(one.rectifications.select_related("recheck").order_by("round"))
    checks = [notice.recheck for notice in notices if hasattr(notice, "recheck")]
    facts = [
        (_("编号"), number), (_("被检查单位"), one.body.name), (_("小区"), one.estate.name if one.estate else ""),
        (_("检查日期"), f"{one.on:%Y-%m-%d}"), (_("检查表"), str(checklist_of(one.checklist).title.text(lang()))),
        (_("办到哪一步"), str(case.at_step.title.text(lang()))),
        (_("期限"), f"{case.next_due_on:%Y-%m-%d}" if case.closed_on is None and case.next_due_on.year < 9999 else ""),
    ]  # fmt: skip
    sections = [_found(findings, titles)]
    sections += [
        Section(
            _("整改通知书 %(number)s") % {"number": notice.number}, text=notice.demand,
            facts=[
                (_("要整改的项"), "；".join(titles.get(code, code) for code in notice.items)),
                (_("发出"), f"{notice.issued_on:%Y-%m-%d}"), (_("整改期限"), f"{notice.due_on:%Y-%m-%d}"), (_("依据"), notice.rule),
            ],
            buttons=[Button(_("下载通知书（Word）"), reverse("registry:property-notice", args=[number, notice.round]))],
        )
        for notice in notices
    ]  # fmt: skip
    sections.append(_checked(checks, titles))
    case_button = Button(_("看办理经过"), reverse("desk:case", args=[number]))
    sheet = Sheet(
        case.title, crumbs=[(_("物业与业委会"), reverse("registry:property")), (number, "")],
        buttons=[*_acts(one, by, bool(findings)), case_button], sections=sections,
        aside=[Section(_("检查"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "property")


def _found(findings: list[Finding], titles: dict[str, str]) -> Section:
    lines = [
        row(
            titles.get(one.item, one.item),
            Cell(str(registers.RESULTS[one.result][0]), tone=registers.RESULTS[one.result][1]),
            one.note,
        )
        for one in findings
    ]
    return Section(
        _("检查记录"), columns=[_("检查项"), _("结果"), _("看到的问题")], rows=lines, empty=_("还没有填写。")
    )


def _checked(checks: list[Recheck], titles: dict[str, str]) -> Section:
    lines = [
        row(one.on, Cell(_("通过"), tone="ok") if one.passed else Cell(_("没有通过"), tone="late"), one.note,
            "；".join(titles.get(code, code) for code in one.open_items),
            Cell(_("按期"), tone="ok") if one.in_time else Cell(_("逾期"), tone="late"))
        for one in checks
    ]  # fmt: skip
    columns = [_("复查日期"), _("结果"), _("情况"), _("仍不合格"), _("整改是否按期")]
    return Section(_("复查"), columns=columns, rows=lines, empty=_("还没有复查。"))


def _acts(one: Inspection, by: Actor, is_found: bool) -> list[Button]:
    """The findings first; then the case's open moves, those that fit what was found."""
    case = one.case
    if case.step == "checking" and not is_found:
        if not by.may("property.inspect"):
            return []
        return [Button(_("填写检查记录"), reverse("registry:property-find", args=[case.number]), "go")]
    faults = inspecting.faults_of(one) if case.step == "checking" else []
    offered = []
    for move in moves_for(case, by):
        if not _fits(one, move.code, faults):
            continue
        name = "registry:property-act" if move.verb else "desk:move"
        tone = "quiet" if move.tone == "back" else move.tone
        offered.append(
            Button(str(move.title.text(lang())), reverse(name, args=[case.number, move.code]), tone)
        )
    return offered


def _fits(one: Inspection, code: str, faults: list[str]) -> bool:
    word = inspecting.ANSWERS[one.body.kind][1]
    if code == "clean":
        return not faults
    if code.startswith("issue_"):
        return bool(faults) and code == f"issue_{word}"
    return not code.startswith("again_")  # not passing is said on the re-check's own form


def begin(request: DeskRequest) -> HttpResponse:
    """Begin an inspection of a body of the community, by the checklist of its kind."""
    by = access.require(request, "property.inspect")
    region = access.home_community(request)
    bodies = {
        one.key: one for one in access.organisations(request).filter(kind__in=KINDS).order_by("kind", "name")
    }
    estates = {one.code: one for one in Estate.objects.filter(community=region).order_by("code")}
    form = doing.given_to(
        request, forms.InspectForm, bodies=[(key, one.name) for key, one in bodies.items()],
        estates=[(code, one.name) for code, one in estates.items()],
    )  # fmt: skip

    def do(given: Given) -> str:
        body = bodies[given["body"]]
        made = inspecting.begin_inspection(
            checklist=body.kind,
            body=body,
            region=region,
            estate=estates.get(given["estate"]),
            by=by,
            at=request.now,
        )
        return reverse("registry:property-find", args=[made.case.number])

    hints = [("info", _("属于被检查单位的人不能检查、复查或评价本单位。"))]
    screen = _screen(
        _("开始检查"), _("开始"), _("检查已开始，请填写记录。"), reverse("registry:property"), hints=hints
    )
    return doing.perform(request, form, screen, do)


def _screen(title: str, label: str, done: str, back: str, **more: Any) -> Screen:
    crumbs = [(_("物业与业委会"), reverse("registry:property")), (title, "")]
    return Screen(title, label, done, back, current="property", crumbs=crumbs, **more)


def find(request: DeskRequest, number: str) -> HttpResponse:
    """Fill in the checklist, once."""
    by = access.require(request, "property.inspect")
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = inspection_of(by, number)
    if one.case.step != "checking" or one.findings.exists():
        raise Http404
    items = checklist_of(one.checklist).items
    form = doing.given_to(request, forms.FindForm, items=items)

    def do(given: Given) -> object:
        seen = [
            inspecting.Seen(item.code, given[f"result_{item.code}"], given[f"note_{item.code}"])
            for item in items
        ]
        return inspecting.find(inspection=one, seen=seen, by=by, at=request.now)

    back = reverse("registry:property-inspection", args=[number])
    hints = [("info", _("不合格的要写明问题；没有看的选“未查”。保存后不能修改。"))]
    screen = _screen(
        _("检查记录"),
        _("保存记录"),
        _("检查记录已保存。"),
        back,
        facts=[(_("被检查单位"), one.body.name)],
        hints=hints,
    )
    return doing.perform(request, form, screen, do)


def act(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """The screen of a move of an inspection or a filing that has a verb of its own."""
    answer = doing.already(request)
    if answer is not None:
        return answer
    found = access.case(request, number)
    by = access.actor(request)
    if code not in {move.code for move in moves_for(found, by)}:
        raise Http404
    if found.kind == "property.filing":
        return owning.accept(request, found)
    one = inspection_of(by, number)
    if code == "clean":
        return _clean(request, one, by)
    if code == "answer":
        return _answer(request, one, by)
    return _issue(request, one, by) if code.startswith("issue_") else _recheck(request, one, by)


def _back(one: Inspection) -> str:
    return reverse("registry:property-inspection", args=[one.case.number])


def _clean(request: DeskRequest, one: Inspection, by: Actor) -> HttpResponse:
    form = doing.given_to(request, forms.OpinionForm)
    screen = _screen(_("检查合格，办结"), _("办结"), _("检查合格，已办结。"), _back(one))
    return doing.perform(
        request, form, screen,
        lambda given: inspecting.conclude(inspection=one, opinion=given["opinion"], by=by, at=request.now),
    )  # fmt: skip


def _issue(request: DeskRequest, one: Inspection, by: Actor) -> HttpResponse:
    titles = registers.checklist_titles(one)
    faults = [titles[code] for code in inspecting.faults_of(one)]
    form = doing.given_to(request, forms.DemandForm)
    hints = [("info", _("整改期限按规则自动计算，从今天起算；被检查单位会收到消息。"))]
    screen = _screen(
        _("发整改通知书"), _("发出通知书"), _("整改通知书已发出。"), _back(one),
        facts=[(_("被检查单位"), one.body.name), (_("不合格项"), "；".join(faults))], hints=hints,
    )  # fmt: skip
    return doing.perform(
        request, form, screen,
        lambda given: inspecting.issue(inspection=one, demand=given["demand"], by=by, at=request.now),
    )  # fmt: skip


def _answer(request: DeskRequest, one: Inspection, by: Actor) -> HttpResponse:
    notice = rechecking.last_notice(one)
    titles = registers.checklist_titles(one)
    form = doing.given_to(request, forms.AnswerForm)
    facts = [
        (_("整改通知书"), notice.number), (_("整改要求"), notice.demand), (_("整改期限"), notice.due_on),
        (_("要整改的项"), "；".join(titles.get(code, code) for code in notice.items)),
    ]  # fmt: skip
    screen = _screen(_("答复整改情况"), _("答复"), _("已答复，等复查。"), _back(one), facts=facts)
    return doing.perform(
        request, form, screen,
        lambda given: rechecking.answer(inspection=one, text=given["text"], by=by, at=request.now),
    )  # fmt: skip


def _recheck(request: DeskRequest, one: Inspection, by: Actor) -> HttpResponse:
    notice = rechecking.last_notice(one)
    titles = registers.checklist_titles(one)
    form = doing.given_to(
        request, forms.RecheckForm, items=[(code, titles.get(code, code)) for code in notice.items]
    )

    def do(given: Given) -> object:
        looked = rechecking.Looked(given["note"], given["open_items"], given["demand"])
        return rechecking.recheck(inspection=one, looked=looked, by=by, at=request.now)

    facts = [
        (_("被检查单位"), one.body.name),
        (_("整改通知书"), notice.number),
        (_("整改要求"), notice.demand),
    ]
    screen = _screen(_("复查"), _("记录复查结果"), _("复查结果已记录。"), _back(one), facts=facts)
    return doing.perform(request, form, screen, do)


def score(request: DeskRequest) -> HttpResponse:
    """Count a body's mark for a span."""
    by = access.require(request, "property.rate")
    region = access.home_community(request)
    kinds = ("property_company", "owners_committee")
    rows: list[Organisation] = list(
        access.organisations(request).filter(kind__in=kinds).order_by("kind", "name")
    )
    bodies = {one.key: one for one in rows}
    form = doing.given_to(request, forms.ScoreForm, bodies=[(key, one.name) for key, one in bodies.items()])

    def do(given: Given) -> str:
        body = bodies[given["body"]]
        made = scoring.score(
            scoring=body.kind,
            body=body,
            region=region,
            span=(given["first"], given["last"]),
            by=by,
            at=request.now,
        )
        return reverse("registry:property-mark", args=[made.key])

    hints = [("info", _("得分由记录计算，不能手填；保存后不能修改。"))]
    screen = _screen(_("评价"), _("计算得分"), _("得分已算出。"), reverse("registry:property"), hints=hints)
    return doing.perform(request, form, screen, do)


def publish(request: DeskRequest, key: str) -> HttpResponse:
    """Publish a mark; objections then come to the publication."""
    by = access.require(request, "property.rate")
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = get_object_or_404(Mark.objects.visible_to(by).select_related("body", "region", "scoring"), key=key)
    if registers.published([key]) or not one.grade:
        raise Http404
    form = doing.given_to(request, GroupedForm)
    facts = [
        (_("单位"), one.body.name), (_("时段"), f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}"),
        (_("得分"), f"{scoring.hundredths(one.marks)} / {scoring.hundredths(one.reachable)}"),
    ]  # fmt: skip
    audience = [_("所有人都看得到，包括各项得分；任何人可以提异议。")]
    screen = _screen(
        _("公布评价结果"), _("公布"), _("评价结果已公布。"), reverse("registry:property-mark", args=[key]), facts=facts,
        audience=audience,
    )  # fmt: skip
    return doing.perform(
        request, form, screen, lambda _given: scoring.publish_mark(mark=one, by=by, at=request.now)
    )


def notice(request: DeskRequest, number: str, order: int) -> HttpResponse:
    """A rectification notice as a Word file, made from its rows."""
    by = access.require(request, *registers.READ)
    one = inspection_of(by, number)
    row_ = get_object_or_404(one.rectifications, round=order)
    titles = registers.checklist_titles(one)
    seen = dict(one.findings.filter(item__in=row_.items).values_list("item", "note"))
    issuer = Organisation.objects.filter(region=one.case.region, kind__in=ISSUERS).order_by("id").first()
    paper = rectification.NoticePaper(
        number=row_.number, body=one.body.name, inspected_on=one.on, demand=row_.demand, due_on=row_.due_on,
        faults=[(titles.get(code, code), seen.get(code, "")) for code in row_.items], issued_on=row_.issued_on,
        issuer=issuer.name if issuer else one.case.region.name,
    )  # fmt: skip
    answer = HttpResponse(rectification.word(paper), content_type=WORD)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row_.number}.docx"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
