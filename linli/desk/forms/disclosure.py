"""Forms of disclosure: a publication from its catalogue sheet, taking down, correcting, answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.saying import DeskForm, lang
from linli.disclosure.declared import DisclosureItem, Shown
from linli.ground.money import parse_yuan
from linli.ground.said import Said

GROUNDS = [
    ("over", _("公示期满")),
    ("privacy", _("涉及隐私")),
    ("ordered", _("上级要求")),
    ("mistake", _("内容有误")),
]
OUTCOMES = [("upheld", _("异议成立")), ("partly", _("部分成立")), ("dismissed", _("异议不成立"))]
FACT = "fact_"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _field(fact: Shown) -> forms.Field:
    given: dict[str, Any] = {"label": str(fact.label.text(lang())), "required": fact.required}
    if fact.how == "choice":
        return forms.ChoiceField(
            choices=[("", _("请选择")), *((one.code, str(one.name.text(lang()))) for one in fact.choices)],
            **given,
        )
    if fact.how == "count":
        return forms.IntegerField(min_value=0, **given)
    if fact.how == "day":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)
    hints = {"name": _("公示时自动隐去名字"), "address": _("公示时只写到楼栋"), "money": _("单位：元")}
    if fact.how == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, **given)
    return forms.CharField(max_length=200, help_text=hints.get(fact.how, ""), **given)


class PublishForm(DeskForm):
    """What is shown, under an item of the catalogue, from when to when; seen as it will hang before it is signed."""

    title = forms.CharField(label=_("标题"), max_length=120)
    event_on = forms.DateField(label=_("决定或事实发生的日期"), widget=DAY)
    until_on = forms.DateField(
        label=_("公示到哪天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=_("不填就是规定的最短天数。"),
    )
    board = forms.CharField(label=_("还贴在哪里"), max_length=120, required=False)

    def __init__(self, *args: Any, item: DisclosureItem, with_reason: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.item = item
        for fact in item.shows:
            self.fields[FACT + fact.code] = _field(fact)
        if item.category != "assistance":
            self.fields["lead"] = forms.CharField(
                label=_("开头说明"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False
            )
        if with_reason:
            self.fields["why"] = forms.CharField(label=_("更正了什么、为什么"), max_length=200)
        order = [
            "once",
            "why",
            "title",
            "lead",
            *(FACT + fact.code for fact in item.shows),
            "event_on",
            "until_on",
            "board",
        ]
        self.order_fields(order)

    def facts(self) -> dict[str, object]:
        """The facts in the shapes the room takes: fen, days, counts, texts."""
        found: dict[str, object] = {}
        for fact in self.item.shows:
            value = self.cleaned_data.get(FACT + fact.code)
            if value in (None, ""):
                continue
            found[fact.code] = self._money(fact.code, str(value)) if fact.how == "money" else value
        return found

    def _money(self, code: str, text: str) -> int:
        try:
            return parse_yuan(text)
        except Said as fault:
            fault.field = FACT + code
            raise


class TakeDownForm(DeskForm):
    """Why a publication comes down."""

    ground = forms.ChoiceField(label=_("为什么撤下"), choices=GROUNDS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("说明"), max_length=200, help_text=_("所有人看得到。"))


class AnswerForm(DeskForm):
    """The answer to an objection; it is shown with the publication."""

    outcome = forms.ChoiceField(label=_("结论"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("答复和理由"), widget=forms.Textarea, max_length=2000, help_text=_("和公示一起公开。")
    )
