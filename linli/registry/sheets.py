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
from linli.ground.diagrams import Drawing, Node, Way, procedure_diagram
from linli.registry import shelves
from linli.rulebook.models import CalendarYear, Edition
from linli.staff import access, frame, words
from linli.staff.access import DeskRequest
from linli.staff.saying import lang

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
# What the words of sheets mean, by the key they stand under; a word that is not listed is shown as it stands.
VALUES: dict[str, dict[str, Any]] = {
    "surety": {"V": gettext_lazy("已核对"), "M": gettext_lazy("待核对"), "E": gettext_lazy("估计")},
    "unit": {"working": gettext_lazy("工作日"), "natural": gettext_lazy("自然日")},
    "form": {"original": gettext_lazy("原件"), "copy": gettext_lazy("复印件"), "either": gettext_lazy("原件或复印件都行")},
    "audience": {"person": gettext_lazy("个人"), "organisation": gettext_lazy("单位"), "paired_unit": gettext_lazy("结对单位")},
    "community_part": {"accept": gettext_lazy("受理"), "help": gettext_lazy("帮办"), "agent": gettext_lazy("代办"),
                       "verify": gettext_lazy("核实"), "publish": gettext_lazy("公示"), "decide": gettext_lazy("决定")},
    "channels": words.CHANNELS,
    "delivery": {"online": gettext_lazy("网上"), "counter": gettext_lazy("窗口领取"), "post": gettext_lazy("邮寄"),
                 "home": gettext_lazy("送上门"), "account": gettext_lazy("打到账户")},
    "data_class": words.CLASSES,
    "grade": words.GRADES,
    "natures": words.NATURES,
    "source": {"applicant": gettext_lazy("本人提供"), "shared": gettext_lazy("部门共享，不用交"), "promise": gettext_lazy("可以承诺代替")},
    "cycle": {"once": gettext_lazy("一次"), "monthly": gettext_lazy("每月"), "at_once": gettext_lazy("即时"), "quarterly": gettext_lazy("每季"),
              "half_yearly": gettext_lazy("每半年"), "yearly": gettext_lazy("每年"), "when_due": gettext_lazy("到期时")},
    "kind": {"benefit": gettext_lazy("救助和补贴"), "confirmation": gettext_lazy("认定和证明"), "public_service": gettext_lazy("公共服务"),
             "licence_help": gettext_lazy("证照帮办"), "self_governance": gettext_lazy("自治事务"), "convenience": gettext_lazy("便民服务"),
             "text": gettext_lazy("文字"), "number": gettext_lazy("数字"), "date": gettext_lazy("日期"), "choice": gettext_lazy("选择"),
             "phone": gettext_lazy("电话"), "identity": gettext_lazy("身份证号"), "money": gettext_lazy("金额"), "file": gettext_lazy("文件"),
             "person": gettext_lazy("人")},
}  # fmt: skip


def show(request: DeskRequest) -> HttpResponse:
    """Editions by kind, the newest first of each code."""
    kind = request.GET.get("kind", "procedures")
    rows = Edition.objects.of_kind(kind).order_by("code", "-number").defer("body")
    lines, seen = [], set()
    for one in rows[:400]:
        lines.append({"title": one.title, "code": one.code, "number": one.number, "from_on": one.valid_from, "to_on": one.valid_to,
                      "is_newest": one.code not in seen, "url": reverse("registry:sheet", args=[kind, one.code]) + f"?number={one.number}"})  # fmt: skip
        seen.add(one.code)
    url = reverse("registry:sheets")
    known = list(Edition.objects.values_list("kind", flat=True).distinct().order_by("kind"))
    tabs = [
        {"label": str(KINDS.get(one, one)), "url": f"{url}?kind={one}", "current": one == kind, "count": None}
        for one in _ordered(known)
    ]
    page = {"lines": lines, "tabs": tabs, "may_draft": access.actor(request).may("rulebook.draft")}
    return frame.draw(request, "registry/sheets.html", page, current="sheets")


def _ordered(kinds: list[str]) -> list[str]:
    return sorted(kinds, key=lambda one: list(KINDS).index(one) if one in KINDS else 99)


def sheet(request: DeskRequest, kind: str, code: str) -> HttpResponse:
    """One sheet; a procedure also as a drawing made from it."""
    asked = request.GET.get("number", "")
    found = shelves.sheet(kind, code, int(asked) if asked.isdigit() else None)
    page: dict[str, Any] = {
        "title": found.title, "kind": str(KINDS.get(kind, kind)), "code": code, "number": found.number,
        "from_on": found.valid_from, "to_on": found.valid_to, "digest": found.digest, "published_at": found.published_at,
        "back": f"{reverse('registry:sheets')}?kind={kind}",
    }  # fmt: skip
    if kind == "procedures":
        page |= _procedure(procedure_of(found))
    else:
        page["tree"] = list(tree(found.body))
    return frame.draw(request, "registry/sheet.html", page, current="sheets")


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


def tree(value: Any, key: str = "", depth: int = 0, place: int = 0) -> Iterator[tuple[int, str, str]]:
    """A sheet's body as lines: depth, name, value; texts in two languages as one line in the reader's.

    ``key`` is the word the value stands under in the sheet, ``place`` its number where there are several.
    """
    name = " ".join(str(part) for part in (KEYS.get(key, key), place or "") if part)
    if isinstance(value, dict) and not set(value) <= {"zh", "en"}:
        yield from _branches(value, name, depth)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for place, part in enumerate(value, start=1):
            yield from tree(part, key, depth, place)
    else:
        yield depth, name, _leaf(value, key)


def _branches(value: dict[str, Any], name: str, depth: int) -> Iterator[tuple[int, str, str]]:
    if name:
        yield depth, name, ""
    for key, part in value.items():
        if part not in ("", None, [], {}):
            yield from tree(part, key, depth + bool(name))


def _leaf(value: Any, key: str) -> str:
    if isinstance(value, dict):
        return str(value.get(lang()) or value.get("zh", ""))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return (", " if lang() == "en" else "、").join(_leaf(part, key) for part in value)
    return str(VALUES.get(key, {}).get(str(value), "") or value)


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
            "years": [{"label": str(one), "url": reverse("registry:calendar", args=[one]), "current": one == year, "count": None} for one in years]}  # fmt: skip
    return frame.draw(request, "registry/calendar.html", page, current="sheets")
