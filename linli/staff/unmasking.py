"""Asking for whole numbers: the reasons there are, and the form that takes one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.saying import DeskForm

REASONS = [
    ("verify", _("当面或电话核对身份")),
    ("contact", _("办件要联系本人")),
    ("visit", _("入户走访")),
    ("emergency", _("紧急情况")),
    ("legal", _("依法查询（有函）")),
]


class UnmaskForm(DeskForm):
    """Opening the whole numbers, with the reason."""

    reason = forms.ChoiceField(label=_("为什么要看完整号码"), choices=REASONS, widget=forms.RadioSelect)
