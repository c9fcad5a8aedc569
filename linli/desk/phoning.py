"""A matter told by telephone: who calls, the number to call back (sealed), and what was heard is read back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.desk import telling
from linli.desk.forms.grievances import GrievanceForm
from linli.people.entering import enter_person
from linli.people.models import Person
from linli.people.sealing import normalised
from linli.staff import access, residents
from linli.staff.access import DeskRequest
from linli.trail.writing import note

UNNAMED = "来电人"


class PhoneForm(GrievanceForm):
    """What is asked while somebody is on the line."""

    caller = forms.CharField(label=_("来电人怎么称呼"), max_length=60, required=False)
    callback = forms.CharField(
        label=_("回电号码"),
        max_length=20,
        required=False,
        help_text=_("加密保存；凭编号和号码后四位可以自己查进度。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    read_back = forms.BooleanField(label=_("已把记下的内容念给来电人听，对方说没有错"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **{**given, "is_known": True})
        del self.fields["channel"]
        self.order_fields(["caller", "callback", "nature", "text"])

    def clean_callback(self) -> str:
        """Digits that can be a telephone number, or nothing."""
        number = normalised(self.cleaned_data["callback"])
        if number and not residents.is_phone(number):
            raise forms.ValidationError(_("这不像电话号码，请再核对一遍。"))
        return number

    def clean(self) -> dict[str, Any]:
        """The channel of such an entry is always the telephone."""
        return {**(super().clean() or self.cleaned_data), "channel": "phone"}


def call(request: DeskRequest) -> HttpResponse:
    """Enter what was told on the telephone; whoever leaves a number becomes the person of the matter."""
    by, community = access.require(request, "grievances.file"), access.home_community(request)

    def whom(given: dict[str, Any]) -> Person | None:
        facts = {"read_back": True, "callback": bool(given["callback"])}
        note(verb="grievances.read_back", kind="grievances.entry", key="phone", region=community.code, by=by,
             at=request.now, data_class="P2", facts=facts)  # fmt: skip
        if not given["callback"]:
            return None
        name = given["caller"].strip() or UNNAMED
        same = access.persons(request).filter(
            pk__in=Person.objects.with_phone(given["callback"]).values("pk")
        )
        known = same.filter(name=name).first() if given["caller"].strip() else None
        return known or enter_person(
            name=name, community=community, phone=given["callback"], by=by, at=request.now
        )

    return telling.entry(request, None, kind=PhoneForm, whom=whom, current="phone-entry")
