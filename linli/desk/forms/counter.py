"""The form of a service item, made from its sheet, and the step of reading it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.saying import DeskForm, lang
from linli.services.declared import BlockedProof, Question, ServiceItem

CONDITION = "condition_"
PAPER = "paper_"
YES_NO = [("yes", _("是")), ("no", _("否"))]
PRIVATE = {"data-private": "", "autocomplete": "off"}


def _field(question: Question) -> forms.Field:
    """One question as a field. Everything is checked by the room (``read_answers``); here it is only drawn."""
    label, hint = str(question.label.text(lang())), str(question.help.text(lang()) or "")
    given: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    if question.kind == "choice":
        choices = [(one.code, str(one.name.text(lang()))) for one in question.choices]
        if len(choices) > 6:
            return forms.ChoiceField(choices=[("", _("请选择")), *choices], **given)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    attrs = dict(PRIVATE) if question.is_sealed or question.data_class == "P3" else {}
    if question.kind == "date":
        return forms.CharField(
            widget=forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d"), **given
        )
    if question.kind in ("number", "money"):
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal", **attrs}), **given)
    if question.kind == "text" and question.longest > 200:
        return forms.CharField(widget=forms.Textarea(attrs=attrs), **given)
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **given)


class ItemForm(DeskForm):
    """Conditions, the questions by groups, urgency, and the helper who applies for somebody else."""

    def __init__(self, *args: Any, sheet: ServiceItem, **given: Any) -> None:
        super().__init__(*args, **given)
        self.sheet = sheet
        for condition in sheet.conditions:
            self.fields[CONDITION + condition.code] = forms.ChoiceField(
                label=str(condition.question.text(lang())), choices=YES_NO, widget=forms.RadioSelect
            )
        for question in sheet.questions():
            if question.kind != "file":
                self.fields[question.code] = _field(question)
        if sheet.blocked:
            self._offer_blocked()
        if sheet.urgent is not None:
            self.fields["urgent"] = forms.BooleanField(label=_("急难：先救助，手续后补"), required=False)
        if sheet.agent_service:
            self.fields["agent"] = forms.CharField(
                label=_("代办人的电话或身份证号"), required=False, max_length=20, widget=forms.TextInput(attrs=PRIVATE),
                help_text=_("本人来办的不用填。代办人要先登记。"),
            )  # fmt: skip
            self.fields["mandate"] = forms.ChoiceField(
                label=_("委托方式"), required=False, widget=forms.RadioSelect,
                choices=[("written", _("书面委托")), ("recorded", _("录音录像委托"))],
            )  # fmt: skip

    def _offer_blocked(self) -> None:
        """A proof that may not be issued can be chosen too, so that the right door is told and the burden counted."""
        more = [(one.code, f"{one.name.text(lang())}{_('（不能开）')}") for one in self.sheet.blocked]
        old = self.fields["proof_kind"]
        choices = [("", _("请选择")), *list(getattr(old, "choices", ())), *more]
        self.fields["proof_kind"] = forms.ChoiceField(label=old.label, choices=choices, required=False)

    @property
    def blocked(self) -> BlockedProof | None:
        """The proof chosen, where it is one that may not be issued."""
        chosen = self.data.get("proof_kind", "") if self.is_bound else ""
        return next((one for one in self.sheet.blocked if one.code == chosen), None)

    def clean(self) -> dict[str, Any]:
        """A helper needs a mandate; a blocked proof goes no further."""
        given = super().clean() or {}
        if given.get("agent") and not given.get("mandate"):
            self.add_error("mandate", str(_("代办要有委托。")))
        if self.blocked:
            said = _("不由居委会出具，请到：%(department)s。")
            self.add_error("proof_kind", str(said) % {"department": self.blocked.department.text(lang())})
        return given

    def answers(self) -> dict[str, str]:
        """What was typed, by question code; empty answers are left out."""
        codes = [question.code for question in self.sheet.questions() if question.kind != "file"]
        return {code: str(self.data[code]).strip() for code in codes if str(self.data.get(code, "")).strip()}

    def conditions(self) -> dict[str, bool]:
        """The pre-check's answers."""
        found = {one.code: self.data.get(CONDITION + one.code) for one in self.sheet.conditions}
        return {code: value == "yes" for code, value in found.items() if value}

    def name_of(self, code: str) -> str:
        """The form's name of a question or condition."""
        return code if code in self.fields else CONDITION + code

    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, bool]]]]:
        """The fields under their headings, each with whether it may stay empty."""
        found = []
        if self.sheet.conditions:
            found.append(
                (str(_("先问几句")), [(self[CONDITION + one.code], False) for one in self.sheet.conditions])
            )
        for group in self.sheet.groups:
            bound = [(self[one.code], not one.required) for one in group.questions if one.kind != "file"]
            found.append((str(group.title.text(lang())), bound))
        rest = [(self[name], True) for name in ("urgent", "agent", "mandate") if name in self.fields]
        if rest:
            found.append((str(_("怎么办")), rest))
        return [one for one in found if one[1]]


class ReadBackForm(DeskForm):
    """The last step: papers, where it is done, consent, and that it was read back."""

    channel = forms.ChoiceField(label=_("在哪里办的"), widget=forms.RadioSelect)
    consent = forms.BooleanField(label=_("本人听完说明，同意这样使用信息"))
    read_back = forms.BooleanField(label=_("已逐项念给本人听，本人确认无误"))

    def __init__(self, *args: Any, sheet: ServiceItem, **given: Any) -> None:
        super().__init__(*args, **given)
        words = {"counter": _("窗口"), "phone": _("电话"), "home": _("上门")}
        offered = [(code, words[code]) for code in words if code in sheet.channels]
        self.fields["channel"].choices = offered  # type: ignore[attr-defined]
        self.fields["channel"].initial = "counter"
        self.materials = {PAPER + one.code: one for one in sheet.materials if one.source == "applicant"}
        asked = {PAPER + one.code for one in sheet.questions() if one.kind == "file" and one.required}
        for name, material in self.materials.items():
            words_of = str(material.name.text(lang()))
            hint = _("可以后补") if material.tolerant else _("没带来的，受理时一次性告知")
            self.fields[name] = forms.FileField(label=words_of, required=name in asked, help_text=hint)

    def papers(self) -> list[tuple[str, Any]]:
        """Material codes with the files handed in."""
        return [
            (one.code, self.cleaned_data[name])
            for name, one in self.materials.items()
            if self.cleaned_data.get(name)
        ]
