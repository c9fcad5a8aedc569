"""The screen of one act on a case: what it is about, the form, who will see what; and carrying it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import FAR, Case
from linli.cases.moving import moves_for
from linli.cases.procedures import Move
from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.desk.saying import DeskForm, carried_out, lang, tell
from linli.ground.said import Said
from linli.notices.texts import template as notice


class CaseForm(DeskForm):
    """A form about a case; ``seen`` is how many passages it had when the form was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Head:
    """What every screen of a case says on top."""

    number: str
    title: str
    sort: str
    step: str
    hands: str
    who: str
    grade: str
    data_class: str
    due: dt.date | None
    is_paused: bool
    is_closed: bool
    url: str


def head(case: Case, *, who: str) -> Head:
    """The head of a case; ``who`` is the person as this reader may see them."""
    return Head(
        case.number,
        case.title,
        words.kind(case.kind),
        str(case.at_step.title.text(lang())),
        words.post(case.hold_post),
        who,
        str(words.GRADES.get(case.grade, case.grade)),
        str(words.CLASSES[case.data_class]),
        None if case.next_due_on == FAR else case.next_due_on,
        case.is_paused,
        case.closed_on is not None,
        reverse("desk:case", args=[case.number]),
    )


def moves_of(request: DeskRequest, case: Case, verb: str) -> list[Move]:
    """The open moves that name a verb; none: the screen does not exist for this actor now."""
    found = [move for move in moves_for(case, access.actor(request)) if move.verb == verb]
    if not found:
        raise Http404
    return found


def audience(case: Case, move: Move, *, further: Sequence[str] = ()) -> list[str]:
    """Who will see what, once the move is made: in the order in which it matters to the one who writes."""
    said = []
    if move.public_opinion:
        said.append(_("您写的意见：申请人看得到，经手的工作人员看得到。"))
    elif move.opinion != "none":
        said.append(_("您写的意见：只有经手的工作人员看得到，申请人看不到。"))
    if move.notice and case.person is not None:
        said.append(_("会给申请人发通知：%(title)s。") % {"title": notice(move.notice).title.text(lang())})
    said.append(_("您的岗位和办理时间记入经过，不能修改；申请人看得到岗位，看不到您的账号。"))
    target = move.target or case.step
    step = case.plan.step(target)
    if step.final:
        said.append(_("办完以后：办件办结。"))
    elif target != case.step:
        said.append(
            _("办完以后交到：%(post)s（%(step)s）。")
            % {"post": words.post(step.post), "step": step.title.text(lang())}
        )
    return [*said, *further]


@dataclass(frozen=True)
class Act:
    """One act's screen: its names, who sees what, and remarks (tone, text) above the form."""

    title: str
    label: str
    done: str
    audience: Sequence[str] = ()
    hints: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    tone: str = "go"


def perform(
    request: DeskRequest,
    case: Case,
    form: CaseForm,
    act: Act,
    do: Callable[[dict[str, Any]], object],
    *,
    who: str = "",
) -> HttpResponse:
    """Show the screen of an act, or carry it out and go back to the case."""
    form.fields["seen"].initial = case.passages_count
    back = reverse("desk:case", args=[case.number])

    def call(given: dict[str, Any]) -> str:
        if given.get("seen") not in (None, case.passages_count):
            raise Said("cases.moved_meanwhile", number=case.number)
        do(given)
        tell(request, act.done)
        return back

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    shown = {"head": head(case, who=who), "form": form, "act": act, "back": back}
    return frame.draw(request, "act.html", shown, status=frame.shown(form))


def given_to(request: DeskRequest, form: type[CaseForm], **more: Any) -> Any:
    """A form filled from the request, or an empty one."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **more)
    return form(**more)


def who_of(request: DeskRequest, case: Case, *, is_hidden: bool = False) -> str:
    """The person of a case by name, for those who may open the case; not where they asked to stay unnamed."""
    if case.person is None:
        return _("未留姓名")
    if is_hidden and not access.actor(request).may("people.enter"):
        return _("（要求对承办单位匿名）")
    return case.person.name
