"""Sheets as everybody at the desk may read them: procedures with their drawing, items, rules, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.procedures import Procedure, procedure_of
from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.desk.saying import lang
from linli.ground.diagrams import Drawing, Node, Way, procedure_diagram
from linli.rulebook.models import CalendarYear, Edition, Rule

KINDS = {
    "procedures": gettext_lazy("流程"), "items": gettext_lazy("办事指南"), "classes": gettext_lazy("诉求分类"),
    "disclosure": gettext_lazy("公开目录"), "frames": gettext_lazy("评价框架"), "indicators": gettext_lazy("指标库"),
    "outlines": gettext_lazy("报告提纲"), "funds": gettext_lazy("资金来源"), "projects": gettext_lazy("项目"),
}  # fmt: skip
# What the keys of sheets mean; a key without words here is shown as it stands in the sheet.
KEYS = {
    "code": gettext_lazy("代码"), "name": gettext_lazy("名称"), "short": gettext_lazy("简称"), "title": gettext_lazy("名称"),
    "kind": gettext_lazy("种类"), "audience": gettext_lazy("给谁办"), "basis": gettext_lazy("依据"), "article": gettext_lazy("条款"),
    "surety": gettext_lazy("把握"), "groups": gettext_lazy("填写分组"), "questions": gettext_lazy("填写项"), "label": gettext_lazy("名称"),
    "purpose": gettext_lazy("为什么问"), "data_class": gettext_lazy("资料级别"), "required": gettext_lazy("必填"),
    "choices": gettext_lazy("选项"), "least": gettext_lazy("最小"), "most": gettext_lazy("最大"), "longest": gettext_lazy("最长字数"),
    "known": gettext_lazy("登记簿已知"), "sealed": gettext_lazy("加密保存"), "help": gettext_lazy("说明"),
    "handling_body": gettext_lazy("办理单位"), "deciding_body": gettext_lazy("决定单位"), "community_part": gettext_lazy("社区做什么"),
    "flow": gettext_lazy("流程类型"), "procedure": gettext_lazy("流程"), "result": gettext_lazy("结果"), "source": gettext_lazy("来源"),
    "conditions": gettext_lazy("条件"), "question": gettext_lazy("问题"), "otherwise": gettext_lazy("不符合怎么办"),
    "materials": gettext_lazy("材料"), "form": gettext_lazy("原件或复印件"), "tolerant": gettext_lazy("可以后补"),
    "limit": gettext_lazy("时限"), "days": gettext_lazy("天数"), "unit": gettext_lazy("单位"), "urgent": gettext_lazy("急难时限"),
    "channels": gettext_lazy("办理渠道"), "delivery": gettext_lazy("送达"), "review_route": gettext_lazy("救济途径"),
    "ceilings": gettext_lazy("审批额度"), "post": gettext_lazy("岗位"), "rule": gettext_lazy("规则"), "shared": gettext_lazy("公示"),
    "valid_from": gettext_lazy("有效起"), "valid_to": gettext_lazy("有效止"), "order": gettext_lazy("排列"),
    "classes": gettext_lazy("分类"), "examples": gettext_lazy("例子"), "words": gettext_lazy("关键词"), "handler": gettext_lazy("承办岗位"),
    "emergency": gettext_lazy("紧急提示"), "limits": gettext_lazy("时限"), "grade": gettext_lazy("缓急"), "natures": gettext_lazy("性质"),
    "category": gettext_lazy("类别"), "cycle": gettext_lazy("周期"), "approvers": gettext_lazy("签发岗位"), "shows": gettext_lazy("公开哪些"),
    "how": gettext_lazy("怎么写"), "board": gettext_lazy("贴在哪里"), "visits": gettext_lazy("跑几次"), "complaint_phone": gettext_lazy("投诉电话"),
}  # fmt: skip
SURETY = {
    "V": gettext_lazy("已核对原文"),
    "M": gettext_lazy("凭记忆，待核对"),
    "E": gettext_lazy("本平台估计，可改"),
}
OPERATORS = {
    "at_least": gettext_lazy("不少于"), "more_than": gettext_lazy("超过"), "at_most": gettext_lazy("不超过"),
    "less_than": gettext_lazy("少于"), "equal": gettext_lazy("等于"), "": gettext_lazy("—"),
}  # fmt: skip


def show(request: DeskRequest) -> HttpResponse:
    """Editions by kind, the newest first of each code."""
    kind = request.GET.get("kind", "procedures")
    rows = Edition.objects.of_kind(kind).order_by("code", "-number").defer("body")
    lines, seen = [], set()
    for one in rows[:400]:
        lines.append({"title": one.title, "code": one.code, "number": one.number, "from_on": one.valid_from, "to_on": one.valid_to,
                      "is_newest": one.code not in seen, "url": reverse("desk:sheet", args=[kind, one.code]) + f"?number={one.number}"})  # fmt: skip
        seen.add(one.code)
    url = reverse("desk:sheets")
    known = list(Edition.objects.values_list("kind", flat=True).distinct().order_by("kind"))
    tabs = [
        {"label": str(KINDS.get(one, one)), "url": f"{url}?kind={one}", "current": one == kind, "count": None}
        for one in _ordered(known)
    ]
    return frame.draw(request, "sheets.html", {"lines": lines, "tabs": tabs}, current="sheets")


def _ordered(kinds: list[str]) -> list[str]:
    return sorted(kinds, key=lambda one: list(KINDS).index(one) if one in KINDS else 99)


def sheet(request: DeskRequest, kind: str, code: str) -> HttpResponse:
    """One sheet; a procedure also as a drawing made from it."""
    asked = request.GET.get("number", "")
    found = access.sheet(kind, code, int(asked) if asked.isdigit() else None)
    page: dict[str, Any] = {
        "title": found.title, "kind": str(KINDS.get(kind, kind)), "code": code, "number": found.number,
        "from_on": found.valid_from, "to_on": found.valid_to, "digest": found.digest, "published_at": found.published_at,
        "back": f"{reverse('desk:sheets')}?kind={kind}",
    }  # fmt: skip
    if kind == "procedures":
        page |= _procedure(procedure_of(found))
    else:
        page["tree"] = list(tree(found.body))
    return frame.draw(request, "sheet.html", page, current="sheets")


def _procedure(plan: Procedure) -> dict[str, Any]:
    drawn = drawing(plan)
    numbers = {way.code: place for place, way in enumerate(drawn.ways, start=1)}
    steps = [
        {
            "title": step.title.text(lang()),
            "post": words.post(step.post),
            "limit": _limit(step.limit),
            "pauses": step.pauses,
            "final": step.final,
        }
        for step in plan.steps
    ]
    titles = {step.code: str(step.title.text(lang())) for step in plan.steps}
    moves = [
        {"number": numbers[move.code], "title": move.title.text(lang()), "from": "、".join(titles[one] for one in move.source),
         "to": titles.get(move.target, _("（原地）")), "posts": "、".join(_post(one) for one in move.posts), "opinion": move.opinion,
         "notice": bool(move.notice)}
        for move in plan.moves
    ]  # fmt: skip
    return {
        "basis": plan.basis,
        "limit": _limit(plan.limit),
        "svg": drawn.svg,
        "steps": steps,
        "moves": moves,
    }


def _post(code: str) -> str:
    return _("当前经手的岗位") if code == "holder" else words.post(code)


def _limit(limit: Any) -> str:
    if limit is None:
        return ""
    return (
        _("%(days)d个工作日") % {"days": limit.days}
        if limit.unit == "working"
        else _("%(days)d天") % {"days": limit.days}
    )


def drawing(plan: Procedure) -> Drawing:
    """The drawing of a procedure in the reader's language."""
    nodes = [
        Node(step.code, str(step.title.text(lang())), " · ".join(part for part in (words.post(step.post) if step.post else "", _limit(step.limit)) if part),
             is_start=step.code == plan.start, is_final=step.final, is_paused=step.pauses)
        for step in plan.steps
    ]  # fmt: skip
    ways = [
        Way(
            move.code, str(move.title.text(lang())), move.source, move.target, is_return=move.kind == "return"
        )
        for move in plan.moves
    ]
    return procedure_diagram(nodes, ways, title=str(plan.title.text(lang())))


def tree(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """A sheet's body as lines: depth, name, value; texts in two languages as one line in the reader's."""
    if isinstance(value, dict) and not set(value) <= {"zh", "en"}:
        yield from _branches(value, name, depth)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for place, part in enumerate(value, start=1):
            yield from tree(part, f"{name} {place}", depth)
    else:
        yield depth, name, _leaf(value)


def _branches(value: dict[str, Any], name: str, depth: int) -> Iterator[tuple[int, str, str]]:
    if name:
        yield depth, name, ""
    for key, part in value.items():
        if part not in ("", None, [], {}):
            yield from tree(part, str(KEYS.get(key, key)), depth + bool(name))


def _leaf(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get(lang()) or value.get("zh", ""))
    return "、".join(str(part) for part in value) if isinstance(value, list) else str(value)


def rules(request: DeskRequest) -> HttpResponse:
    """Every dated rule with its source, and how sure it is."""
    lines = [
        {"code": one.code, "value": "、".join(map(str, one.value)) if isinstance(one.value, list) else one.value, "unit": one.unit, "operator": str(OPERATORS.get(one.operator, one.operator)),
         "place": one.jurisdiction or _("全国"), "source": one.source, "surety": str(SURETY[one.surety]), "letter": one.surety,
         "from_on": one.valid_from, "to_on": one.valid_to}
        for one in Rule.objects.order_by("code", "jurisdiction", "valid_from")[:500]
    ]  # fmt: skip
    return frame.draw(request, "rules.html", {"lines": lines}, current="sheets")


def calendar(request: DeskRequest, year: int) -> HttpResponse:
    """A year's notice: holidays and make-up workdays; a year without notice says so."""
    if not 2000 <= year <= 2100:
        raise Http404
    known = CalendarYear.objects.filter(year=year).first()
    days = list(known.days.order_by("day")) if known else []
    years = list(CalendarYear.objects.values_list("year", flat=True).order_by("-year")[:8])
    months: dict[int, list[tuple[dt.date, str, str]]] = {}
    for one in days:
        months.setdefault(one.day.month, []).append((one.day, one.kind, one.name))
    page = {"year": year, "source": known.source if known else "", "version": known.version if known else 0, "months": months,
            "years": [{"label": str(one), "url": reverse("desk:calendar", args=[one]), "current": one == year, "count": None} for one in years]}  # fmt: skip
    return frame.draw(request, "calendar.html", page, current="sheets")
