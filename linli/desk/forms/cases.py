"""Forms of plain moves and of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.procedures import Move
from linli.desk.acting import CaseForm


class MoveForm(CaseForm):
    """A plain move: the opinion as the sheet asks for it, and days where it extends the limit."""

    opinion = forms.CharField(label=_("意见"), widget=forms.Textarea, max_length=2000, required=False)

    def __init__(self, *args: Any, move: Move, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["opinion"].required = move.opinion == "required"
        if move.opinion == "none":
            del self.fields["opinion"]
        if move.effect == "extend":
            self.fields["days"] = forms.IntegerField(label=_("延长几天"), min_value=1, max_value=365)


class PaperForm(CaseForm):
    """A paper added to a case under a material's code."""

    kind = forms.ChoiceField(label=_("是什么材料"))
    file = forms.FileField(
        label=_("文件或照片"), help_text=_("照片、PDF、Word、Excel；照片里的位置信息会去掉。")
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
