"""Forms of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.forms.rows import GroupedForm


class ComposeForm(GroupedForm):
    """Which outline a report follows."""

    outline = forms.ChoiceField(label=_("提纲"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, outlines: Sequence[tuple[str, Any]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["outline"].choices = outlines  # type: ignore[attr-defined]


class ReviewForm(GroupedForm):
    """A paper that others wrote."""

    file = forms.FileField(
        label=_("自评报告或自评表"), help_text=_("Word、Excel、文本，或带文字的 PDF。看完就丢，不保存。")
    )


class ReleaseForm(GroupedForm):
    """Under which publication a report goes to everybody."""

    publication = forms.ChoiceField(label=_("放在哪一次公开下面"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, publications: Sequence[tuple[str, Any]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["publication"].choices = publications  # type: ignore[attr-defined]
