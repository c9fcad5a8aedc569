"""The page of an outside body's link: one question, one answer, no account, nothing personal.

The link's word stands in an address once: opening it keeps its digest in the session and goes on to an address
without it, so that neither a log of later pages, nor a referrer, nor the browser's history of the answer holds it.
Whatever becomes of a link is answered with a page, never as an error, since errors are logged with their address.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases import outside
from linli.cases.bodies import OutsideLink
from linli.ground.said import Said
from linli.ground.wording import say
from linli.look.templatetags.wording import lang
from linli.people.actors import VISITOR
from linli.portal import limiting, saying, shell
from linli.portal.moment import now
from linli.portal.saying import page

KEPT = "outside_link"
MINUTES, TRIES = 60, 20
LARGEST = 10 * 1024 * 1024


class Answer(forms.Form):
    """The answer, and one file with it."""

    text = forms.CharField(
        label=gettext_lazy("您单位的答复"), widget=forms.Textarea(attrs={"rows": 6}), max_length=2000,
        error_messages={"required": gettext_lazy("请写答复。")},
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("附件（可以不附）"), required=False,
        help_text=gettext_lazy("照片、PDF、Word、Excel，一个文件。"),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """One file, not too large."""
        file = self.cleaned_data.get("file")
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("文件太大，请不要超过10兆。"))
        return file


@page("GET")
def opening(request: HttpRequest, word: str) -> HttpResponse:
    """Take the word out of the address."""
    sender = limiting.sender(request)
    if limiting.tries("outside", sender) < TRIES:
        digest = outside.digest_of(word)
        if not OutsideLink.objects.filter(digest=digest).exists():
            limiting.count("outside", sender, MINUTES)
        request.session[KEPT] = digest
    answer = redirect("portal:outside_answer")
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page("GET", "POST")
def answer(request: HttpRequest) -> HttpResponse:
    """The question and the form; what became of a link that ended."""
    sender = limiting.sender(request)
    if limiting.tries("outside", sender) >= TRIES:
        return _ended(request, _("试得太多次了，请过一小时再试。"))
    try:
        link = outside.live_link(str(request.session.get(KEPT, "")), at=now(request))
    except Said as ended:
        return _ended(request, say(ended, lang()))
    form = Answer(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        limiting.count("outside-sent", sender, MINUTES)
        if limiting.tries("outside-sent", sender) > TRIES:
            return _ended(request, _("试得太多次了，请过一小时再试。"))
        with saying.into(form):
            _answer(request, link, form.cleaned_data)
            return _kept_by_nobody(redirect("portal:outside_answer"))
    return _kept_by_nobody(
        shell.show(request, "outside/answer.html", None, form=form, shown=outside.shown(link))
    )


def _answer(request: HttpRequest, link: OutsideLink, given: dict[str, Any]) -> None:
    file = given.get("file")
    files = [(file.name, file.read())] if file else []
    outside.answer_link(link=link, text=given["text"], files=files, by=VISITOR, at=now(request))


def _ended(request: HttpRequest, words: str) -> HttpResponse:
    return _kept_by_nobody(shell.show(request, "outside/ended.html", None, words=words))


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer
