"""The form of a booking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desk.saying import DeskForm

TIME = forms.TimeInput(attrs={"type": "time"})


class BookingForm(DeskForm):
    """Which room, when, for what, for how many."""

    facility = forms.ChoiceField(label=_("哪个场地"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    from_time = forms.TimeField(label=_("从"), widget=TIME)
    until_time = forms.TimeField(label=_("到"), widget=TIME)
    purpose = forms.CharField(label=_("用来做什么"), max_length=120)
    people = forms.IntegerField(label=_("大约几个人"), min_value=1, max_value=2000)
    read_back = forms.BooleanField(label=_("已逐项念给本人听，本人确认无误"))

    def __init__(self, *args: Any, rooms: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["facility"].choices = rooms  # type: ignore[attr-defined]
