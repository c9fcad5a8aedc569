"""Forms of screening for conflicts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.saying import DeskForm

Choices = list[tuple[str, str]]


class RoundForm(DeskForm):
    """Begin a round."""

    occasion = forms.CharField(
        label=_("专项名称"),
        max_length=60,
        required=False,
        help_text=_("每周例行的不填；节前、开学前等专项写名称。"),
    )


class SummaryForm(DeskForm):
    """End a round."""

    summary = forms.CharField(
        label=_("本轮情况"), widget=forms.Textarea, max_length=2000,
        help_text=_("走了哪些网格、楼栋，怎么了解的；没有发现也要写。"),
    )  # fmt: skip


class _Looked(DeskForm):
    criteria = forms.MultipleChoiceField(
        label=_("符合哪些情况（决定风险等级）"), widget=forms.CheckboxSelectMultiple, required=False
    )
    measures = forms.CharField(label=_("采取了什么措施"), widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, criteria: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["criteria"].choices = criteria  # type: ignore[attr-defined]


class ConflictForm(_Looked):
    """Enter a conflict."""

    kind = forms.ChoiceField(label=_("类别"))
    text = forms.CharField(
        label=_("什么矛盾"), widget=forms.Textarea, max_length=2000,
        help_text=_("写事情和程度，不写身份证号、电话。"),
    )  # fmt: skip
    parties = forms.IntegerField(label=_("牵涉几人"), min_value=2, max_value=9999, initial=2)
    owner_post = forms.ChoiceField(label=_("谁负责盯"))
    field_order = ("kind", "text", "parties", "criteria", "owner_post", "measures", "once")

    def __init__(self, *args: Any, kinds: Choices, posts: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["owner_post"].choices = posts  # type: ignore[attr-defined]


class LookForm(_Looked):
    """Look at a conflict again."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CloseForm(DeskForm):
    """Close a conflict."""

    closing = forms.CharField(label=_("怎么化解的，或者转到了哪里"), widget=forms.Textarea, max_length=2000)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
