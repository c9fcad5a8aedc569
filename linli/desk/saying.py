"""The one place where a refusal (``Said``) becomes a message of the desk, and where a form is carried out once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from linli.desk.access import DeskRequest
from linli.ground.said import Said, Saying
from linli.ground.wording import say

DONE = "desk_done"
REMEMBERED = 30


def lang() -> str:
    """The reader's language as the word sheets name it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def words(said: Said | Saying) -> str:
    """A refusal or remark as a sentence for the reader."""
    return say(said, lang())


class DeskForm(forms.Form):
    """A form that changes something. ``once`` is its submission key: a second sending finds the first result."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("label_suffix", "")
        super().__init__(*args, **given)
        self.fields["once"].initial = uuid.uuid4().hex


def carried_out(
    request: DeskRequest, form: forms.Form, call: Callable[[dict[str, Any]], str]
) -> HttpResponse | None:
    """Carry out a posted form and go to the address that ``call`` returns; ``None``: show the form (again).

    A refusal comes back at its field, or at the top where the form has no such field; nothing typed is lost.
    """
    if request.method != "POST":
        return None
    key = str(form.data.get("once", ""))
    done: dict[str, str] = request.session.get(DONE, {})
    if key and key in done:
        return HttpResponseRedirect(done[key])
    if not form.is_valid():
        return None
    try:
        url = call(form.cleaned_data)
    except Said as fault:
        refuse(form, fault)
        return None
    if key:
        kept = dict(list(done.items())[-REMEMBERED + 1 :])
        request.session[DONE] = {**kept, key: url}
    return HttpResponseRedirect(url)


def refuse(form: forms.Form, fault: Said) -> None:
    """Put a refusal where the form has its field."""
    known = fault.field in form.fields and not form.fields[fault.field].widget.is_hidden
    form.add_error(fault.field if known else None, words(fault))


def tell(request: DeskRequest, text: str, *, tone: str = "success") -> None:
    """Leave a message for the next page: success, warning or error."""
    messages.add_message(request, getattr(messages, tone.upper()), text)


def tried(request: DeskRequest, call: Callable[[], object], *, about: str = "") -> bool:
    """Do something that has no form of its own; a refusal becomes a message. Whether it was done."""
    try:
        call()
    except Said as fault:
        tell(
            request,
            f"{about}{': ' if about and lang() == 'en' else '：' if about else ''}{words(fault)}",
            tone="error",
        )
        return False
    return True
