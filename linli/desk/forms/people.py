"""Forms of the register and the counter's first steps."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.saying import DeskForm

REASONS = [
    ("verify", _("当面或电话核对身份")),
    ("contact", _("办件要联系本人")),
    ("visit", _("入户走访")),
    ("emergency", _("紧急情况")),
    ("legal", _("依法查询（有函）")),
]


class FindForm(DeskForm):
    """Looking a resident up; posted, so that nothing typed stands in an address."""

    q = forms.CharField(
        label=_("姓名、电话或身份证号"),
        max_length=40,
        help_text=_("身份证号和电话按加密索引查，不会留在网址和日志里。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
    )


class PersonForm(DeskForm):
    """Entering a resident who is not in the register."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    identity = forms.CharField(
        label=_("身份证号"), max_length=18, required=False, widget=forms.TextInput(attrs={"data-private": "", "autocomplete": "off"}),
        help_text=_("加密保存；出生日期和性别由号码得出。没有带证可以先空着。"),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"data-private": "", "inputmode": "tel"}),
    )
    address = forms.CharField(label=_("住址"), max_length=120, required=False)


class UnmaskForm(DeskForm):
    """Opening the whole numbers, with the reason."""

    reason = forms.ChoiceField(label=_("为什么要看完整号码"), choices=REASONS, widget=forms.RadioSelect)
