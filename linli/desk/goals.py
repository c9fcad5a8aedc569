"""The goals of a project: what was declared and what the linter says; declaring them; the district's approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.moving import moves_for
from linli.desk import doing, fiscal, frame
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.evaluation import GOAL_KINDS, OPERATORS
from linli.desk.forms.rows import OpinionForm
from linli.desk.saying import lang, words
from linli.evaluation.goals import approve, findings_of
from linli.evaluation.linting import DeclaredGoal, GoalFinding, LibraryIndicator, lint
from linli.evaluation.models import GoalDeclaration
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.projects.models import Project


@dataclass(frozen=True)
class Remark:
    """One finding as the page shows it: whose goal, the words quoted, what is wrong, and what to write instead."""

    goal: str
    quote: str
    message: str
    is_fault: bool
    proposal: str = ""
    take: str = ""


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The declared goals with their approval and what the linter finds today."""
    found, by = fiscal.project(request, number), actor(request)
    if not by.may("evaluation.read"):
        raise Http404
    newest = newest_of(found)
    rows = list(newest.indicators.order_by("order")) if newest else []
    approval = getattr(newest, "approval", None) if newest else None
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, by, "goals"),
        "goals": [_goal(row) for row in rows],
        "total": sum(row.weight for row in rows) / 100,
        "frame": both(newest.frame.title) if newest else "",
        "declared_at": newest.declared_at if newest else None,
        "approved_at": approval.approved_at if approval else None,
        "remarks": remarks(findings_of(newest)) if newest else [],
        "stated": found.general_goals if found.is_stated else [],
        "stated_remarks": _judged(found) if found.is_stated else [],
        "declare": reverse("desk:goals-declare", args=[number]) if may_declare(found, by) else "",
        "approve": _approval_url(found, by),
        "give_back": _return_url(found, by),
    }
    return frame.draw(request, "evaluation/goals.html", page, current="projects")


def newest_of(found: Project) -> GoalDeclaration | None:
    """The newest declaration of a project."""
    rows = GoalDeclaration.objects.filter(project=found.case.number).select_related("frame", "approval")
    return rows.order_by("-id").first()


def _goal(row: Any) -> dict[str, Any]:
    target = (
        f"{dict(OPERATORS).get(row.operator, row.operator)}{row.target.normalize():f}{row.unit}"
        if row.target is not None
        else ""
    )
    return {
        "code": row.code, "text": row.goal, "target": target, "weight": row.weight / 100, "source": row.source,
        "kind": str(dict(GOAL_KINDS).get(row.declared.get("kind", ""), "")),
        "last": "" if row.baseline is None else f"{row.baseline.normalize():f}{row.unit}",
    }  # fmt: skip


def _judged(found: Project) -> list[Remark]:
    """What the linter says of the goals as a report states them."""
    texts = [*found.general_goals, *filter(None, [found.yearly_goal])]
    stated = [
        DeclaredGoal(f"stated-{at}", text, "output", Decimal(0)) for at, text in enumerate(texts, start=1)
    ]
    first, last = period(found)
    wanted = ("no_number", "vague_verb")
    return remarks([one for one in lint(stated, first=first, last=last) if one.rule in wanted])


def remarks(found: Sequence[GoalFinding], rows: Mapping[str, int] | None = None) -> list[Remark]:
    """Findings for the page, those on the same words together; ``rows`` gives the form's row of a goal's code, so that
    a proposal can be taken."""
    places, groups = rows or {}, dict[tuple[str, str], list[GoalFinding]]()
    for one in found:
        groups.setdefault((one.goal, one.quote), []).append(one)
    return [_remark(group, places) for group in groups.values()]


def _remark(group: Sequence[GoalFinding], places: Mapping[str, int]) -> Remark:
    first, joint = group[0], "" if lang() == "zh" else " "
    return Remark(
        first.goal,
        first.quote,
        joint.join(words(one.message()) for one in group),
        any(one.severity == "fault" for one in group),
        wording(first.proposal) if first.proposal else "",
        f"{places[first.goal]}:{first.proposal.code}" if first.proposal and first.goal in places else "",
    )


def wording(one: LibraryIndicator) -> str:
    """A library indicator as it would be declared, with the sign as people write it."""
    sign = str(dict(OPERATORS).get(one.operator, one.operator))
    return f"{one.title.text(lang())} {sign}{one.target:f}{one.unit}"


def may_declare(found: Project, by: Actor) -> bool:
    """Whether goals may be declared: with the right at the place, from approval on, while nobody has approved goals."""
    open_now = found.case.closed_on is None and found.approved_on is not None and not found.is_stated
    return (
        open_now
        and by.may("evaluation.declare")
        and by.holds(found.region_code)
        and by.role.level == "community"
    )


def _approval_url(found: Project, by: Actor) -> str:
    for move in moves_for(found.case, by):
        if move.verb == "evaluation.goals.approve":
            return reverse("desk:evaluation-act", args=[found.case.number, move.code])
    return ""


def _return_url(found: Project, by: Actor) -> str:
    codes = [move.code for move in moves_for(found.case, by)]
    return (
        reverse("desk:projects-act", args=[found.case.number, "return_goals"])
        if "return_goals" in codes
        else ""
    )


def period(found: Project) -> tuple[date, date]:
    """The days goals are declared for: the project's own, else its year."""
    year = found.year or date.min.year
    return found.starts_on or date(year, 1, 1), found.ends_on or date(year, 12, 31)


def approve_screen(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """The district approves the newest goals; what the linter calls a fault refuses it, with the words quoted."""
    found, by = fiscal.project(request, number), actor(request)
    sent = doing.already(request)
    if sent is not None:
        return sent
    move = next(
        (
            one
            for one in moves_for(found.case, by)
            if one.code == code and one.verb == "evaluation.goals.approve"
        ),
        None,
    )
    newest = newest_of(found)
    if move is None or newest is None:
        raise Http404
    form = doing.given_to(request, OpinionForm)

    def do(given: dict[str, Any]) -> object:
        return approve(declaration=newest, project=found, by=by, at=request.now, opinion=given["opinion"])

    faults = [one for one in remarks(findings_of(newest)) if one.is_fault]
    hints = [("late", f"“{one.quote}” — {one.message}") for one in faults[:8]] or [
        ("ok", _("逐条查过：有数值、有单位、有出处，分值合计100。"))
    ]
    facts = [
        (_goal(row)["text"], _goal(row)["target"] or _("没有目标值"))
        for row in newest.indicators.order_by("order")
    ]
    back = reverse("desk:goals", args=[number])
    screen = doing.screen_of(found, move, done=_("绩效目标已批复。"), back=back, hints=hints, facts=facts)
    return doing.perform(request, form, screen, do)
