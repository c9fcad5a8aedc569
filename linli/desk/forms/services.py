"""Forms of service items at the desk: accept, tell, visit, decide, pay, issue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.acting import CaseForm

WORDS = {"widget": forms.Textarea, "max_length": 2000}


class OpinionForm(CaseForm):
    """An act that needs nothing but perhaps a remark."""

    opinion = forms.CharField(label=_("说明"), required=False, **WORDS)  # type: ignore[arg-type]


class SupplementForm(CaseForm):
    """What is missing, told once and completely."""

    missing = forms.MultipleChoiceField(label=_("缺哪些材料"), widget=forms.CheckboxSelectMultiple)
    opinion = forms.CharField(
        label=_("怎么补、到哪里开"),
        required=False,
        help_text=_("申请人会原样看到。"),
        **WORDS,  # type: ignore[arg-type]
    )
    new_fact = forms.CharField(
        label=_("再次告知的新情况"),
        required=False,
        max_length=200,
        help_text=_("已经告知过一次的，必须写明出现了什么新情况。"),
    )

    def __init__(self, *args: Any, materials: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["missing"].choices = materials  # type: ignore[attr-defined]


class SupplyForm(CaseForm):
    """Papers handed in at the counter: one file a material that was told."""

    def __init__(self, *args: Any, materials: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        for code, name in materials:
            self.fields[f"paper_{code}"] = forms.FileField(label=name)


class VisitForm(CaseForm):
    """A visit to the home: who went, what was seen, whether it agrees."""

    visitors = forms.CharField(
        label=_("去了哪几个人"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一个姓名。")
    )
    found = forms.CharField(label=_("看到的情况"), help_text=_("写看到的、问到的事实，不写评价。"), **WORDS)  # type: ignore[arg-type]
    agrees = forms.ChoiceField(
        label=_("和申请说的一致吗"),
        choices=[("yes", _("一致")), ("no", _("不一致"))],
        widget=forms.RadioSelect,
    )
    neighbours_asked = forms.IntegerField(label=_("问了几户邻居"), min_value=0, max_value=99, initial=0)
    photo = forms.FileField(label=_("现场照片"), required=False)


class GrantForm(CaseForm):
    """The sum in yuan and the reason class that is published."""

    amount = forms.CharField(label=_("金额（元）"), max_length=20, help_text=_("例如 2000 或 2000.50。"))
    reason_class = forms.ChoiceField(
        label=_("公示的困难类别"), required=False, help_text=_("公示只写类别，不写具体情况。")
    )
    opinion = forms.CharField(label=_("审批意见"), required=False, help_text=_("申请人看得到。"), **WORDS)  # type: ignore[arg-type]

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason_class"].choices = [("", "—"), *reasons]  # type: ignore[attr-defined]
        if not reasons:
            del self.fields["reason_class"]


class RefuseForm(CaseForm):
    """A refusal with its reason."""

    opinion = forms.CharField(
        label=_("理由"),
        help_text=_("写明事实和依据的条款。申请人会原样看到，后面自动加上救济途径。"),
        **WORDS,  # type: ignore[arg-type]
    )


class PayForm(CaseForm):
    """A payment made: sum, day, the payer's reference."""

    amount = forms.CharField(label=_("发放金额（元）"), max_length=20)
    paid_on = forms.DateField(
        label=_("发放日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(label=_("支付凭证号"), max_length=60)


class ProofForm(CaseForm):
    """How the fact to be proven is known."""

    opinion = forms.CharField(
        label=_("怎么核实的"),
        help_text=_("例如：查登记、上门看过、两名网格员证实。"),
        **WORDS,  # type: ignore[arg-type]
    )


class CardForm(CaseForm):
    """Issuing a library card; a guardian's word for children."""

    guardian_agreed = forms.BooleanField(label=_("未满年龄的，监护人已经同意"), required=False)


class HandOverForm(CaseForm):
    """Handing on: to which body, with what remark."""

    to = forms.ChoiceField(label=_("交给"))
    opinion = forms.CharField(label=_("交接说明"), required=False, **WORDS)  # type: ignore[arg-type]

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"].choices = bodies  # type: ignore[attr-defined]


class CancelForm(CaseForm):
    """Cancelling a booking: staff say why."""

    opinion = forms.CharField(label=_("取消的理由"), help_text=_("预约人会看到。"), **WORDS)  # type: ignore[arg-type]
