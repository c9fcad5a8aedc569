"""How an act on public money is carried out from its screen: once, with refusals at their fields, then back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import fiscal, frame, words
from linli.desk.access import DeskRequest
from linli.desk.forms.rows import GroupedForm
from linli.desk.saying import DONE, carried_out, lang, tell
from linli.ground.said import Said
from linli.projects.models import Project

Given = dict[str, Any]
Do = Callable[[Given], object]


@dataclass(frozen=True)
class Screen:
    """One act's screen: its names, where it goes back to, and what stands above the form.

    ``at_field`` leads refusals of the room's field words to those of the form; ``facts`` are pairs, ``hints``
    pairs of tone and text.
    """

    title: str
    label: str
    done: str
    back: str
    facts: Sequence[tuple[str, object]] = ()
    hints: Sequence[tuple[str, str]] = ()
    audience: Sequence[str] = ()
    tone: str = "go"
    at_field: Mapping[str, str] | None = None
    current: str = "projects"
    crumbs: Sequence[tuple[str, str]] = ()


def already(request: DeskRequest) -> HttpResponse | None:
    """The result of a form that was sent before; the act it asks for may be closed by now."""
    key = request.POST.get("once", "") if request.method == "POST" else ""
    done: dict[str, str] = request.session.get(DONE, {})
    return HttpResponseRedirect(done[key]) if key and key in done else None


def perform(request: DeskRequest, form: GroupedForm, screen: Screen, do: Do) -> HttpResponse:
    """Show the screen, or carry the act out and go back (or to the address that ``do`` returns)."""

    def call(given: Given) -> str:
        try:
            result = do(given)
        except Said as fault:
            raise _led(fault, screen.at_field or {}) from fault
        tell(request, screen.done)
        return result if isinstance(result, str) else screen.back

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    groups = form.groups()
    page = {"screen": screen, "form": form, "groups": groups, "is_wide": any(group.rows for group in groups)}
    return frame.draw(request, "projects/act.html", page, current=screen.current, status=frame.shown(form))


def _led(fault: Said, fields: Mapping[str, str]) -> Said:
    return Said(fault.code, field=fields.get(fault.field, fault.field), **fault.values)


def given_to(request: DeskRequest, form: type[GroupedForm], **more: Any) -> Any:
    """A form filled from the request, or an empty one."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **more)
    return form(**more)


def screen_of(found: Project, move: Move, *, done: str, back: str = "", **more: Any) -> Screen:
    """The screen of a move of a project's case, named as the sheet names it, with who will see what."""
    title = str(move.title.text(lang()))
    tone = "danger" if move.tone == "back" else "go"
    url = fiscal.head(found).url
    crumbs = [(_("项目"), reverse("desk:projects")), (found.name, url), (title, "")]
    return Screen(
        title, title, done, back or url, audience=audience(found, move), tone=tone, crumbs=crumbs, **more
    )


def audience(found: Project, move: Move) -> list[str]:
    """Who will see what, and where the project goes."""
    case = found.case
    said = [_("您的岗位、意见和办理时间记入经过，不能修改；能打开这个项目的工作人员都看得到。")]
    target = case.plan.step(move.target) if move.target else None
    if target is not None and target.code != case.step:
        if target.final:
            said.append(_("办完以后：项目办结。"))
        else:
            values = {"post": words.post(target.post), "step": target.title.text(lang())}
            said.append(_("办完以后交到：%(post)s（%(step)s）。") % values)
    return said
