"""Progress without an account: the case number and the last four digits of the phone."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.models import Case
from linli.look.templatetags.linli import both
from linli.people.roles import role
from linli.portal import limiting, shell
from linli.portal.saying import page

MINUTES = 60
TRIES_PER_NUMBER, TRIES_PER_SENDER = 5, 20
# Matters that are restricted (P4) tell nothing to somebody who only knows a number and a phone.
SHOWN_CLASSES = ("P1", "P2", "P3")


class Query(forms.Form):
    """A case number and four digits."""

    number = forms.CharField(
        label=gettext_lazy("办件编号"),
        max_length=24,
        help_text=gettext_lazy("在回执单或短信上，比如 HL-2026-7KQ4M。"),
        error_messages={"required": gettext_lazy("请填办件编号。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    digits = forms.RegexField(
        r"^\d{4}$",
        label=gettext_lazy("登记电话的后四位"),
        error_messages={
            "required": gettext_lazy("请填电话后四位。"),
            "invalid": gettext_lazy("请填4个数字。"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}),
    )


@page("GET", "POST")
def query(request: HttpRequest) -> HttpResponse:
    """Ask how far a case is. The answer names nobody; a wrong number and wrong digits sound the same."""
    form = Query(request.POST or None, initial={"number": request.GET.get("number", "")})
    answer = None
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        sender = limiting.sender(request)
        if (
            limiting.tries("query", number) >= TRIES_PER_NUMBER
            or limiting.tries("query-sender", sender) >= TRIES_PER_SENDER
        ):
            form.add_error(None, _("查得太多次了，请过一小时再试，或打服务站电话问。"))
        elif (case := _found(number, form.cleaned_data["digits"])) is not None:
            answer = told(case)
        else:
            limiting.count("query", number, MINUTES)
            limiting.count("query-sender", sender, MINUTES)
            form.add_error(None, _("没有查到。请核对编号和电话后四位，或打服务站电话问。"))
    return shell.show(request, "query.html", shell.region_for(request), form=form, answer=answer)


def _found(number: str, digits: str) -> Case | None:
    case = Case.objects.select_related("person").filter(number=number, data_class__in=SHOWN_CLASSES).first()
    known = case.person.phone if case is not None and case.person is not None else ""
    return case if known and known.endswith(digits) else None


def told(case: Case) -> dict[str, object]:
    """What is said about a case to somebody who is not signed in: the step, the day, no names, no opinions."""
    return {
        "number": case.number,
        "state": both(case.at_step.public),
        "holder": both(role(case.hold_post).title)
        if case.hold_post and case.hold_post != "applicant"
        else "",
        "due": case.due_on,
        "is_paused": case.is_paused,
        "closed": case.closed_on,
    }
