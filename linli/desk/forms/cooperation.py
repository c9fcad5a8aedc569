"""Forms of several bodies at one matter, of extensions, whistles and tasks from above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.staff.acting import CaseForm
from linli.staff.saying import DeskForm

Choices = Sequence[tuple[str, str]]
LONGEST = 2000


def _words(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea, max_length=LONGEST, **given)


class LinkForm(CaseForm):
    """What is asked of the bodies, and who of them is not needed this time."""

    question = _words(_("请他们办什么"), help_text=_("每家单位都看得到；不要写姓名、电话、住址。"))
    leave_out = forms.MultipleChoiceField(
        label=_("这次不请"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["leave_out"].choices = bodies  # type: ignore[attr-defined]
        if not bodies:
            del self.fields["leave_out"]


class WordsForm(CaseForm):
    """A reason, where one is needed."""

    opinion = _words(_("理由"))

    def __init__(self, *args: Any, required: bool = True, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["opinion"].required = required


class ReasonForm(WordsForm):
    """A reason chosen from a list, and words to it."""

    reason = forms.ChoiceField(label=_("属于哪一种情况"), widget=forms.RadioSelect)
    field_order = ("reason", "opinion")

    def __init__(self, *args: Any, reasons: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class DecisionForm(WordsForm):
    """The street's decision; another body may be named where the asked one is released."""

    other = forms.ChoiceField(label=_("改由谁办"), required=False)
    field_order = ("opinion", "other")

    def __init__(self, *args: Any, posts: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["other"].choices = [("", _("不再请别人")), *posts]  # type: ignore[attr-defined]
        if not posts:
            del self.fields["other"]


class FigureForm(WordsForm):
    """A rating chosen from a few."""

    figure = forms.TypedChoiceField(label=_("评价"), coerce=int, widget=forms.RadioSelect)
    field_order = ("figure", "opinion")

    def __init__(self, *args: Any, figures: Choices, **given: Any) -> None:
        super().__init__(*args, required=False, **given)
        self.fields["opinion"].label = _("补充说明")
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]


class ExtensionForm(WordsForm):
    """How many more days, and why."""

    days = forms.IntegerField(label=_("延长几天"), min_value=1)
    field_order = ("days", "opinion")

    def __init__(self, *args: Any, most: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["days"].max_value = most  # type: ignore[attr-defined]
        self.fields["days"].widget.attrs["max"] = most
        self.fields["days"].help_text = _("最多%(most)s天") % {"most": most}


class ExtensionDecisionForm(WordsForm):
    """Granted or not; a refusal says why."""

    grant = forms.TypedChoiceField(
        label=_("决定"), coerce=lambda word: word == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("同意延期")), ("no", _("不同意延期"))],
    )  # fmt: skip
    field_order = ("grant", "opinion")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, required=False, **given)
        self.fields["opinion"].help_text = _("不同意要写明理由。")


class QuestionForm(CaseForm):
    """What an outside body is asked; it sees nothing else."""

    question = _words(
        _("问外单位什么"), help_text=_("外单位只看得到这一段和事情的名称；不要写任何人的个人信息。")
    )


class WhistleForm(DeskForm):
    """A whistle: what, where, who is called."""

    community = forms.ChoiceField(label=_("在哪个社区"))
    title = forms.CharField(label=_("什么事"), max_length=60)
    question = _words(_("请各单位办什么"))
    posts = forms.MultipleChoiceField(
        label=_("召集哪些单位"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, communities: Choices, posts: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["community"].choices = communities  # type: ignore[attr-defined]
        self.fields["posts"].choices = posts  # type: ignore[attr-defined]


class TaskForm(DeskForm):
    """A task for a community: nothing may be left out."""

    community = forms.ChoiceField(label=_("交给哪个社区"))
    title = forms.CharField(label=_("任务名称"), max_length=60)
    words = _words(_("要做什么"))
    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("法律法规或者文件的名称、文号、条款。")
    )
    duty = forms.ChoiceField(label=_("清单条目"), required=False)
    cost = forms.DecimalField(
        label=_("经费（元）"), min_value=0, max_digits=12, decimal_places=2, help_text=_("不用花钱就写 0。")
    )
    paid_by = forms.CharField(label=_("谁出钱"), max_length=60)
    wanted_by = forms.DateField(label=_("什么时候完成"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, communities: Choices, duties: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["community"].choices = communities  # type: ignore[attr-defined]
        self.fields["duty"].choices = [("", _("不在清单里")), *duties]  # type: ignore[attr-defined]
