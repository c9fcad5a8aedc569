"""Pairings, the regional platform and departments' work points at the staff door."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.money import yuan
from linli.linkage import pairing as pairings
from linli.linkage import points
from linli.linkage.models import HandedItem, MergePlan, Pairing, PlatformMember, WorkPoint
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Station
from linli.registry.forms import meetings as forms
from linli.registry.sections import Button, Cell, Section, Sheet, draw, row
from linli.staff import access, doing
from linli.staff.access import DeskRequest
from linli.staff.doing import Given, Screen

MOST = 40
KINDS = {
    "organ": gettext_lazy("机关"), "school": gettext_lazy("学校"), "company": gettext_lazy("企业"),
    "social": gettext_lazy("社会组织"), "other": gettext_lazy("其他"),
}  # fmt: skip


def show(request: DeskRequest) -> HttpResponse:
    """Pairings, platform members, work points and merge plans of one's place."""
    by = access.require(request, "linkage.read")
    first, last = by.span
    here = {"region_id__gte": first, "region_id__lte": last}
    due = set(Pairing.objects.visible_to(by).review_due(on=request.today).values_list("key", flat=True))
    found = Pairing.objects.visible_to(by).order_by("-from_on", "-id")[:MOST]
    lines = [
        row(Cell(one.partner, reverse("registry:pairing", args=[one.key])), f"{one.from_on:%Y-%m-%d} – {one.to_on:%Y-%m-%d}",
            one.planned, _pairing_state(one, request.today, is_due=one.key in due))
        for one in found
    ]  # fmt: skip
    members = [
        row(one.name, str(KINDS.get(one.kind, one.kind)), one.offers, one.from_on)
        for one in PlatformMember.objects.filter(to_on=None, **here).order_by("id")[:MOST]
    ]
    plans = [
        row(Cell(one.station.name), one.words, Cell(_("已完成"), tone="ok") if one.done_on else Cell(due=one.due_on),
            one.outcome or (Cell(_("登记结果"), reverse("registry:merge-done", args=[one.key])) if by.may("linkage.keep") else ""))
        for one in MergePlan.objects.filter(**here).select_related("station").order_by("-id")[:MOST]
    ]  # fmt: skip
    sheet = Sheet(
        _("结对共建与工作点"), buttons=_buttons(by),
        sections=[
            Section(_("结对共建"), columns=[_("结对单位"), _("期限"), _("年计划（次）"), _("状态")], rows=lines, empty=_("还没有结对。")),
            Section(_("党建区域化平台成员"), columns=[_("单位"), _("类型"), _("能提供什么"), _("加入日期")], rows=members,
                    empty=_("还没有成员单位。")),
            _points(here),
            Section(_("整合计划"), columns=[_("并入"), _("计划"), _("期限"), _("结果")], rows=plans, empty=_("还没有计划。")),
        ],
    )  # fmt: skip
    return draw(request, sheet, "linkage")


def _buttons(by: Actor) -> list[Button]:
    if not by.may("linkage.keep") or by.role.level != "community":
        return []
    offered = [
        (_("登记结对"), "pairing-new"), (_("登记平台成员"), "platform-new"), (_("登记工作点"), "point-new"),
        (_("写整合计划"), "merge-new"),
    ]  # fmt: skip
    return [Button(label, reverse(f"registry:{name}")) for label, name in offered]


def _pairing_state(one: Pairing, on: Any, *, is_due: bool) -> Cell:
    if one.ended_on or one.to_on < on:
        return Cell(_("已结束"), tone="plain")
    return Cell(_("该小结了"), tone="warn") if is_due else Cell(_("进行中"), tone="ok")


def _points(here: dict[str, str]) -> Section:
    rows = WorkPoint.objects.filter(**here).select_related("merged_into").order_by("ended_on", "id")[:MOST]
    lines = [
        row(Cell(one.name, reverse("registry:point", args=[one.key])), one.department, one.staff, one.devices, "；".join(one.items),
            Cell(_("已并入%(name)s") % {"name": one.merged_into.name}, tone="ok") if one.merged_into else Cell(_("在用"), tone="warn"))
        for one in rows
    ]  # fmt: skip
    columns = [_("工作点"), _("部门"), _("人员"), _("设备"), _("办哪些事"), _("状态")]
    return Section(_("部门工作点"), columns=columns, rows=lines, empty=_("还没有登记工作点。"))


def pairing_of(by: Actor, key: str) -> Pairing:
    """One pairing the actor may see."""
    return get_object_or_404(Pairing.objects.visible_to(by).select_related("region", "organisation"), key=key)


def pairing(request: DeskRequest, key: str) -> HttpResponse:
    """One pairing: the plan, what was done, the yearly looks."""
    by = access.require(request, "linkage.read")
    one = pairing_of(by, key)
    lines = [
        row(item.title, str(forms.ACTIVITIES[item.kind]), item.on, item.people, item.result)
        for item in one.activities.order_by("-on", "-id")
    ]
    looks = [
        row(item.on, f"{item.held} / {item.planned}", item.people, item.words, item.next_plan)
        for item in one.reviews.order_by("-on")
    ]
    buttons = []
    if by.may("linkage.keep") and one.ended_on is None:
        buttons = [
            Button(_("记录活动"), reverse("registry:pairing-activity", args=[key]), "go"),
            Button(_("年度小结"), reverse("registry:pairing-review", args=[key])),
        ]
    facts = [
        (_("结对单位"), one.partner), (_("社区一方"), one.organisation.name), (_("期限"), f"{one.from_on:%Y-%m-%d} – {one.to_on:%Y-%m-%d}"),
        (_("年计划"), _("%(count)d 次") % {"count": one.planned}), (_("结束"), f"{one.ended_on:%Y-%m-%d} {one.end_reason}" if one.ended_on else ""),
    ]  # fmt: skip
    sheet = Sheet(
        _("与%(partner)s结对") % {"partner": one.partner}, crumbs=[(_("结对共建与工作点"), reverse("registry:linkage")), (one.partner, "")],
        buttons=buttons,
        sections=[
            Section(_("共建计划"), text=one.plan),
            Section(_("活动"), columns=[_("活动"), _("类型"), _("日期"), _("人数"), _("结果")], rows=lines, empty=_("还没有活动。")),
            Section(_("年度小结"), columns=[_("日期"), _("完成/计划"), _("人数"), _("小结"), _("下一年打算")], rows=looks, empty=_("还没有小结。")),
        ],
        aside=[Section(_("结对"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "linkage")


def point_of(by: Actor, key: str) -> WorkPoint:
    """One work point of the actor's place."""
    first, last = by.span
    return get_object_or_404(WorkPoint, key=key, region_id__gte=first, region_id__lte=last)


def point(request: DeskRequest, key: str) -> HttpResponse:
    """One work point with the items it handed over, their basis and money."""
    by = access.require(request, "linkage.read")
    one = point_of(by, key)
    handed = list(one.handed.order_by("id"))
    back = {item.follows_id for item in handed if item.follows_id}
    lines = [
        row(item.title, item.basis, yuan(item.yearly_cents), item.from_on,
            Cell(_("已交回部门"), tone="plain") if item.state == "given_back" or item.pk in back else Cell(_("服务站承接"), tone="ok"))
        for item in handed
    ]  # fmt: skip
    total = sum(item.yearly_cents for item in handed if item.state == "taken" and item.pk not in back)
    buttons = []
    if by.may("linkage.keep") and one.ended_on is None:
        buttons = [Button(_("登记承接事项"), reverse("registry:point-item", args=[key]), "go")]
    facts = [
        (_("部门"), one.department), (_("地点"), one.address), (_("人员"), str(one.staff)), (_("设备"), str(one.devices)),
        (_("办哪些事"), "；".join(one.items)), (_("随转经费合计（元/年）"), yuan(total)),
        (_("结束"), f"{one.ended_on:%Y-%m-%d}" if one.ended_on else ""),
    ]  # fmt: skip
    columns = [_("事项"), _("依据"), _("经费（元/年）"), _("起始"), _("状态")]
    sheet = Sheet(
        one.name, crumbs=[(_("结对共建与工作点"), reverse("registry:linkage")), (one.name, "")], buttons=buttons,
        sections=[Section(_("承接事项"), columns=columns, rows=lines, empty=_("还没有移交事项。"))], aside=[Section(_("工作点"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "linkage")


def _screen(title: str, label: str, done: str, back: str = "", **more: Any) -> Screen:
    up = reverse("registry:linkage")
    return Screen(
        title,
        label,
        done,
        back or up,
        current="linkage",
        crumbs=[(_("结对共建与工作点"), up), (title, "")],
        **more,
    )


def pair(request: DeskRequest) -> HttpResponse:
    """Enter a pairing agreement of the community's party organisation."""
    by = access.require(request, "linkage.keep")
    region = access.home_community(request)
    own: Organisation | None = access.organisations(request).filter(kind="party_org").order_by("id").first()
    if own is None:
        raise Http404
    form = doing.given_to(request, forms.PairForm)

    def do(given: Given) -> str:
        agreement = pairings.Agreement(
            given["partner"], given["plan"], given["planned"], given["from_on"], given["to_on"]
        )
        made = pairings.pair(region=region, organisation=own, agreement=agreement, by=by, at=request.now)
        return reverse("registry:pairing", args=[made.key])

    return doing.perform(request, form, _screen(_("登记结对"), _("登记"), _("结对已登记。")), do)


def activity(request: DeskRequest, key: str) -> HttpResponse:
    """Write an activity of a pairing."""
    by = access.require(request, "linkage.keep")
    one = pairing_of(by, key)
    form = doing.given_to(request, forms.ActivityForm)

    def do(given: Given) -> object:
        held = pairings.Held(given["kind"], given["title"], given["on"], given["people"], given["result"])
        return pairings.hold_activity(pairing=one, held=held, by=by, at=request.now)

    back = reverse("registry:pairing", args=[key])
    return doing.perform(request, form, _screen(_("记录活动"), _("保存"), _("活动已记录。"), back), do)


def review(request: DeskRequest, key: str) -> HttpResponse:
    """Look back on the year; the counts come from the records."""
    by = access.require(request, "linkage.keep")
    one = pairing_of(by, key)
    form = doing.given_to(request, forms.ReviewForm)
    back = reverse("registry:pairing", args=[key])
    hints = [("info", _("计划和完成次数、参加人数由记录计算。"))]
    return doing.perform(
        request, form, _screen(_("年度小结"), _("保存"), _("小结已保存。"), back, hints=hints),
        lambda given: pairings.review(
            pairing=one, words=given["words"], next_plan=given["next_plan"], by=by, at=request.now
        ),
    )  # fmt: skip


def platform(request: DeskRequest) -> HttpResponse:
    """Enter a unit of the regional platform."""
    by = access.require(request, "linkage.keep")
    region = access.home_community(request)
    form = doing.given_to(request, forms.PlatformForm)
    return doing.perform(
        request, form, _screen(_("登记平台成员"), _("登记"), _("成员单位已登记。")),
        lambda given: pairings.join_platform(
            region=region, name=given["name"], kind=given["kind"], offers=given["offers"], by=by, at=request.now
        ),
    )  # fmt: skip


def new_point(request: DeskRequest) -> HttpResponse:
    """Enter a department's work point."""
    by = access.require(request, "linkage.keep")
    region = access.home_community(request)
    form = doing.given_to(request, forms.PointForm)

    def do(given: Given) -> str:
        made = points.enter_point(
            region=region, name=given["name"], department=given["department"], address=given["address"],
            staff=given["staff"], devices=given["devices"],
            items=[line.strip() for line in given["items"].splitlines() if line.strip()], by=by, at=request.now,
        )  # fmt: skip
        return reverse("registry:point", args=[made.key])

    return doing.perform(request, form, _screen(_("登记工作点"), _("登记"), _("工作点已登记。")), do)


def item(request: DeskRequest, key: str) -> HttpResponse:
    """Take an item over from a department, with basis and money."""
    by = access.require(request, "linkage.keep")
    one = point_of(by, key)
    form = doing.given_to(request, forms.ItemForm)

    def do(given: Given) -> HandedItem:
        handed = points.Handed(given["title"], given["basis"], int(given["money"] * 100), given["from_on"])
        return points.hand_item(point=one, handed=handed, by=by, at=request.now)

    back = reverse("registry:point", args=[key])
    hints = [("info", _("没有依据的事项可以不接；经费随事项一起转来。"))]
    return doing.perform(
        request, form, _screen(_("登记承接事项"), _("登记"), _("承接事项已登记。"), back, hints=hints), do
    )


def merge(request: DeskRequest) -> HttpResponse:
    """Plan to merge work points into a station."""
    by = access.require(request, "linkage.keep")
    region = access.home_community(request)
    stations = {
        one.code: one
        for one in Station.objects.filter(community=region, ended_on=None).select_related("community")
    }
    open_points = {
        one.key: one for one in WorkPoint.objects.filter(region=region, ended_on=None).order_by("id")
    }
    form = doing.given_to(
        request, forms.MergeForm, stations=[(key, one.name) for key, one in stations.items()],
        points=[(key, one.name) for key, one in open_points.items()],
    )  # fmt: skip

    def do(given: Given) -> MergePlan:
        return points.plan_merger(
            station=stations[given["station"]], points=[open_points[key] for key in given["points"]], words=given["words"],
            due_on=given["due_on"], by=by, at=request.now,
        )  # fmt: skip

    return doing.perform(request, form, _screen(_("写整合计划"), _("保存"), _("整合计划已保存。")), do)


def merged(request: DeskRequest, key: str) -> HttpResponse:
    """Write what came of a plan; its points end."""
    by = access.require(request, "linkage.keep")
    answer = doing.already(request)
    if answer is not None:
        return answer
    first, last = by.span
    rows = MergePlan.objects.filter(region_id__gte=first, region_id__lte=last, done_on=None).select_related(
        "station"
    )
    plan = get_object_or_404(rows, key=key)
    form = doing.given_to(request, forms.OutcomeForm)
    facts = [(_("并入"), plan.station.name), (_("计划"), plan.words)]
    return doing.perform(
        request, form, _screen(_("登记整合结果"), _("保存"), _("整合结果已登记。"), facts=facts),
        lambda given: points.carry_out_merger(plan=plan, outcome=given["outcome"], by=by, at=request.now),
    )  # fmt: skip
