"""Telling what is wrong: the words first, then what is suggested from them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NATURES = [
    ("help", _("求助：请帮我解决")), ("complaint", _("投诉：有人没做好")), ("consult", _("咨询：我想问问")),
    ("suggestion", _("建议：我有个主意")), ("report", _("举报：有人违规")),
]  # fmt: skip


class Telling(forms.Form):
    """The words alone: the first page."""

    text = forms.CharField(
        label=_("是什么事，在哪里"),
        min_length=4,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("像跟人说话一样写。比如：三号楼一单元楼道灯坏了三天，老人晚上不敢下楼。"),
        error_messages={
            "required": _("请写是什么事。"),
            "min_length": _("请多写几个字，让人知道是什么事、在哪里。"),
        },
    )


class Photos(forms.ClearableFileInput):
    """Several photos at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """A list of files; an empty one stays empty."""

    widget = Photos

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(PhotosField, self).clean(one, initial) for one in data or []]


class Grievance(Telling):
    """Everything about it; only the words and the class are needed."""

    class_code = forms.ChoiceField(
        label=_("属于哪一类"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一类，拿不准就选最像的。")},
    )
    nature = forms.ChoiceField(
        label=_("您想要什么"), choices=NATURES, initial="help", widget=forms.RadioSelect
    )
    building = forms.ChoiceField(label=_("哪栋楼"), required=False)
    spot = forms.CharField(
        label=_("具体位置"),
        required=False,
        max_length=80,
        help_text=_("比如：一单元三楼楼道、北门、小广场。"),
    )
    photos = PhotosField(
        label=_("照片"), required=False, help_text=_("最多3张。照片里的位置和手机信息会自动去掉。")
    )
    is_anonymous = forms.BooleanField(
        label=_("不让办理的人看到我的名字和电话"), required=False, help_text=_("您自己仍能查进度、收答复。")
    )

    def __init__(
        self, *args: Any, classes: list[tuple[str, str]], buildings: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (
            ("class_code", classes),
            ("building", [("", _("不在楼里或不清楚")), *buildings]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_photos(self) -> list[Any]:
        """At most three."""
        photos: list[Any] = self.cleaned_data["photos"]
        if len(photos) > 3:
            raise forms.ValidationError(_("最多选3张照片。"))
        return photos
