"""Forms of what may be done with a grievance beside answering: closing unasked, merging, redirecting, referring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.acting import CaseForm

CHANNELS = [("phone", _("电话")), ("counter", _("当面")), ("home", _("上门"))]
OUTCOMES = [
    ("helped", _("那边已经帮上")), ("under_way_there", _("那边还在办，过些天再问")), ("not_eligible", _("那边说不符合条件")),
    ("person_declined", _("本人不愿意了")),
]  # fmt: skip


class ReasonForm(CaseForm):
    """A reason that the person reads."""

    opinion = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=2000)


class ConfirmForm(CaseForm):
    """Nothing to write."""


class MergeForm(CaseForm):
    """Which matter it is the same as, and why."""

    kept = forms.ChoiceField(label=_("和哪一件一起办"), widget=forms.RadioSelect, required=False)
    number = forms.CharField(
        label=_("不在上面的，写编号"),
        max_length=24,
        required=False,
        help_text=_("只能是本社区还在办的诉求。"),
    )
    opinion = forms.CharField(
        label=_("为什么是同一件事"), widget=forms.Textarea, max_length=2000,
        help_text=_("被并的这件的提出人会看到，不要写别人的姓名。"),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        if choices:
            self.fields["kept"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        given = super().clean() or {}
        if not given.get("kept") and not given.get("number"):
            self.add_error("number", _("请选一件，或者写编号。"))
        return given


class RedirectForm(CaseForm):
    """Which channel, and what else the person should know."""

    channel = forms.ChoiceField(label=_("应走哪个渠道"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("另外要告诉本人的"), widget=forms.Textarea, max_length=1000, required=False,
        help_text=_("选“其他主管部门”时必填：哪个部门、怎么联系。"),
    )  # fmt: skip

    def __init__(self, *args: Any, channels: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]


class ReferForm(CaseForm):
    """Whereto, what for, and that the person agreed to the text read out."""

    kind = forms.ChoiceField(label=_("转介给谁"), widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("具体机构"), max_length=80, required=False, help_text=_("不填就是上面选的那一家。")
    )
    purpose = forms.CharField(label=_("为了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    channel = forms.ChoiceField(label=_("怎么征得同意的"), choices=CHANNELS, widget=forms.RadioSelect)
    has_consented = forms.BooleanField(label=_("告知内容已念给本人听，本人同意"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class FollowUpForm(CaseForm):
    """What came of a referral."""

    outcome = forms.ChoiceField(label=_("结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    words = forms.CharField(label=_("情况"), widget=forms.Textarea, max_length=1000)


class ReleasingForm(CaseForm):
    """The decision of the second post on a text for everybody."""

    decision = forms.ChoiceField(
        label=_("怎么处理"),
        choices=[("release", _("公开")), ("decline", _("不公开，退回重写"))],
        widget=forms.RadioSelect,
    )
    has_looked = forms.BooleanField(label=_("标出的地方已逐处看过，可以公开"), required=False)
    reason = forms.CharField(label=_("不公开的理由"), max_length=200, required=False)


class ReturnForm(CaseForm):
    """Why an order is not the community's."""

    opinion = forms.CharField(
        label=_("退回理由"),
        widget=forms.Textarea,
        max_length=300,
        help_text=_("写明不属于社区职责的依据，应由哪里办。"),
    )


class AnswerBackForm(CaseForm):
    """What the hotline above is told."""

    text = forms.CharField(label=_("回复热线的内容"), widget=forms.Textarea, max_length=2000)
