"""An evaluation as everybody may see it: what is proven, what is only claimed, and the reading behind every mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.evidencing import rows_behind
from linli.evaluation.models import Evaluation, Mark, Reading
from linli.evaluation.taking import Span
from linli.ground.money import yuan
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.look.templatetags.linli import both, day, points
from linli.look.templatetags.wording import lang
from linli.portal import access, shell
from linli.portal.moment import today
from linli.portal.saying import page
from linli.projects.models import Project
from linli.reports.composing import tree_of
from linli.reports.models import Report
from linli.reports.webtree import page_of

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Row:
    """A part of the frame. Points, not hundredths; ``url`` opens the reading behind an indicator."""

    depth: int
    title: str
    weight: Decimal
    proven: Decimal
    claimed: Decimal
    gap: str
    url: str


def kinds() -> dict[str, str]:
    """Whose evaluation it is."""
    return {
        "self": _("自评"), "department": _("部门评价"), "finance": _("财政评价"), "third_party": _("第三方评价"), "residents": _("居民评价"),
    }  # fmt: skip


def public(found: Project, request: HttpRequest) -> list[Evaluation]:
    """Evaluations of a published project that were handed in and whose sealed time is over."""
    rows = Evaluation.objects.unsealed(today(request)).filter(project=found.case.number)
    return list(rows.select_related("submission__score", "frame").order_by("id"))


def lines(found: Project, code: str, request: HttpRequest) -> list[dict[str, Any]]:
    """The evaluations of a project as a list."""
    return [
        {
            "title": kinds().get(row.kind, row.kind), "by": row.evaluator, "proven": Decimal(row.submission.score.proven) / HUNDRED,
            "claimed": Decimal(max(0, row.submission.score.claimed - row.submission.score.proven)) / HUNDRED,
            "points": points(Decimal(row.submission.score.proven) / HUNDRED),
            "url": reverse("portal:evaluation", args=[code, access.word_of(found), row.key]),
        }
        for row in public(found, request)
    ]  # fmt: skip


def _of(request: HttpRequest, found: Project, key: str) -> Evaluation:
    row = next((one for one in public(found, request) if one.key == key), None)
    if row is None:
        raise Http404
    return row


@page("GET")
def evaluation(request: HttpRequest, code: str, project: str, key: str) -> HttpResponse:
    """One evaluation: three lengths of one bar, the honest range, every indicator with its reading or its gap."""
    region = access.community(request, code)
    found = access.project(request, region, project)
    row = _of(request, found, key)
    score = row.submission.score
    marks = {mark.indicator: mark for mark in Mark.objects.filter(score=score).select_related("reading")}
    here = reverse("portal:evaluation", args=[code, project, key])
    report = Report.objects.released().filter(evaluation=row).order_by("-id").first()
    claimed_only = max(0, score.claimed - score.proven)
    figures = [
        {"label": _("有据得分"), "value": points(Decimal(score.proven) / HUNDRED), "note": score.grade},
        {"label": _("自报"), "value": points(Decimal(score.claimed) / HUNDRED)},
        {"label": _("没有依据的分"), "value": points(Decimal(score.without_evidence) / HUNDRED), "tone": "late" if score.without_evidence else ""},
        {"label": _("合理区间"), "value": f"{points(Decimal(score.low) / HUNDRED)}–{points(Decimal(score.high) / HUNDRED)}"},
    ]  # fmt: skip
    return shell.show(
        request, "evaluations/evaluation.html", region, "disclosure", name=found.name, kind=kinds().get(row.kind, row.kind),
        back=reverse("portal:project", args=[code, project]), evaluator=row.evaluator, frame=both(row.frame.title), first=row.first_on,
        last=row.last_on, figures=figures, whole=Decimal(score.total) / HUNDRED, proven=Decimal(score.proven) / HUNDRED,
        claimed=Decimal(claimed_only) / HUNDRED, rows=rows(row.frame.body["parts"], score.parts, marks, here),
        report=reverse("portal:report", args=[code, report.number]) if report else "",
    )  # fmt: skip


def rows(
    parts: Sequence[Mapping[str, Any]],
    totals: Mapping[str, Mapping[str, int]],
    marks: Mapping[str, Mark],
    here: str,
    depth: int = 0,
) -> list[Row]:
    """The tree of the frame, flattened, with what the score gave for each part."""
    found: list[Row] = []
    for part in parts:
        total = totals.get(part["code"], {"weight": 0, "proven": 0, "claimed": 0})
        mark = marks.get(part["code"])
        has_reading = mark is not None and mark.reading_id is not None
        found.append(
            Row(
                depth=depth,
                title=both(part["title"]),
                weight=Decimal(total["weight"]) / HUNDRED,
                proven=Decimal(total["proven"]) / HUNDRED,
                claimed=Decimal(max(0, total["claimed"] - total["proven"])) / HUNDRED,
                gap=gap_words(mark.gap) if mark is not None else "",
                url=f"{here}readings/{mark.reading.key}/" if has_reading and mark and mark.reading else "",
            )
        )
        found += rows(part.get("parts") or (), totals, marks, here, depth + 1)
    return found


def gap_words(gap: str) -> str:
    """Why an indicator has no mark, in words."""
    return say(Saying(f"gap.{gap}"), lang()) if gap else ""


@page("GET")
def reading(request: HttpRequest, code: str, project: str, key: str, reading: str) -> HttpResponse:
    """The number behind a mark: what was counted, out of how many, when, and the fingerprint of the rows."""
    region = access.community(request, code)
    found = access.project(request, region, project)
    row = _of(request, found, key)
    mark = (
        Mark.objects.filter(score=row.submission.score, reading__key=reading)
        .select_related("reading")
        .first()
    )
    if mark is None or mark.reading is None:
        raise Http404
    return shell.show(
        request, "evaluations/reading.html", region, "disclosure", back=reverse("portal:evaluation", args=[code, project, key]),
        open_rows=_open_rows(mark.reading, code, request), **_reading(mark.reading),
    )  # fmt: skip


def _reading(row: Reading) -> dict[str, Any]:
    about = row.about
    facts = [
        (_("时段"), _("%(first)s至%(last)s") % {"first": day(row.first_on), "last": day(row.last_on)}),
        (_("取数日期"), day(row.taken_on)),
        (_("数了多少"), _counted(row, row.whole)),
        (_("其中达到"), _counted(row, row.part)),
        (_("佐证条数"), row.evidence_count),
        (_("佐证指纹"), row.evidence_digest),
    ]
    return {
        "heading": both(about.get("title")), "definition": both(about.get("definition")), "source": both(about.get("source")),
        "value": "" if row.value is None else f"{row.value.normalize():f}", "unit": row.unit, "facts": facts, "kind": reading_kinds().get(row.kind, row.kind),
    }  # fmt: skip


def _counted(row: Reading, number: int | None) -> str:
    """A count behind a reading; of a ratio of amounts it is an amount in yuan."""
    if number is None:
        return "—"
    return _("%(yuan)s 元") % {"yuan": yuan(number)} if row.counting == "ratio" else f"{number:,}"


def _open_rows(row: Reading, code: str, request: HttpRequest) -> list[tuple[str, Any, str]]:
    """The rows behind a measured reading as far as everybody may see them: public ones (P0) with their pages."""
    measure = CATALOGUE.get(row.word) if row.kind == "measured" else None
    if measure is None or measure.data_class != "P0":
        return []
    behind = rows_behind(
        measure, span=Span(row.first_on, row.last_on), region=row.region, actor=access.actor(request)
    )
    is_published = measure.row_kind == "disclosure.publication" and row.region == code
    return [
        (one.key, one.day, reverse("portal:publication", args=[code, one.key]) if is_published else "")
        for one in behind.rows
        if not one.is_masked
    ]


def reading_kinds() -> dict[str, str]:
    """How a reading came about."""
    return {
        "measured": _("从记录里数出来"),
        "surveyed": _("问卷调查"),
        "attested": _("有人签字并附材料"),
        "derived": _("由别的数算出"),
    }


@page("GET")
def report(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """A report that was released on the board, as a page."""
    region = access.community(request, code)
    first, last = region.span
    found = Report.objects.released().filter(number=number, region__gte=first, region__lte=last).first()
    if found is None:
        raise Http404
    return shell.show(
        request, "evaluations/report.html", region, "disclosure", report=page_of(tree_of(found, lang()))
    )
