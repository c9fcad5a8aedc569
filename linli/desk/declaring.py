"""Declaring goals: rows from the frame, from the library or one's own, judged by the linter as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import fiscal, frame
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.evaluation import GoalForm
from linli.desk.forms.rows import OpinionForm
from linli.desk.goals import may_declare, newest_of, period, remarks, wording
from linli.desk.saying import DONE, tell, words
from linli.evaluation.claiming import sheet_leaves
from linli.evaluation.goals import declare
from linli.evaluation.linting import DeclaredGoal, LibraryIndicator, LibrarySheet, library, lint
from linli.evaluation.taking import Span
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import load_file
from linli.look.templatetags.linli import both
from linli.projects.models import Project
from linli.rulebook.models import Edition
from linli.rulebook.publishing import editions

SHOWN = 12
MOST = 40


@lru_cache(maxsize=1)
def shelves() -> tuple[LibrarySheet, ...]:
    """The library by general goal."""
    return tuple(load_file(path, LibrarySheet) for path in sheet_paths("indicators").values())


def sought(query: str, shelf: str) -> list[LibraryIndicator]:
    """Indicators of the library by words of their title, definition or keywords, on one shelf or on all."""
    parts = query.split()
    known = [one for sheet in shelves() if shelf in ("", sheet.code) for one in sheet.indicators]
    return [one for one in known if all(_speaks_of(one, part) for part in parts)]


def _speaks_of(one: LibraryIndicator, part: str) -> bool:
    texts = (one.title.zh, one.title.en.lower(), one.definition.zh, *one.keywords)
    return any(part.lower() in text for text in texts)


def declare_screen(request: DeskRequest, number: str) -> HttpResponse:
    """Declare goals: rows from the frame and the library or one's own, judged as they are typed."""
    found, by = fiscal.project(request, number), actor(request)
    key = request.POST.get("once", "")
    if request.method == "POST" and key and key in request.session.get(DONE, {}):
        return HttpResponseRedirect(request.session[DONE][key])
    if not may_declare(found, by):
        raise Http404
    frames = {row.code: row for row in editions("frames", request.today)}
    code = request.POST.get("frame") or request.GET.get("frame") or "self"
    if code not in frames:
        raise Http404
    chosen = frames[code]
    rows = _posted(request, chosen) if request.method == "POST" else _initial(found, chosen)
    rows = _changed(rows, request)
    if request.method == "POST" and ("declare" in request.POST or "anyway" in request.POST):
        done = _declare(request, found, chosen, rows)
        if isinstance(done, HttpResponse):
            return done
    return _form_page(request, found, frames, chosen, rows)


def _codes(chosen: Edition) -> list[tuple[str, str]]:
    return [(leaf["code"], both(leaf["title"])) for leaf in sheet_leaves(chosen.body)]


def _form(chosen: Edition, at: int, **given: Any) -> GoalForm:
    return GoalForm(codes=_codes(chosen), prefix=f"g{at}", **given)


def _initial(found: Project, chosen: Edition) -> list[dict[str, Any]]:
    """The rows of the last declaration under this frame, else the frame's own indicators with their defaults."""
    last = newest_of(found)
    if last is not None and last.frame_id == chosen.pk:
        return [dict(row.declared) for row in last.indicators.order_by("order")]
    return [_of_leaf(leaf) for leaf in sheet_leaves(chosen.body) if leaf.get("indicator")]


def _of_leaf(leaf: Mapping[str, Any]) -> dict[str, Any]:
    asked = leaf["indicator"]
    is_survey = asked["reads"]["kind"] == "survey"
    return {
        "code": leaf["code"], "text": both(leaf["title"]), "weight": leaf["weight"], "value": asked.get("target"),
        "unit": both(asked["unit"]), "operator": asked.get("operator", ">="), "evidence_source": "、".join(asked["evidence"]),
        "kind": "satisfaction" if is_survey else "benefit" if leaf["code"].startswith("benefit") else "output",
    }  # fmt: skip


def _of_library(one: LibraryIndicator, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A row of a library indicator; taken in place of another row it keeps that row's weight."""
    return {
        "code": one.code, "text": one.title.zh, "kind": one.kind, "operator": one.operator, "value": str(one.target),
        "unit": one.unit, "evidence_source": "、".join(one.evidence), "weight": (kept or {}).get("weight", ""),
    }  # fmt: skip


def _posted(request: DeskRequest, chosen: Edition) -> list[dict[str, Any]]:
    count = request.POST.get("count", "0")
    names = list(GoalForm.base_fields)
    return [
        {name: request.POST.get(f"g{at}-{name}", "") for name in names}
        for at in range(min(MOST, int(count) if count.isdigit() else 0))
    ]


def _changed(rows: list[dict[str, Any]], request: DeskRequest) -> list[dict[str, Any]]:
    """The rows after a button that adds, replaces or drops one."""
    shelf = {one.code: one for one in library()}
    given = request.POST
    if given.get("add") in shelf:
        rows = [*rows, _of_library(shelf[given["add"]])]
    if "own" in given:
        rows = [*rows, {"code": f"own-{len(rows) + 1}"}]
    if given.get("drop", "").isdigit():
        rows = [row for at, row in enumerate(rows) if at != int(given["drop"])]
    at, _sign, code = given.get("take", "").partition(":")
    if at.isdigit() and int(at) < len(rows) and code in shelf:
        rows = [_of_library(shelf[code], row) if order == int(at) else row for order, row in enumerate(rows)]
    return rows[:MOST]


def _plain(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(text: Any) -> Decimal | None:
    try:
        number = Decimal(_plain(text))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def goals_of(rows: Sequence[Mapping[str, Any]]) -> list[DeclaredGoal]:
    """Rows as the linter takes them, whatever has been typed so far; empty rows are left out."""
    return [
        DeclaredGoal(
            code=_plain(row.get("code")) or f"own-{at}",
            text=_plain(row.get("text")),
            kind=row.get("kind") or "output",
            weight=_number(row.get("weight")) or Decimal(0),
            value=_number(row.get("value")),
            unit=_plain(row.get("unit")),
            operator=row.get("operator") or ">=",
            last_actual=_number(row.get("last_actual")),
            evidence_source=_plain(row.get("evidence_source")),
            survey_plan=_plain(row.get("survey_plan")),
        )
        for at, row in enumerate(rows, start=1)
        if _plain(row.get("text"))
    ]


def _form_page(
    request: DeskRequest,
    found: Project,
    frames: Mapping[str, Edition],
    chosen: Edition,
    rows: list[dict[str, Any]],
    fault: str = "",
) -> HttpResponse:
    goals, places = goals_of(rows), {_plain(row.get("code")): at for at, row in enumerate(rows)}
    first, last = period(found)
    found_remarks = remarks(lint(goals, first=first, last=last), places)
    faulty = {one.goal for one in found_remarks if one.is_fault}
    asks = "declare" in request.POST or "anyway" in request.POST
    data = {f"g{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}
    # Nothing is refused while rows are still being gathered: only what is submitted is a bound form.
    forms = [
        _form(chosen, at, **({"data": data} if asks else {"initial": row})) for at, row in enumerate(rows)
    ]
    page = {
        "head": fiscal.head(found),
        "rows": [_shown(form, rows[at], at, faulty) for at, form in enumerate(forms)],
        "total": sum((goal.weight for goal in goals), Decimal(0)),
        "remarks": found_remarks,
        "faults": sum(one.is_fault for one in found_remarks),
        "asks": asks,
        "fault": fault,
        "frame": chosen.code,
        "frames": [
            {"label": both(one.title), "url": f"?frame={code}", "current": code == chosen.code}
            for code, one in frames.items()
        ],
        **_shelf(request),
        "once": request.POST.get("once") or _once(),
    }
    return frame.draw(
        request, "evaluation/declare.html", page, current="projects", status=422 if asks else 200
    )


def _shelf(request: DeskRequest) -> dict[str, Any]:
    """The library beside the form: its shelves, what was sought, and the first results."""
    query, shelf = request.POST.get("q", ""), request.POST.get("shelf", "")
    results = sought(query, shelf)
    shown = [
        {"code": one.code, "wording": wording(one), "definition": both(one.definition)}
        for one in results[:SHOWN]
    ]
    return {
        "shelves": [(one.code, both(one.title)) for one in shelves()], "shelf": shelf, "query": query, "results": shown,
        "more": max(0, len(results) - SHOWN),
    }  # fmt: skip


def _shown(form: GoalForm, row: Mapping[str, Any], at: int, faulty: set[str]) -> dict[str, Any]:
    """A row of the form; a survey plan is asked for where satisfaction is the goal."""
    asks_plan = row.get("kind") == "satisfaction" or bool(_plain(row.get("survey_plan")))
    return {"form": form, "at": at, "is_faulty": _plain(row.get("code")) in faulty, "asks_plan": asks_plan}


def _once() -> str:
    return str(OpinionForm().fields["once"].initial)


def _declare(
    request: DeskRequest, found: Project, chosen: Edition, rows: list[dict[str, Any]]
) -> HttpResponse | None:
    """Declare, or say why not. Faults that would stop approval stop here too, unless sent on knowingly."""
    goals = goals_of(rows)
    forms = [
        _form(chosen, at, data={f"g{at}-{name}": value for name, value in row.items()})
        for at, row in enumerate(rows)
    ]
    if not all(form.is_valid() for form in forms):
        return None
    first, last = period(found)
    if "anyway" not in request.POST and any(
        one.severity == "fault" for one in lint(goals, first=first, last=last)
    ):
        return None
    try:
        declare(
            project=found,
            frame=chosen,
            span=Span(first, last),
            goals=goals,
            by=actor(request),
            at=request.now,
        )
    except Said as fault:
        frames = {row.code: row for row in editions("frames", request.today)}
        return _form_page(request, found, frames, chosen, rows, words(fault))
    url = reverse("desk:goals", args=[found.case.number])
    if request.POST.get("once"):
        request.session[DONE] = {**request.session.get(DONE, {}), request.POST["once"]: url}
    tell(request, _("绩效目标已申报。"))
    return HttpResponseRedirect(url)
