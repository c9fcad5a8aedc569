"""Forms of projects and their money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.forms.rows import DayField, GroupedForm, OpinionForm, Rows, YuanField, choice, text

Choices = Sequence[tuple[str, Any]]
OPINIONS = [
    ("clean", _("无保留意见")),
    ("qualified", _("保留意见")),
    ("adverse", _("否定意见")),
    ("disclaimed", _("无法表示意见")),
]


class AllocateForm(GroupedForm):
    """An allocation order (资金拨付文件)."""

    source = forms.ChoiceField(label=_("哪一笔资金来源"))
    order_number = forms.CharField(label=_("拨付文号"), max_length=60)
    to_level = forms.ChoiceField(label=_("拨到哪一级"))
    payer = forms.CharField(label=_("付款单位"), max_length=80)
    payee = forms.CharField(label=_("收款单位"), max_length=80)
    cents = YuanField(label=_("金额（元）"), help_text=_("可以写 60000、60,000.00 或 6万元。"))
    on = DayField(label=_("拨付日期"))

    def __init__(self, *args: Any, sources: Choices, levels: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        self.fields["to_level"].choices = levels  # type: ignore[attr-defined]


class ReceiptForm(GroupedForm):
    """The unit confirms that money has arrived (到账确认)."""

    allocation = forms.ChoiceField(label=_("依据哪一份拨付文件"))
    cents = YuanField(label=_("到账金额（元）"))
    on = DayField(label=_("到账日期"), help_text=_("照银行回单上的日期。"))
    bank_reference = forms.CharField(label=_("银行回单号"), max_length=60)

    def __init__(self, *args: Any, allocations: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["allocation"].choices = allocations  # type: ignore[attr-defined]


class SpendForm(GroupedForm):
    """One payment (支出登记). Every gate that stops it is named at its field."""

    on = DayField(label=_("付款日期"))
    number = forms.CharField(label=_("凭证号"), max_length=40, help_text=_("例如 记-012。"))
    line = forms.ChoiceField(label=_("预算科目"))
    purpose = forms.ChoiceField(label=_("用途"))
    source = forms.ChoiceField(label=_("资金来源"))
    payee = forms.CharField(label=_("收款方"), max_length=80)
    item = forms.CharField(label=_("事项"), max_length=120, help_text=_("买了什么、做了什么，一句话。"))
    cents = YuanField(label=_("金额（元）"))
    invoice_number = forms.CharField(
        label=_("发票号码"),
        max_length=60,
        required=False,
        help_text=_("一张发票只能报一次；没有发票可以空着。"),
    )
    paper = forms.FileField(
        label=_("凭证扫描件或照片"),
        required=False,
        help_text=_("发票、付款回单。没有附件的支出在评价里算“没有凭证”。"),
    )

    def __init__(self, *args: Any, lines: Choices, purposes: Choices, sources: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]


class CorrectForm(GroupedForm):
    """A red entry over a whole payment (红字冲销)."""

    entry = forms.ChoiceField(label=_("冲销哪一笔"))
    on = DayField(label=_("冲销日期"))
    reason = forms.CharField(label=_("为什么冲销"), max_length=200)

    def __init__(self, *args: Any, entries: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["entry"].choices = entries  # type: ignore[attr-defined]


class ReturnForm(GroupedForm):
    """The balance given back (上缴结余)."""

    source = forms.ChoiceField(label=_("哪一笔资金来源"))
    cents = YuanField(label=_("上缴金额（元）"))
    on = DayField(label=_("上缴日期"))
    order_number = forms.CharField(label=_("上缴文号"), max_length=60, required=False)
    to_level = forms.ChoiceField(label=_("上缴到哪一级"))

    def __init__(self, *args: Any, sources: Choices, levels: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        self.fields["to_level"].choices = levels  # type: ignore[attr-defined]


class ApproveForm(OpinionForm):
    """The reply (批复): its number, and the amounts granted."""

    field_order = ["number", "opinion", "starts_on", "ends_on"]
    number = forms.CharField(label=_("批复文号"), max_length=60)
    starts_on = DayField(label=_("项目开始"), required=False)
    ends_on = DayField(label=_("项目结束"), required=False)

    def __init__(
        self,
        *args: Any,
        sources: Sequence[Mapping[str, Any]],
        lines: Sequence[Mapping[str, Any]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        hint = _("照申请的金额先填好了；来源合计和科目合计要相等，都不能超过申请。")
        columns = [("title", _("名称"), text()), ("cents", _("批复金额（元）"), lambda: YuanField())]
        self.add_rows(Rows("source", _("资金来源"), columns, len(sources), hint, sources))
        self.add_rows(Rows("line", _("预算科目"), columns, len(lines), "", lines))
        for name, one in self.fields.items():
            if name.endswith("_title"):
                one.disabled = True

    def amounts(self, word: str) -> dict[int, int]:
        """Fen by number, counted from 1 in the order shown."""
        count = next(one for one in self.tables if one.word == word).count
        typed = {at + 1: self.cleaned_data.get(f"{word}_{at}_cents") for at in range(count)}
        return {number: cents for number, cents in typed.items() if cents is not None}


class AcceptForm(GroupedForm):
    """An acceptance (验收): who took part, what was planned and what was done."""

    on = DayField(label=_("验收日期"))
    panel = forms.CharField(
        label=_("参加验收的单位或岗位"),
        widget=forms.Textarea,
        max_length=600,
        help_text=_("一行一个；写单位和岗位，不写个人姓名。"),
    )
    defects = forms.CharField(
        label=_("发现的问题"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text=_("写了问题就退回限期整改；空着就是通过。"),
    )
    remedy_by = DayField(label=_("整改期限"), required=False)

    def __init__(self, *args: Any, items: Sequence[Mapping[str, Any]] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        columns = [("title", _("事项"), text()), ("unit", _("单位"), text(20)),
                   ("planned", _("计划"), text(20)), ("done", _("完成"), text(20))]  # fmt: skip
        hint = _("计划和完成写数字，例如 12 和 12。")
        self.add_rows(Rows("items", _("计划与完成对照"), columns, 6, hint, items))


class AuditForm(GroupedForm):
    """An audit report (审计报告)."""

    body = forms.CharField(label=_("审计单位"), max_length=80)
    report_number = forms.CharField(label=_("报告文号"), max_length=60, required=False)
    on = DayField(label=_("报告日期"))
    opinion = forms.ChoiceField(label=_("审计意见"), choices=OPINIONS, widget=forms.RadioSelect)
    doubted = forms.MultipleChoiceField(
        label=_("质疑哪些支出"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, entries: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["doubted"].choices = entries  # type: ignore[attr-defined]
        columns = [("title", _("发现的问题"), text(200)), ("cents", _("涉及金额（元）"), lambda: YuanField())]
        self.add_rows(Rows("findings", _("审计发现"), columns, 4))


class PaperForm(GroupedForm):
    """A paper of the project's file."""

    kind = forms.ChoiceField(label=_("是什么材料"))
    file = forms.FileField(label=_("文件"), help_text=_("PDF、Word、Excel 或照片；照片里的位置信息会去掉。"))

    def __init__(self, *args: Any, kinds: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class GateForm(GroupedForm):
    """Publishing at a gate; the amounts come from the accounts."""

    result = forms.CharField(label=_("实施结果（一句话）"), max_length=300, required=False)

    def __init__(self, *args: Any, asks_result: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not asks_result:
            del self.fields["result"]


class NoticeForm(GroupedForm):
    """A notice that calls for projects."""

    code = forms.SlugField(
        label=_("试点编号"), max_length=40, help_text=_("字母、数字和短横线，例如 pilot-2026。")
    )
    title = forms.CharField(label=_("通知名称"), max_length=200)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    batch = forms.IntegerField(label=_("批次"), min_value=1, max_value=99, required=False)
    quota = forms.IntegerField(
        label=_("名额（个项目）"), required=False, help_text=_("批复到名额用完为止；空着不限。")
    )
    fund = forms.ChoiceField(label=_("资金"))
    apply_until = DayField(label=_("申报截止"), required=False)

    def __init__(self, *args: Any, funds: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["fund"].choices = funds  # type: ignore[attr-defined]


class ApplyForm(GroupedForm):
    """A project application (立项申请书)."""

    name = forms.CharField(label=_("项目名称"), max_length=120)
    code = forms.SlugField(label=_("项目编码"), max_length=40, required=False)
    purpose = forms.CharField(label=_("为了什么"), widget=forms.Textarea, max_length=1000)
    need = forms.CharField(
        label=_("需求从哪里来"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("调查、议事、走访看到的情况。"),
    )
    content = forms.CharField(label=_("做什么"), widget=forms.Textarea, max_length=2000)
    general_goals = forms.CharField(
        label=_("总目标"), widget=forms.Textarea, max_length=2000, help_text=_("一行一个。")
    )
    yearly_goal = forms.CharField(
        label=_("年度目标"),
        widget=forms.Textarea,
        max_length=1000,
        help_text=_("写数字：做多少、给谁、到什么程度。"),
    )
    themes = forms.CharField(
        label=_("试点主题"), widget=forms.Textarea, max_length=500, required=False, help_text=_("一行一个。")
    )
    starts_on = DayField(label=_("开始"))
    ends_on = DayField(label=_("结束"))
    beneficiaries = forms.IntegerField(label=_("受益人数"), min_value=0, required=False)
    risks = forms.CharField(label=_("风险和对策"), widget=forms.Textarea, max_length=1000, required=False)
    upkeep = forms.CharField(label=_("建成后谁管护"), widget=forms.Textarea, max_length=1000, required=False)

    def __init__(
        self, *args: Any, purposes: Choices, funds: Choices, levels: Choices, papers: Choices, known: Mapping[str, Any] | None = None, must_bring: bool = False,
        **given: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **given)
        facts = known or {}
        line = [("title", _("科目"), text()), ("purpose", _("用途"), choice([("", _("请选择")), *purposes])),
                ("cents", _("金额（元）"), lambda: YuanField()), ("basis", _("怎么算出来的"), text(200))]  # fmt: skip
        source = [("fund", _("资金"), choice(funds)), ("level", _("哪一级给"), choice(levels)),
                  ("cents", _("金额（元）"), lambda: YuanField())]  # fmt: skip
        hint = _("科目合计和来源合计要相等。用途不能是资金不得开支的事。")
        self.add_rows(Rows("lines", _("预算明细"), line, 6, hint, facts.get("lines", ())))
        self.add_rows(Rows("sources", _("资金来源"), source, 2, "", facts.get("sources", ())))
        self.papers = [code for code, _title in papers]
        for code, title in papers:
            self.fields[f"paper_{code}"] = forms.FileField(label=title, required=must_bring)
