"""The words of notices: officers of the street and above change them, see them filled, and go back to the packaged ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.notices import wording
from linli.notices.models import Wording
from linli.notices.texts import Template, all_templates, template
from linli.notices.wording import LONGEST, RIGHT, Words
from linli.rulebook.publishing import publish
from linli.staff import access, frame
from linli.staff.access import DeskRequest
from linli.staff.saying import DeskForm, carried_out, lang, refuse, tell
from linli.trail.writing import writing

KIND = "notices"
BLANKS = {
    "number": gettext_lazy("办件编号"),
    "title": gettext_lazy("事情的名称"),
    "word": gettext_lazy("环节、单位等名称"),
    "both": gettext_lazy("环节等名称"),
    "day": gettext_lazy("日期"),
    "count": gettext_lazy("件数"),
}


class WordsForm(DeskForm):
    """Title, body and short text, in Chinese and English."""

    title_zh = forms.CharField(label=gettext_lazy("标题（中文）"), max_length=LONGEST["title"])
    body_zh = forms.CharField(
        label=gettext_lazy("正文（中文）"), max_length=LONGEST["body"], widget=forms.Textarea
    )
    plain_zh = forms.CharField(
        label=gettext_lazy("短信（中文）"), max_length=LONGEST["plain"], widget=forms.Textarea
    )
    title_en = forms.CharField(label=gettext_lazy("标题（英文）"), max_length=LONGEST["title"])
    body_en = forms.CharField(
        label=gettext_lazy("正文（英文）"), max_length=LONGEST["body"], widget=forms.Textarea
    )
    plain_en = forms.CharField(
        label=gettext_lazy("短信（英文）"), max_length=LONGEST["plain"], widget=forms.Textarea
    )

    def words(self) -> Words:
        """What was typed."""
        given = self.cleaned_data
        return Words(*(Both(given[f"{name}_zh"].strip(), given[f"{name}_en"].strip()) for name in LONGEST))


@dataclass(frozen=True)
class Line:
    """One template of the list."""

    word: str
    title: str
    plain: str
    is_own: bool
    url: str


@dataclass(frozen=True)
class Preview:
    """A template filled with sample values, and what it costs as a text message."""

    lang: str
    title: str
    body: str
    plain: str
    signs: int
    messages: int
    longest: int


def show(request: DeskRequest) -> HttpResponse:
    """Every template, with the words in force."""
    access.require(request, RIGHT)
    rows = wording.current(all_templates())
    lines = [_line(word, one, rows.get(word)) for word, one in sorted(all_templates().items())]
    return frame.draw(request, "registry/texts.html", {"lines": lines}, current="notice-texts")


def _line(word: str, packaged: Template, row: Wording | None) -> Line:
    now = wording.worded(packaged, row)
    url = reverse("registry:notice-text", args=[word])
    return Line(word, now.title.text(lang()), now.plain.text(lang()), bool(row and row.said), url)


def _template(word: str) -> Template:
    try:
        return template(word)
    except Said as fault:
        raise Http404 from fault


def edit(request: DeskRequest, word: str) -> HttpResponse:
    """Change the words: look at them filled first, then publish them as a new edition."""
    access.require(request, RIGHT)
    packaged = _template(word)
    row = wording.current([word]).get(word)
    now = wording.worded(packaged, row)
    initial = {f"{name}_{one}": getattr(now, name).text(one) for name in LONGEST for one in ("zh", "en")}
    form = WordsForm(request.POST or None, initial=initial)
    looking = request.POST.get("do") == "look"
    answer = None if looking else carried_out(request, form, lambda _given: _publish(request, word, form))
    if answer is not None:
        return answer
    words, is_sound = _checked(word, form, Words(now.title, now.body, now.plain))
    page = {
        "word": word, "form": form, "blanks": _blanks(packaged), "is_own": bool(row and row.said),
        "edition": row.edition if row else 0, "previews": [_preview(packaged, words, one) for one in ("zh", "en")],
        "looked": looking and is_sound, "back": reverse("registry:notice-texts"),
    }  # fmt: skip
    return frame.draw(request, "registry/text.html", page, current="notice-texts", status=frame.shown(form))


def _checked(word: str, form: WordsForm, now: Words) -> tuple[Words, bool]:
    """What to show filled: what was typed where it is sound, else the words in force."""
    if not form.is_bound or not form.is_valid():
        return now, False
    typed = form.words()
    found = wording.faults(word, typed)
    for fault in found:
        if not form.has_error(fault.field):
            refuse(form, fault)
    return (now, False) if found else (typed, True)


def _blanks(packaged: Template) -> list[tuple[str, Any]]:
    return [(f"{{{name}}}", BLANKS[kind]) for name, kind in packaged.blanks.items()]


def _preview(packaged: Template, words: Words, one: str) -> Preview:
    said = wording.preview(packaged, words, one)
    longest = wording.longest(packaged, words, one)
    return Preview(
        one, said.title, said.body, said.plain, len(said.plain), wording.messages(said.plain), longest
    )


def _publish(request: DeskRequest, word: str, form: WordsForm) -> str:
    words = form.words()
    if faults := wording.faults(word, words):
        raise faults[0]
    _put_in_force(request, word, words)
    tell(request, _("新的用语已经发布，从现在起使用；以前的消息不变。"))
    return reverse("registry:notice-texts")


def _put_in_force(request: DeskRequest, word: str, words: Words | None) -> None:
    """One transaction: the edition in the rulebook, and the words that messages are shown in from now on."""
    by, at = access.actor(request), request.now
    kept = words or wording.packaged_words(word)
    with writing():
        edition = publish(
            kind=KIND, code=word, body=wording.edition_body(kept, request.today), valid_from=request.today,
            title={"zh": kept.title.zh, "en": kept.title.en}, by=by, at=at, source=_("平台用语"),
        )  # fmt: skip
        wording.reword(word=word, words=words, edition=edition.number, by=by, at=at)


def reset(request: DeskRequest, word: str) -> HttpResponse:
    """Go back to the packaged words, as an edition of its own."""
    access.require(request, RIGHT)
    _template(word)
    _put_in_force(request, word, None)
    tell(request, _("已恢复平台自带的用语。"))
    return HttpResponseRedirect(reverse("registry:notice-texts"))
