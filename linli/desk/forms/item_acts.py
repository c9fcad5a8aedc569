"""Forms of the acts of the service flows: done, sent to a department, agreed, checked, announced, reviewed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.acting import CaseForm

WORDS = {"widget": forms.Textarea, "max_length": 2000}


class SayForm(CaseForm):
    """An act with a remark that need not be written."""

    opinion = forms.CharField(label=_("说明"), required=False, **WORDS)  # type: ignore[arg-type]


class ResultForm(CaseForm):
    """An act whose words the applicant reads."""

    opinion = forms.CharField(label=_("结果或理由"), help_text=_("申请人会原样看到。"), **WORDS)  # type: ignore[arg-type]


class SendForm(CaseForm):
    """Handing a matter to a department outside."""

    to = forms.CharField(label=_("交给哪个部门"), max_length=120)
    number = forms.CharField(label=_("部门的收件号"), required=False, max_length=60)
    consent_told = forms.CharField(
        label=_("念给本人听的同意内容"),
        required=False,
        help_text=_("交出去的内容有敏感资料、本人还没有同意过的，念给本人听，同意了再写。"),
        **WORDS,  # type: ignore[arg-type]
    )


class NumberForm(CaseForm):
    """A result document by its number."""

    number = forms.CharField(label=_("结果文书编号"), max_length=60)
    opinion = forms.CharField(label=_("说明"), required=False, **WORDS)  # type: ignore[arg-type]


class AppointForm(CaseForm):
    """A day agreed, and who serves or where."""

    day = forms.DateField(
        label=_("约在哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    body = forms.CharField(label=_("由谁服务、在哪里"), max_length=120)
    opinion = forms.CharField(label=_("说明"), required=False, **WORDS)  # type: ignore[arg-type]


class MeansForm(CaseForm):
    """The report of a check of means."""

    outcome = forms.ChoiceField(
        label=_("核对结果"),
        choices=[("agrees", _("和申报一致")), ("differs", _("和申报不一致"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=_("核对报告编号"), max_length=60)
    opinion = forms.CharField(label=_("说明"), required=False, **WORDS)  # type: ignore[arg-type]


class AdjustForm(CaseForm):
    """The new monthly amount after a review."""

    amount = forms.CharField(label=_("调整后每月金额（元）"), max_length=20)
    opinion = forms.CharField(label=_("结果或理由"), help_text=_("申请人会原样看到。"), **WORDS)  # type: ignore[arg-type]


def form_for(verb: str) -> type[Any]:
    """The form of a verb; a remark where it needs nothing else."""
    return FORMS.get(verb.rpartition(".")[2], SayForm)


FORMS: dict[str, type[CaseForm]] = {
    "complete": ResultForm, "deliver": ResultForm, "turned_down": ResultForm, "send_off": SendForm,
    "bring_back": NumberForm, "appoint": AppointForm, "check_means": MeansForm, "adjust_benefit": AdjustForm,
    "continue_benefit": ResultForm, "stop_benefit": ResultForm, "give_back": CaseForm,
}  # fmt: skip
