"""Forms of grievances at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.acting import CaseForm
from linli.desk.saying import DeskForm
from linli.desk.words import GRADES, NATURES

YES_NO = [("yes", _("是")), ("no", _("否"))]
WAYS = [("phone", _("电话")), ("home", _("上门")), ("counter", _("到站当面"))]


class DispatchForm(CaseForm):
    """What the handling body should know."""

    opinion = forms.CharField(label=_("派办说明"), widget=forms.Textarea, max_length=2000, required=False)


class ReplyForm(CaseForm):
    """The answer, in words for the resident."""

    opinion = forms.CharField(
        label=_("答复内容"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("写清楚做了什么、结果怎样、还要等多久。居民会原样看到。"),
    )


class RevisitForm(CaseForm):
    """A call back: was the person reached, is it resolved, is the person satisfied."""

    was_reached = forms.ChoiceField(label=_("联系到本人了吗"), choices=YES_NO, widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("怎么联系的"), choices=WAYS, widget=forms.RadioSelect, initial="phone"
    )
    is_resolved = forms.ChoiceField(
        label=_("问题解决了吗（照本人说的记）"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    is_satisfied = forms.ChoiceField(
        label=_("对办理满意吗（照本人说的记）"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )


class ReopeningForm(CaseForm):
    """The answer to a request to reopen."""

    decision = forms.ChoiceField(
        label=_("怎么处理"),
        choices=[("reopen", _("同意重办，退回重新派办")), ("close", _("说明理由后办结"))],
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=2000, required=False)


class ReleaseForm(CaseForm):
    """An answer written for everybody."""

    text = forms.CharField(
        label=_("公开的答复"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("重新写一遍给大家看：不写姓名、电话、门牌、身份证号，不照搬来信。"),
    )
    checked = forms.BooleanField(label=_("我已核对：从文字里认不出是谁提的"))


class GrievanceForm(DeskForm):
    """A grievance told by phone or at the counter, entered by staff."""

    channel = forms.ChoiceField(
        label=_("从哪里来"),
        choices=[
            ("phone", _("电话")),
            ("counter", _("窗口")),
            ("grid", _("网格上报")),
            ("hotline", _("热线转办")),
        ],
        widget=forms.RadioSelect,
        initial="phone",
    )
    nature = forms.ChoiceField(
        label=_("性质"), choices=list(NATURES.items()), widget=forms.RadioSelect, initial="help"
    )
    text = forms.CharField(
        label=_("说了什么"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("用来电人自己的话，边听边记。"),
    )
    class_code = forms.ChoiceField(
        label=_("分类"), required=False, help_text=_("先不选也可以：系统会照内容建议分类。")
    )
    grade = forms.ChoiceField(
        label=_("缓急"), choices=list(GRADES.items()), widget=forms.RadioSelect, initial="ordinary"
    )
    building = forms.ChoiceField(label=_("楼栋"), required=False)
    spot = forms.CharField(label=_("具体位置"), max_length=80, required=False)
    is_anonymous = forms.BooleanField(label=_("要求对承办单位匿名"), required=False)
    photo = forms.FileField(label=_("照片"), required=False)

    def __init__(
        self,
        *args: Any,
        classes: list[tuple[str, str]],
        buildings: list[tuple[str, str]],
        is_known: bool,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.fields["class_code"].choices = [("", _("请系统建议")), *classes]  # type: ignore[attr-defined]
        self.fields["building"].choices = [("", _("不在楼里或不清楚")), *buildings]  # type: ignore[attr-defined]
        if not is_known:
            del self.fields["is_anonymous"]
