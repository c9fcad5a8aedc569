"""Forms of goals and evaluations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.forms.rows import DayField, GroupedForm

Choices = Sequence[tuple[str, Any]]
KINDS = [
    ("self", _("单位自评")),
    ("department", _("部门评价")),
    ("finance", _("财政评价")),
    ("third_party", _("第三方评价")),
    ("residents", _("居民评议")),
]
GOAL_KINDS = [
    ("output", _("产出")),
    ("benefit", _("效益")),
    ("satisfaction", _("满意度")),
    ("cost", _("成本")),
]
OPERATORS = [(">=", "≥"), ("<=", "≤"), (">", "＞"), ("<", "＜"), ("=", "＝")]


class OpenForm(GroupedForm):
    """What is evaluated, under which frame, by which kind of evaluation."""

    kind = forms.ChoiceField(label=_("哪一种评价"), choices=KINDS, widget=forms.RadioSelect)
    frame = forms.ChoiceField(label=_("指标体系"))
    first = DayField(label=_("评价期首日"))
    last = DayField(label=_("评价期末日"))
    due_on = DayField(label=_("交卷截止"), help_text=_("到这一天以前，各方互相看不到对方的评价。"))
    uses_goals = forms.BooleanField(label=_("按批复的绩效目标评"), required=False)

    def __init__(self, *args: Any, frames: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["frame"].choices = frames  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The span is in order."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", forms.ValidationError(_("末日不能早于首日。")))
        return given


class ValueForm(GroupedForm):
    """A typed value with the papers of the period that prove it, one field per kind of paper asked for."""

    value = forms.DecimalField(label=_("数值"), max_digits=18, decimal_places=6, required=False)
    period_from = DayField(label=_("材料说的是从哪天"))
    period_to = DayField(label=_("到哪天"), help_text=_("不在评价期内的材料留着，但不算证明。"))

    def __init__(self, *args: Any, kinds: Sequence[str], unit: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["value"].label = _("数值（%(unit)s）") % {"unit": unit}
        self.kinds = list(kinds)
        for at, kind in enumerate(kinds):
            self.fields[f"paper_{at}"] = forms.FileField(label=kind, required=False)


class SurveyForm(ValueForm):
    """A surveyed value: how many answered, how sure it is, how it was reckoned."""

    answers = forms.IntegerField(label=_("有效答卷"), min_value=1)
    margin = forms.DecimalField(label=_("误差（正负多少）"), min_value=0, max_digits=18, decimal_places=6)
    formula = forms.CharField(label=_("怎么算的"), max_length=200)
    weighting = forms.CharField(label=_("怎么加权"), max_length=200)


class ReasonForm(GroupedForm):
    """Why an indicator does not apply."""

    reason = forms.CharField(label=_("为什么不适用"), widget=forms.Textarea, max_length=500)


class ClaimForm(GroupedForm):
    """Points that a paper claims."""

    part = forms.ChoiceField(label=_("哪一部分"), required=False)
    points = forms.DecimalField(label=_("自报多少分"), min_value=0, max_digits=5, decimal_places=2)
    source = forms.CharField(label=_("出处"), max_length=300, help_text=_("哪份材料、哪一段。"))

    def __init__(self, *args: Any, parts: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]


class FindingForm(GroupedForm):
    """A good practice, a problem, or advice on a problem."""

    kind = forms.ChoiceField(
        label=_("写什么"),
        choices=[("practice", _("经验")), ("problem", _("问题")), ("advice", _("建议"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("内容"), widget=forms.Textarea, max_length=1000)
    indicator = forms.ChoiceField(label=_("说的是哪个指标"), required=False)
    answers = forms.ChoiceField(label=_("建议针对哪个问题"), required=False)

    def __init__(self, *args: Any, indicators: Choices, problems: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["indicator"].choices = [("", _("不限")), *indicators]  # type: ignore[attr-defined]
        self.fields["answers"].choices = [("", "—"), *problems]  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """One declared indicator as typed."""

    text = forms.CharField(label=_("目标（写清做什么）"), max_length=300)
    code = forms.ChoiceField(label=_("对应指标"))
    kind = forms.ChoiceField(label=_("类别"), choices=GOAL_KINDS)
    operator = forms.ChoiceField(label=_("比较"), choices=OPERATORS)
    value = forms.DecimalField(label=_("目标值"), max_digits=18, decimal_places=6, required=False)
    unit = forms.CharField(label=_("单位"), max_length=40, required=False)
    weight = forms.DecimalField(label=_("分值"), min_value=0, max_value=100, max_digits=5, decimal_places=2)
    last_actual = forms.DecimalField(label=_("上年实际"), max_digits=18, decimal_places=6, required=False)
    evidence_source = forms.CharField(label=_("数据和佐证从哪里来"), max_length=300, required=False)
    survey_plan = forms.CharField(
        label=_("满意度调查方案（对象、样本、方法、时间）"), max_length=300, required=False
    )

    def __init__(self, *args: Any, codes: Choices, **given: Any) -> None:
        given.setdefault("label_suffix", "")
        super().__init__(*args, **given)
        known = [code for code, _title in codes]
        current = str(self.data.get(self.add_prefix("code")) or self.initial.get("code") or "")
        own = [] if not current or current in known else [(current, _("自己写的指标"))]
        self.fields["code"].choices = [*codes, *own]  # type: ignore[attr-defined]
