"""Forms of owners and property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.property.declared import CheckItem
from linli.staff.rows import DayField, GroupedForm, Rows, YuanField, choice, text
from linli.staff.saying import lang

DUTIES = [
    ("member", _("委员")),
    ("director", _("主任")),
    ("deputy", _("副主任")),
    ("alternate", _("候补委员")),
]
RESULTS = [("met", _("合格")), ("fault", _("不合格")), ("not_looked", _("未查"))]
STATES = [("whole", _("完好")), ("worn", _("破损")), ("missing", _("缺失"))]
Choices = Sequence[tuple[str, str]]


def long_text(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A longer text."""
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class ElectForm(GroupedForm):
    """An election with its members."""

    estate = forms.ChoiceField(label=_("小区"))
    organisation = forms.ChoiceField(label=_("业主委员会"))
    term = forms.IntegerField(label=_("第几届"), min_value=1, max_value=60)
    elected_on = DayField(label=_("选举日期"))
    term_from = DayField(label=_("任期开始"))
    term_to = DayField(label=_("任期结束"))

    def __init__(self, *args: Any, estates: Choices, bodies: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["estate"].choices = list(estates)  # type: ignore[attr-defined]
        self.fields["organisation"].choices = list(bodies)  # type: ignore[attr-defined]
        columns = [("name", _("姓名"), text(30)), ("duty", _("职务"), choice(DUTIES))]
        hint = _("姓名要与底册一致；主任一名，委员为单数。")
        self.add_rows(Rows("members", _("当选委员"), columns, 11, hint))


class ChangeForm(GroupedForm):
    """Who leaves and who joins."""

    on = DayField(label=_("变更日期"))
    leaving = forms.MultipleChoiceField(
        label=_("离任的委员"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, seats: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["leaving"].choices = list(seats)  # type: ignore[attr-defined]
        columns = [("name", _("姓名"), text(30)), ("duty", _("职务"), choice(DUTIES))]
        self.add_rows(Rows("joining", _("增补的委员"), columns, 3))


class FileForm(GroupedForm):
    """Handing in a filing."""

    what = forms.ChoiceField(label=_("备案什么"), choices=[("election", _("换届")), ("change", _("变更"))])
    event_on = DayField(label=_("选举或变更日期"))


class ContractForm(GroupedForm):
    """A contract as signed."""

    kind = forms.ChoiceField(
        label=_("合同类型"), choices=[("property", _("物业服务合同")), ("professional", _("专业服务合同"))]
    )
    company = forms.ChoiceField(label=_("服务单位"))
    estate = forms.ChoiceField(label=_("小区"), required=False)
    client = forms.ChoiceField(label=_("委托方"), required=False)
    subject = forms.CharField(label=_("合同名称"), max_length=120)
    area = forms.DecimalField(
        label=_("建筑面积（平方米）"), required=False, max_digits=12, decimal_places=2, min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    fee = YuanField(label=_("费用（元）"), help_text=_("物业合同按每平方米每月；专业服务合同按全期。"))
    signed_on = DayField(label=_("签订日期"))
    from_on = DayField(label=_("开始日期"))
    to_on = DayField(label=_("结束日期"))
    terms = long_text(_("服务事项和质量（公开）"), required=False)
    private_terms = long_text(_("其他条款（只给双方和监督单位看）"), required=False)

    def __init__(
        self, *args: Any, companies: Choices, estates: Choices, clients: Choices, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["company"].choices = list(companies)  # type: ignore[attr-defined]
        self.fields["estate"].choices = [("", "—"), *estates]  # type: ignore[attr-defined]
        self.fields["client"].choices = [("", "—"), *clients]  # type: ignore[attr-defined]


class EndNoticeForm(GroupedForm):
    """A notice that a contract ends, or its end."""

    side = forms.ChoiceField(
        label=_("哪一方"),
        choices=[
            ("owners_end", _("业主方解聘")),
            ("company_refuses", _("物业不续聘")),
            ("ended", _("合同终止（已到终止日）")),
        ],
    )
    effect_on = DayField(label=_("终止日期"))
    reason = long_text(_("理由"))


class HandoverForm(GroupedForm):
    """The handover list."""

    on = DayField(label=_("移交日期"))
    taken_by = forms.CharField(label=_("接收单位"), max_length=80)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        columns = [
            ("what", _("名称"), text(80)), ("count", _("数量"), lambda: forms.IntegerField(min_value=0)),
            ("state", _("状态"), choice(STATES)), ("note", _("说明"), text(120)),
        ]  # fmt: skip
        self.add_rows(Rows("lines", _("移交清单"), columns, 8))


class InspectForm(GroupedForm):
    """Which body is inspected by which checklist."""

    body = forms.ChoiceField(label=_("被检查单位"))
    estate = forms.ChoiceField(label=_("小区"), required=False)

    def __init__(self, *args: Any, bodies: Choices, estates: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["estate"].choices = [("", "—"), *estates]  # type: ignore[attr-defined]


class FindForm(GroupedForm):
    """What was seen under every line of the checklist."""

    def __init__(self, *args: Any, items: Sequence[CheckItem], **given: Any) -> None:
        super().__init__(*args, **given)
        for one in items:
            title = one.title.text(lang())
            self.fields[f"result_{one.code}"] = forms.ChoiceField(
                label=title, choices=RESULTS, help_text=one.basis, widget=forms.RadioSelect, initial="met"
            )
            self.fields[f"note_{one.code}"] = forms.CharField(
                label=_("看到的问题"), required=False, max_length=300
            )


class DemandForm(GroupedForm):
    """What must be put right."""

    demand = long_text(_("整改要求"))


class AnswerForm(GroupedForm):
    """What the body did."""

    text = long_text(_("整改情况"))


class RecheckForm(GroupedForm):
    """What the re-check saw."""

    note = long_text(_("复查情况"))
    open_items = forms.MultipleChoiceField(
        label=_("仍不合格的项（都合格就不选）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    demand = long_text(_("再次整改的要求"), required=False)

    def __init__(self, *args: Any, items: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["open_items"].choices = list(items)  # type: ignore[attr-defined]


class OpinionForm(GroupedForm):
    """A remark beside a move."""

    opinion = long_text(_("意见"), required=False)


class ScoreForm(GroupedForm):
    """A body and a span to count its mark for."""

    body = forms.ChoiceField(label=_("被评价单位"))
    first = DayField(label=_("从"))
    last = DayField(label=_("到"))

    def __init__(self, *args: Any, bodies: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
