"""Forms of joint meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.registry.forms.property import long_text
from linli.staff.rows import DayField, GroupedForm, Rows, text

CAPACITIES = {
    "party": _("党组织"), "committee": _("居委会"), "owners": _("业委会"), "property": _("物业"), "police": _("派出所"),
    "unit": _("驻区单位"), "residents": _("居民代表"), "street": _("街道"),
}  # fmt: skip
STATES = {"present": _("到会"), "deputy": _("代会"), "excused": _("请假"), "absent": _("缺席")}
STANCES = {"agree": _("同意"), "against": _("不同意"), "abstain": _("弃权"), "remark": _("仅发言")}


class CallForm(GroupedForm):
    """A call: when, where, who, about what."""

    title = forms.CharField(label=_("会议名称"), max_length=120)
    on = DayField(label=_("哪一天"))
    begins = forms.CharField(label=_("几点"), max_length=5, help_text=_("比如 14:30"))
    venue = forms.CharField(label=_("地点"), max_length=80)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["members"] = forms.MultipleChoiceField(
            label=_("通知谁"), choices=list(bodies), widget=forms.CheckboxSelectMultiple,
            initial=[key for key, _label in bodies],
            help_text=_("党组织、居委会、业委会、物业四方都要通知。"),
        )  # fmt: skip
        columns = [("title", _("议题"), text(120)), ("text", _("说明"), text(300))]
        self.add_rows(Rows("agenda", _("议题"), columns, 5, _("没有列入议题的事不作决定。")))


class RollForm(GroupedForm):
    """Who came for every seat."""

    def __init__(self, *args: Any, seats: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        for key, label in seats:
            self.fields[f"state_{key}"] = forms.ChoiceField(
                label=label, choices=list(STATES.items()), widget=forms.RadioSelect, initial="present"
            )
            self.fields[f"who_{key}"] = forms.CharField(label=_("到会人"), max_length=40, required=False)


class ResolveForm(GroupedForm):
    """What is resolved, with the position of every body that is there."""

    text = long_text(_("决定"))

    def __init__(self, *args: Any, seats: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        for key, label in seats:
            self.fields[f"stance_{key}"] = forms.ChoiceField(
                label=label, choices=list(STANCES.items()), widget=forms.RadioSelect, initial="agree"
            )
            self.fields[f"text_{key}"] = forms.CharField(label=_("意见"), max_length=300, required=False)


class MinutesForm(GroupedForm):
    """The minutes."""

    text = long_text(_("会议纪要"), rows=10)


class TaskForm(GroupedForm):
    """A task that a resolution gives."""

    seat = forms.ChoiceField(label=_("谁来办"))
    text = forms.CharField(label=_("办什么"), max_length=120)
    due_on = DayField(label=_("哪天前办完"))

    def __init__(self, *args: Any, seats: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["seat"].choices = list(seats)  # type: ignore[attr-defined]


class ReasonForm(GroupedForm):
    """Why something goes back."""

    opinion = long_text(_("理由"))


class PairForm(GroupedForm):
    """A pairing agreement."""

    partner = forms.CharField(label=_("结对单位"), max_length=80)
    plan = long_text(_("共建计划"))
    planned = forms.IntegerField(label=_("一年计划几次活动"), min_value=1, max_value=200)
    from_on = DayField(label=_("开始日期"))
    to_on = DayField(label=_("结束日期"))


ACTIVITIES = {
    "talk": _("谈心交心"),
    "exchange": _("交流党建工作经验"),
    "sharing": _("共享信息资源"),
    "service": _("共建服务"),
}


class ActivityForm(GroupedForm):
    """What a pairing did."""

    kind = forms.ChoiceField(label=_("类型"), choices=list(ACTIVITIES.items()))
    title = forms.CharField(label=_("活动"), max_length=120)
    on = DayField(label=_("日期"))
    people = forms.IntegerField(label=_("参加人数"), min_value=0, max_value=100000)
    result = long_text(_("结果"))


class ReviewForm(GroupedForm):
    """The yearly look back."""

    words = long_text(_("小结"), rows=5)
    next_plan = long_text(_("下一年打算"), required=False)


class PlatformForm(GroupedForm):
    """A unit of the regional platform."""

    name = forms.CharField(label=_("单位"), max_length=80)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[
            ("organ", _("机关")),
            ("school", _("学校")),
            ("company", _("企业")),
            ("social", _("社会组织")),
            ("other", _("其他")),
        ],
    )
    offers = forms.CharField(label=_("能提供什么"), max_length=200, required=False)


class PointForm(GroupedForm):
    """A department's work point."""

    name = forms.CharField(label=_("工作点"), max_length=80)
    department = forms.CharField(label=_("部门"), max_length=80)
    address = forms.CharField(label=_("地点"), max_length=120, required=False)
    staff = forms.IntegerField(label=_("人员（人）"), min_value=0, max_value=200)
    devices = forms.IntegerField(label=_("设备（台）"), min_value=0, max_value=1000)
    items = long_text(_("办哪些事（一行一件）"), required=False)


class ItemForm(GroupedForm):
    """An item handed over with basis and money."""

    title = forms.CharField(label=_("事项"), max_length=120)
    basis = forms.CharField(label=_("依据（文件名和文号）"), max_length=200)
    money = forms.DecimalField(
        label=_("每年随转经费（元，没有填 0）"), min_value=0, max_digits=12, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    from_on = DayField(label=_("从哪天起"))


class MergeForm(GroupedForm):
    """A plan to merge points into a station."""

    station = forms.ChoiceField(label=_("并入哪个服务站"))
    points = forms.MultipleChoiceField(label=_("整合哪些工作点"), widget=forms.CheckboxSelectMultiple)
    words = long_text(_("整合计划"))
    due_on = DayField(label=_("哪天前完成"))

    def __init__(
        self, *args: Any, stations: Sequence[tuple[str, str]], points: Sequence[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["station"].choices = list(stations)  # type: ignore[attr-defined]
        self.fields["points"].choices = list(points)  # type: ignore[attr-defined]


class OutcomeForm(GroupedForm):
    """What came of a plan."""

    outcome = long_text(_("整合结果"))


class StationForm(GroupedForm):
    """A station with its hours."""

    code = forms.SlugField(label=_("代码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=80)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    workdays = forms.CharField(label=_("周一至周五"), max_length=60, initial="09:00-12:00,14:00-17:30")
    weekend = forms.CharField(label=_("周六周日"), max_length=60, required=False, help_text=_("不开放就不填"))


class HoursForm(GroupedForm):
    """Weekly hours of a station."""

    workdays = forms.CharField(label=_("周一至周五"), max_length=60)
    weekend = forms.CharField(label=_("周六周日"), max_length=60, required=False, help_text=_("不开放就不填"))


class ExceptionForm(GroupedForm):
    """Other hours, or closing, for some days."""

    from_on = DayField(label=_("从哪天"))
    to_on = DayField(label=_("到哪天"))
    spans = forms.CharField(
        label=_("开放时间"), max_length=60, required=False, help_text=_("比如 14:00-17:00；不开放就不填")
    )
    reason = forms.CharField(label=_("原因"), max_length=80)


class CoverForm(GroupedForm):
    """Which community a station serves as well."""

    community = forms.ChoiceField(label=_("社区"))

    def __init__(self, *args: Any, communities: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["community"].choices = list(communities)  # type: ignore[attr-defined]


class CorrectForm(GroupedForm):
    """The right time of a line of the duty log."""

    time = forms.TimeField(label=_("实际时间"), widget=forms.TimeInput(attrs={"type": "time"}))
    kind = forms.ChoiceField(
        label=_("类型"), choices=[("in", _("签到")), ("out", _("签退")), ("none", _("这一条作废"))]
    )
    reason = forms.CharField(label=_("更正原因"), max_length=120)
