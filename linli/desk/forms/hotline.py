"""Forms of the hotline's orders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.saying import DeskForm
from linli.staff.words import GRADES, NATURES


class BatchForm(DeskForm):
    """A file of orders, and what to do where rows are wrong."""

    file = forms.FileField(
        label=_("工单文件"), help_text=_("CSV（UTF-8或GB18030）或XLSX，一次最多2000行。先下载模板照着填。")
    )
    choice = forms.ChoiceField(
        label=_("有错的行怎么办"),
        choices=[("all", _("一行有错就都不导入，改好再来")), ("good", _("只导入没错的行，有错的列出来"))],
        widget=forms.RadioSelect, initial="all",
    )  # fmt: skip


class OrderForm(DeskForm):
    """One order, typed in."""

    number = forms.CharField(label=_("热线工单编号"), max_length=40)
    called_at = forms.DateTimeField(
        label=_("来电时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    due_at = forms.DateTimeField(
        label=_("热线要求的答复期限"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    text = forms.CharField(label=_("诉求内容"), widget=forms.Textarea, max_length=2000)
    class_code = forms.ChoiceField(label=_("分类"))
    nature = forms.ChoiceField(
        label=_("性质"), choices=list(NATURES.items()), widget=forms.RadioSelect, initial="help"
    )
    grade = forms.ChoiceField(
        label=_("缓急"), choices=list(GRADES.items()), widget=forms.RadioSelect, initial="ordinary"
    )
    building = forms.ChoiceField(label=_("楼栋"), required=False)
    spot = forms.CharField(label=_("具体位置"), max_length=80, required=False)
    caller = forms.CharField(label=_("来电人"), max_length=60, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)

    def __init__(
        self, *args: Any, classes: list[tuple[str, str]], buildings: list[str], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["class_code"].choices = classes  # type: ignore[attr-defined]
        self.fields["building"].choices = [("", _("不在楼里或不清楚")), *((name, name) for name in buildings)]  # type: ignore[attr-defined]
