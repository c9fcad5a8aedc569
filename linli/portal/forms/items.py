"""A form made from the sheet of a service item: one Django form for each group of questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground import masking
from linli.look.templatetags.linli import both
from linli.services.declared import Question, ServiceItem

FEW = 6
LINE = 120
INPUTS: dict[str, dict[str, str]] = {
    "number": {"inputmode": "numeric", "autocomplete": "off"},
    "money": {"inputmode": "decimal", "autocomplete": "off"},
    "phone": {"inputmode": "tel", "autocomplete": "tel", "data-private": ""},
    "identity": {
        "autocomplete": "off",
        "spellcheck": "false",
        "autocapitalize": "characters",
        "data-private": "",
    },
}


class Group(forms.Form):
    """The questions of one group. Whether answers are right is asked of the room (``services.answering``)."""

    def __init__(
        self,
        questions: tuple[Question, ...],
        *args: Any,
        known: Mapping[str, str],
        persons: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.questions = {question.code: question for question in questions if question.kind != "file"}
        for code, question in self.questions.items():
            self.fields[code] = _field(question, known.get(code, ""), persons)

    def rows(self) -> list[dict[str, Any]]:
        """Bound fields with whether they may stay empty."""
        return [{"bound": self[code], "optional": not q.required} for code, q in self.questions.items()]


def _field(question: Question, kept: str, persons: list[tuple[str, str]]) -> forms.Field:
    """One question as a field. ``kept`` is a sealed answer that is known already: shown masked, never sent out."""
    given: dict[str, Any] = {
        "label": both(question.label),
        "required": False,
        "help_text": _help(question, kept),
    }
    if question.kind == "person":
        return forms.ChoiceField(choices=[("", _("请选择")), *persons], **given)
    if question.kind == "choice":
        choices = [(choice.code, both(choice.name)) for choice in question.choices]
        if len(choices) > FEW:
            return forms.ChoiceField(choices=[("", _("请选择")), *choices], **given)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    return forms.CharField(widget=_widget(question, kept), **given)


def _widget(question: Question, kept: str) -> forms.Widget:
    attrs = dict(INPUTS.get(question.kind, {}))
    if question.required and not kept:
        attrs["aria-required"] = "true"
    if question.is_sealed:
        attrs |= {"data-private": "", "autocomplete": "off"}
    if question.kind == "date":
        return forms.DateInput(attrs={"type": "date", **attrs})
    if question.kind == "text" and question.longest > LINE:
        return forms.Textarea(attrs=attrs)
    return forms.TextInput(attrs=attrs)


def _help(question: Question, kept: str) -> str:
    said = [both(question.help)]
    if question.kind == "money" and "元" not in question.label.zh:
        said.append(_("单位：元。"))
    if kept:
        said.append(_("已有：%(masked)s。没有变就不用填。") % {"masked": masked(question, kept)})
    return " ".join(text for text in said if text)


def masked(question: Question, text: str) -> str:
    """A sealed answer as a page may show it."""
    if question.kind == "phone":
        return masking.phone(text)
    if question.kind == "identity":
        return masking.identity(text)
    return masking.bank(text)


class Sending(forms.Form):
    """The last page: photos of papers, consent, urgency. Photos are chosen here, since a browser cannot keep them."""

    def __init__(self, sheet: ServiceItem, *args: Any, asks_consent: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.papers = [material for material in sheet.materials if material.source == "applicant"]
        for material in self.papers:
            later = (
                _("现在没有可以以后补。")
                if material.tolerant
                else _("现在没有也能先交，社区会一次告诉您要补什么。")
            )
            self.fields[f"paper_{material.code}"] = forms.FileField(
                label=both(material.name),
                required=False,
                help_text=" ".join(filter(None, [both(material.help), later])),
            )
        if sheet.urgent is not None:
            self.fields["urgent"] = forms.BooleanField(
                label=_("情况紧急，等不了：先救助，材料后补"), required=False
            )
        if asks_consent:
            self.fields["consent"] = forms.BooleanField(
                label=_("我同意为办这件事处理上面写明的敏感个人信息"),
                error_messages={"required": _("不同意就不能在网上交，可以到窗口当面办。")},
            )


class Supply(forms.Form):
    """Photos of the papers that were told to be handed in."""

    def __init__(self, sheet: ServiceItem, missing: list[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code in missing:
            material = sheet.material(code)
            self.fields[f"paper_{code}"] = forms.FileField(
                label=both(material.name),
                help_text=both(material.help),
                error_messages={"required": _("请选一张照片或文件。")},
            )


class Reason(forms.Form):
    """A few words that may accompany an act."""

    reason = forms.CharField(
        label=gettext_lazy("为什么（可以不写）"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
