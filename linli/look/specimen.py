"""Sample values for the specimen pages, which show every part once. All names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.look.frame import DeskFrame, Entry, PortalFrame, RailGroup, RailLink, Role


class Relief(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label="姓名", help_text="和身份证上一样。")
    phone = forms.CharField(label="电话", error_messages={"required": "请填一个打得通的电话。"})
    reason = forms.CharField(label="遇到什么困难", widget=forms.Textarea, required=False)
    way = forms.ChoiceField(
        label="怎么告诉您结果",
        choices=[("sms", "短信"), ("call", "电话"), ("visit", "上门")],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label="困难类型", choices=[("ill", "重病"), ("fire", "火灾"), ("study", "上学")])
    paper = forms.FileField(label="住院费用收据", help_text="看得清金额和医院章就行。", required=False)
    told = forms.BooleanField(label="我知道虚报要退回救助金")


def _at(month: int, day: int, hour: int, minute: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, month, day, hour, minute))  # noqa: DTZ001 - made aware here


def _steps() -> list[dict[str, Any]]:
    return [
        {"title": "您提交了申请", "state": "done", "at": _at(3, 2, 10, 14), "by": "手机",
         "note": "户口、低保信息已由社区代查，没让您再交。", "papers": [("申请表", "#"), ("授权书", "#")]},
        {"title": "社区受理", "state": "done", "at": _at(3, 2, 15, 30), "by": "服务站 李*"},
        {"title": "一次性告知：缺 1 份材料", "state": "now", "at": _at(3, 3, 9, 5),
         "note": "交齐后由社区上门看望，再送街道审核。"},
        {"title": "上门看望，邻里了解", "state": "later"},
        {"title": "街道审核、公示 7 天", "state": "later"},
        {"title": "发放，并请您评价", "state": "later"},
    ]  # fmt: skip


def _figures() -> list[dict[str, str]]:
    return [
        {"label": "有据得分", "value": "77.1", "note": "中（60–80）", "url": "#"},
        {"label": "自报", "value": "100.0"},
        {"label": "没有依据的分", "value": "18.0", "tone": "late"},
        {"label": "合理区间", "value": "74.6–95.1", "note": "83% 的权重取法下为“中”"},
    ]


def _tree() -> list[dict[str, Any]]:
    rows: Sequence[tuple[int, str, int, float | None, float]] = (
        (0, "产出", 30, 20.9, 8.0),
        (1, "按时办结率 ≥95%", 8, 8.0, 0),
        (1, "协商议题落实率 ≥80%", 8, 6.9, 0),
        (2, "其中：本年新议题", 4, 3.2, 0),
        (1, "人员配齐率 =100%", 8, None, 8.0),
        (0, "效益", 30, 17.6, 10.0),
        (1, "居民满意度 ≥90%", 10, 9.2, 0),
        (1, "社会治理能力提升（未量化）", 10, None, 10.0),
    )
    names = ("depth", "name", "whole", "proven", "claimed")
    return [dict(zip(names, row, strict=True)) for row in rows]


CHART = (
    '<svg viewBox="0 0 420 150" role="img" aria-label="各月按时办结率，一月到六月在九成四到九成八之间" width="420">'
    '<g fill="var(--teal)"><rect x="10" y="30" width="46" height="90"/><rect x="78" y="24" width="46" height="96"/>'
    '<rect x="146" y="36" width="46" height="84"/></g><g fill="currentColor" font-size="14">'
    '<text x="16" y="140">1月</text><text x="84" y="140">2月</text><text x="152" y="140">3月</text></g></svg>'
)


def shared() -> dict[str, Any]:
    """Values of the parts."""
    return {
        "form": Relief({"name": "王小明", "phone": "", "way": "sms", "kind": "ill"}),
        "steps": _steps(), "figures": _figures(), "tree": _tree(), "chart_svg": CHART,
        "chart_columns": ["月份", "按时办结率"], "chart_rows": [("1月", "96.8%"), ("2月", "97.9%"), ("3月", "94.4%")],
        "late": dt.date(2026, 2, 28), "due": dt.date(2026, 3, 2), "soon": dt.date(2026, 3, 5),
        "rates": [("按时办结", "96.8%"), ("诉求解决", "91.2%"), ("居民满意", "93.5%")],
        "facts": [("编号", "SL-2026-7KQ4M"), ("申请人", "王*明"), ("金额", "6万元"), ("谁能看到", "您、服务站经办人、街道救助岗")],
        "filters": [{"label": "按到期", "url": "#", "current": True, "count": 37}, {"label": "救助类", "url": "#", "count": 4},
                    {"label": "3号楼", "url": "#", "count": None}],
        "entry": {"at": _at(3, 2, 15, 30), "who": "李敏", "post": "服务站 · 窗口受理", "act": "受理申请",
                  "about": "SL-2026-7KQ4M", "digest": "3f1c9a77d04be25891aa"},
        "pages": ["您的情况", "材料", "核对", "提交"],
    }  # fmt: skip


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of the residents' specimen."""
    entries = (
        Entry(_("办事"), "#a", "apply", True, "50 个事项，网上、电话、上门都能办"),
        Entry(_("诉求"), "#b", "speak", hint="报修、投诉、随手拍，几天答复看得见"),
        Entry(_("议事"), "#c", "people", hint="听证、协商、投票"),
        Entry(_("公开"), "#d", "open", hint="钱怎么花、事怎么办"),
        Entry(_("活动"), "#e", "calendar", hint="书屋、儿童之家、课程"),
        Entry(_("我的"), "#f", "person", hint="进度、材料、家人代办"),
    )
    door = PortalFrame(
        community="双栗社区", place="云岭市清溪区桂花街道", home="/", entries=entries, sign_in="#in",
        phone="0000-555 0101", hours="周一至周六 9:00–17:30", address="桂花路 8 号（公交桂花路站旁）",
        footer=(Entry(_("无障碍说明"), "#x"), Entry(_("隐私说明"), "#y")),
    )  # fmt: skip
    return {"door": door, **shared()}


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context of the staff specimen."""
    groups = (
        RailGroup(_("我的待办"), (RailLink(_("全部"), "#1", 37, current=True), RailLink(_("超期"), "#2", 2, "late"),
                               RailLink(_("今日到期"), "#3", 5, "warn"), RailLink(_("等别人"), "#4", 11))),
        RailGroup(_("社区事务"), (RailLink("一站式办事", "#5"), RailLink("诉求", "#6"), RailLink("公开", "#7"))),
        RailGroup(_("项目与绩效"), (RailLink("项目资金", "#8"), RailLink("绩效评价", "#9"), RailLink("报告", "#10"))),
    )  # fmt: skip
    door = DeskFrame(
        home="/desk/", groups=groups, role=Role("双栗社区服务站", "窗口受理", "李敏"), switch="#s", search="/desk/",
        sign_out="#out",
    )  # fmt: skip
    return {"door": door, **shared()}
