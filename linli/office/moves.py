"""The screen of a move of a project's case: named as the sheet names it, with who will see what."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.office import fiscal
from linli.projects.models import Project
from linli.staff import words
from linli.staff.doing import Screen
from linli.staff.saying import lang


def screen_of(found: Project, move: Move, *, done: str, back: str = "", **more: Any) -> Screen:
    """The screen of a move of a project's case, named as the sheet names it, with who will see what."""
    title = str(move.title.text(lang()))
    tone = "danger" if move.tone == "back" else "go"
    url = fiscal.head(found).url
    crumbs = [(_("项目"), reverse("office:projects")), (found.name, url), (title, "")]
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
