"""Owners and property at the staff door: the registers on one page; committees, contracts and inspections on their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.disclosure.models import Publication
from linli.ground.money import yuan
from linli.people.actors import Actor
from linli.property.declared import checklist_of
from linli.property.models import Contract, Filing, Inspection, Mark, OwnersCommittee
from linli.property.models.supervision import SOURCE
from linli.property.scoring import hundredths
from linli.property.scoring_sheets import scoring_of
from linli.registry.sections import Button, Cell, Section, Sheet, draw, row
from linli.staff import access
from linli.staff.access import DeskRequest
from linli.staff.saying import lang

MOST = 40
READ = ("property.read", "property.own")
DUTIES = {
    "director": gettext_lazy("主任"), "deputy": gettext_lazy("副主任"), "member": gettext_lazy("委员"),
    "alternate": gettext_lazy("候补委员"),
}  # fmt: skip
EVENTS = {
    "renewed": gettext_lazy("续签"), "owners_end": gettext_lazy("业主方通知解聘"),
    "company_refuses": gettext_lazy("物业通知不续聘"), "ended": gettext_lazy("终止"), "handed_over": gettext_lazy("已移交"),
}  # fmt: skip
RESULTS = {
    "met": (gettext_lazy("合格"), "ok"), "fault": (gettext_lazy("不合格"), "late"), "not_looked": (gettext_lazy("未查"), "plain"),
}  # fmt: skip
FUNDS = {
    "established": gettext_lazy("已建立"), "none": gettext_lazy("没有建立"), "unknown": gettext_lazy("不清楚"),
}  # fmt: skip
STATES = {"whole": gettext_lazy("完好"), "worn": gettext_lazy("破损"), "missing": gettext_lazy("缺失")}


def show(request: DeskRequest) -> HttpResponse:
    """Committees, contracts, inspections and marks of one's place; a body sees its own."""
    by = access.require(request, *READ)
    sheet = Sheet(
        _("物业与业委会"),
        lead=_("业委会备案、物业合同、检查整改和评价。"),
        buttons=_buttons(by),
        sections=[
            committees(by, request.today), contracts(by, request.today), inspections(by), marks(by),
        ],
    )  # fmt: skip
    return draw(request, sheet, "property")


def _buttons(by: Actor) -> list[Button]:
    offered = [
        ("property.inspect", _("开始检查"), "property-inspect", "go"),
        ("property.keep", _("登记换届"), "property-elect", "plain"),
        ("property.keep", _("登记合同"), "property-contract-new", "plain"),
        ("property.rate", _("评价"), "property-score", "plain"),
    ]
    community = by.role.level == "community"
    return [
        Button(label, reverse(f"registry:{name}"), tone)
        for right, label, name, tone in offered
        if by.may(right) and community
    ]


def committees(by: Actor, on: dt.date) -> Section:
    """Owners' committees with their filing: filed, being checked, days left, overdue. Two statements."""
    rows = OwnersCommittee.objects.visible_to(by).select_related("assembly__estate", "organisation")
    found = list(rows.order_by("-elected_on", "-id")[:MOST])
    filings: dict[int, Filing] = {}
    for one in Filing.objects.filter(committee__in=found, what="election").order_by("filed_on"):
        filings[one.committee_id] = one
    lines = [
        row(
            Cell(one.assembly.estate.name, reverse("registry:property-committee", args=[one.key])),
            one.organisation.name,
            _("第 %(term)d 届") % {"term": one.term},
            one.term_to,
            filing_cell(one, filings.get(one.pk), on),
        )
        for one in found
    ]
    columns = [_("小区"), _("业委会"), _("届次"), _("任期到"), _("备案")]
    return Section(_("业主委员会"), columns=columns, rows=lines, empty=_("还没有登记业主委员会。"))


def filing_cell(one: OwnersCommittee, filing: Filing | None, on: dt.date) -> Cell:
    """How the filing of an election stands."""
    if filing is None:
        if one.filing_due_on < on:
            return Cell(_("逾期未备案"), tone="late")
        return Cell(due=one.filing_due_on)
    if filing.case.outcome == "filed":
        return Cell(_("已备案") if filing.filed_on <= filing.due_on else _("已备案（迟报）"), tone="ok")
    return Cell(_("不予备案") if filing.case.closed_on else _("街道核对中"), tone="warn")


def contracts(by: Actor, on: dt.date) -> Section:
    """Contracts with the day by which refusing renewal must be told. Two statements."""
    rows = Contract.objects.visible_to(by).select_related("company", "estate").prefetch_related("events")
    lines = [
        row(
            Cell(one.subject, reverse("registry:property-contract", args=[one.number])),
            one.company.name,
            f"{one.from_on:%Y-%m-%d} – {one.to_on:%Y-%m-%d}",
            contract_cell(one, on),
        )
        for one in rows.order_by("-from_on", "-id")[:MOST]
    ]
    columns = [_("合同"), _("服务单位"), _("期限"), _("状态")]
    return Section(_("合同"), columns=columns, rows=lines, empty=_("还没有登记合同。"))


def contract_cell(one: Contract, on: dt.date) -> Cell:
    """How a contract stands: ended, notice given, near the day of notice, running."""
    kinds = {event.kind for event in one.events.all()}
    if "ended" in kinds or one.to_on < on:
        return Cell(_("已移交") if "handed_over" in kinds else _("已终止"), tone="plain")
    if kinds & {"owners_end", "company_refuses"}:
        return Cell(_("已通知终止"), tone="warn")
    if "renewed" in kinds:
        return Cell(_("已续签"), tone="ok")
    if one.notice_by - dt.timedelta(days=30) <= on:
        return Cell(due=one.notice_by) if one.notice_by >= on else Cell(_("快到期"), tone="warn")
    return Cell(_("履行中"), tone="ok")


def own_inspections(by: Actor) -> Any:
    """Inspections the actor may see; a body only its own, whoever else holds the same post in the place."""
    rows = Inspection.objects.visible_to(by)
    return rows if by.may("property.read") else rows.filter(body=by.organisation_id)


def inspections(by: Actor) -> Section:
    """Inspections with where they stand."""
    lines = []
    for one in own_inspections(by).select_related("case__procedure").order_by("-case__opened_at")[:MOST]:
        case = one.case
        due = (
            Cell(due=case.next_due_on)
            if case.closed_on is None and case.next_due_on.year < 9999
            else Cell("—")
        )
        step = case.at_step
        tone = "ok" if step.final else "warn"
        lines.append(
            row(
                Cell(one.body.name, reverse("registry:property-inspection", args=[case.number])),
                one.on,
                Cell(str(step.title.text(lang())), tone=tone),
                due,
            )
        )
    columns = [_("被检查单位"), _("检查日期"), _("办到哪一步"), _("期限")]
    return Section(_("检查和整改"), columns=columns, rows=lines, empty=_("还没有检查。"))


def marks(by: Actor) -> Section:
    """Marks with their publication. Two statements."""
    found = list(
        Mark.objects.visible_to(by)
        .select_related("body", "scoring")
        .filter(region_id__gte=by.span[0], region_id__lte=by.span[1])
        .order_by("-on", "-id")[:MOST]
    )
    shown = published([one.key for one in found])
    lines = [
        row(
            Cell(one.body.name, reverse("registry:property-mark", args=[one.key])),
            f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}",
            f"{hundredths(one.marks)} / {hundredths(one.reachable)}",
            grade_cell(one),
            Cell(_("已公布"), tone="ok") if one.key in shown else Cell(_("未公布"), tone="plain"),
        )
        for one in found
    ]
    columns = [_("单位"), _("时段"), _("得分"), _("等级"), _("公布")]
    return Section(_("评价"), columns=columns, rows=lines, empty=_("还没有评价。"))


def grade_cell(one: Mark) -> Cell:
    """The grade by its sheet, or that too little is on record."""
    if not one.grade:
        return Cell(_("记录太少，不评等级"), tone="warn")
    return Cell(str(scoring_of(one.scoring).grade(one.grade).text(lang())))


def published(keys: list[str]) -> dict[str, str]:
    """Publications of marks: key to number."""
    rows = Publication.objects.filter(source__in=[f"{SOURCE}:{key}" for key in keys])
    return {word.partition(":")[2]: number for word, number in rows.values_list("source", "number")}


def committee(request: DeskRequest, key: str) -> HttpResponse:
    """One owners' committee: term, members, filings."""
    by = access.require(request, *READ)
    one = committee_of(by, key)
    filings = list(one.filings.select_related("case__procedure").order_by("filed_on"))
    elected = next((filing for filing in reversed(filings) if filing.what == "election"), None)
    buttons = []
    if elected is None or by.may("property.keep") or by.may("property.own"):
        buttons.append(
            Button(
                _("报送备案"),
                reverse("registry:property-file", args=[key]),
                "go" if elected is None else "plain",
            )
        )
    if by.may("property.keep"):
        buttons.append(Button(_("变更委员"), reverse("registry:property-members", args=[key])))
    members = [
        row(seat.person.name, str(DUTIES[seat.duty]), seat.from_on, seat.to_on or _("在任"),
            Cell(_("有工作台岗位"), tone="ok") if seat.appointment_id else "")
        for seat in one.members.select_related("person").order_by("to_on", "id")
    ]  # fmt: skip
    lines = [
        row(_("换届") if filing.what == "election" else _("变更"), filing.event_on, filing.filed_on, filing.due_on,
            Cell(filing.case.number, reverse("desk:case", args=[filing.case.number])),
            str(filing.case.at_step.title.text(lang())))
        for filing in filings
    ]  # fmt: skip
    state = filing_cell(one, elected, request.today)
    notes = [("warn", _("选举后三十日内应当备案，已经逾期。"))] if state.tone == "late" else []
    sheet = Sheet(
        one.organisation.name, crumbs=_up(one.organisation.name), buttons=buttons, notes=notes,
        sections=[
            Section(_("委员"), columns=[_("姓名"), _("职务"), _("到任"), _("离任"), _("岗位")], rows=members),
            Section(_("备案"), columns=[_("事由"), _("发生日期"), _("报送日期"), _("期限"), _("办件"), _("办到哪一步")], rows=lines,
                    empty=_("还没有报送备案。")),
        ],
        aside=[Section(_("基本情况"), facts=_committee_facts(one))],
    )  # fmt: skip
    return draw(request, sheet, "property")


def _committee_facts(one: OwnersCommittee) -> list[tuple[str, str]]:
    estate, assembly = one.assembly.estate, one.assembly
    return [
        (_("小区"), estate.name), (_("届次"), str(one.term)), (_("选举日期"), f"{one.elected_on:%Y-%m-%d}"),
        (_("任期"), f"{one.term_from:%Y-%m-%d} – {one.term_to:%Y-%m-%d}"),
        (_("备案期限"), f"{one.filing_due_on:%Y-%m-%d}"), (_("依据"), one.filing_rule),
        (_("业主人数"), str(assembly.owners_count or "—")), (_("维修资金"), str(FUNDS[assembly.fund])),
    ]  # fmt: skip


def committee_of(by: Actor, key: str) -> OwnersCommittee:
    """One committee the actor may see."""
    rows = OwnersCommittee.objects.visible_to(by).select_related(
        "assembly__estate__community", "organisation"
    )
    return get_object_or_404(rows, key=key)


def contract_of(by: Actor, number: str) -> Contract:
    """One contract the actor may see."""
    return get_object_or_404(
        Contract.objects.visible_to(by).select_related("company", "client", "estate", "region"), number=number
    )


def contract(request: DeskRequest, number: str) -> HttpResponse:
    """One contract: its public part, what befell it, what was handed over."""
    by = access.require(request, *READ)
    one = contract_of(by, number)
    events = list(one.events.order_by("id"))
    kinds = {event.kind for event in events}
    buttons = []
    if "ended" not in kinds and (by.may("property.keep") or by.may("property.own")):
        buttons.append(Button(_("通知终止或终止"), reverse("registry:property-contract-end", args=[number])))
    if by.may("property.keep") and kinds - {"renewed"} and "handed_over" not in kinds:
        buttons.append(Button(_("写移交清单"), reverse("registry:property-handover", args=[number]), "go"))
    lines = [
        row(str(EVENTS[event.kind]), event.on, event.effect_on,
            Cell(_("符合提前天数"), tone="ok") if event.is_timely else Cell(_("提前天数不够"), tone="late"), event.reason)
        for event in events
    ]  # fmt: skip
    handed = [
        row(item.what, item.count, str(STATES[item.state]), item.note, item.taken_by, item.on)
        for item in one.handover.order_by("id")
    ]
    unit = _("元/平方米·月") if one.kind == "property" else _("元（全期）")
    facts = [
        (_("编号"), one.number), (_("服务单位"), one.company.name), (_("委托方"), one.client.name if one.client else ""),
        (_("小区"), one.estate.name if one.estate else ""),
        (_("面积"), f"{one.area_centiares / 100:,.2f} ㎡" if one.area_centiares else ""),
        (_("费用"), f"{yuan(one.fee_cents)} {unit}"), (_("期限"), f"{one.from_on:%Y-%m-%d} – {one.to_on:%Y-%m-%d}"),
        (_("不续聘通知期限"), f"{one.notice_by:%Y-%m-%d}"), (_("依据"), one.notice_rule),
    ]  # fmt: skip
    sheet = Sheet(
        one.subject, crumbs=_up(one.subject), buttons=buttons,
        sections=[
            Section(_("服务事项和质量（公开）"), text=one.terms or _("没有填写。")),
            Section(_("其他条款"), text=one.private_terms or _("没有填写。")),
            Section(_("经过"), columns=[_("事由"), _("日期"), _("生效"), _("提前天数"), _("理由")], rows=lines, empty=_("没有变动。")),
            Section(_("移交清单"), columns=[_("名称"), _("数量"), _("状态"), _("说明"), _("接收单位"), _("日期")], rows=handed,
                    empty=_("没有移交。")),
        ],
        aside=[Section(_("合同"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "property")


def _up(title: str) -> list[tuple[str, str]]:
    return [(_("物业与业委会"), reverse("registry:property")), (title, "")]


def mark(request: DeskRequest, key: str) -> HttpResponse:
    """One mark: every indicator with what it was counted from; publishing it."""
    by = access.require(request, *READ)
    one = get_object_or_404(Mark.objects.visible_to(by).select_related("body", "scoring", "region"), key=key)
    declared = scoring_of(one.scoring)
    titles = {item.code: item for item in declared.indicators}
    lines = [
        row(str(titles[line["code"]].title.text(lang())), str(titles[line["code"]].definition.text(lang())),
            f"{line['part']} / {line['whole']}", line["points"],
            Cell(_("没有记录，不计分"), tone="warn") if line["marks"] is None else hundredths(line["marks"]))
        for line in one.lines
    ]  # fmt: skip
    number = published([key]).get(key, "")
    buttons = []
    if number:
        buttons.append(Button(_("看公布的"), reverse("registry:publication", args=[number])))
    elif one.grade and by.may("property.rate"):
        buttons.append(Button(_("公布评价结果"), reverse("registry:property-publish", args=[key]), "go"))
    facts = [
        (_("单位"), one.body.name), (_("时段"), f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}"),
        (_("得分"), f"{hundredths(one.marks)} / {hundredths(one.reachable)}"), (_("满分"), hundredths(one.points)),
        (_("等级"), grade_cell(one).text), (_("评分表"), str(declared.title.text(lang()))), (_("来源"), declared.source),
    ]  # fmt: skip
    columns = [_("指标"), _("怎么算"), _("记录"), _("分值"), _("得分")]
    sheet = Sheet(
        _("%(body)s评价") % {"body": one.body.name}, crumbs=_up(one.body.name), buttons=buttons,
        lead=_("得分全部由记录计算；没有记录的指标不计分，也不当作零分。"),
        sections=[Section(_("各项得分"), columns=columns, rows=lines)], aside=[Section(_("评价"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "property")


def checklist_titles(one: Inspection) -> dict[str, str]:
    """Titles of the lines of an inspection's checklist, by code."""
    return {item.code: str(item.title.text(lang())) for item in checklist_of(one.checklist).items}
