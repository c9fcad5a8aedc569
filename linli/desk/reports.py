"""Reports at the desk: composing, the web page of one with every figure a link, its papers, the proof bundle, release;
and the review of papers that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from linli.desk import access, doing, fiscal, frame, reviewing
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.reports import ComposeForm, ReleaseForm
from linli.desk.saying import lang, tell, tried
from linli.desk.templatetags.fiscal import ranks_of
from linli.disclosure.models import Publication
from linli.evaluation.bundle import Paper, make_bundle
from linli.evaluation.models import Evaluation
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.projects.models import Project
from linli.records.keeping import open_file
from linli.reports.annexes import annex_pack
from linli.reports.composing import compose, issue, release, tree_of
from linli.reports.models import IssuedPaper, Report
from linli.reports.webtree import Page, page_of
from linli.rulebook.publishing import editions

PAGE = 50
EVALUATE = "evaluation.evaluate"
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
FORMS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))


def reports(request: DeskRequest) -> QuerySet[Report]:
    """Reports of one's place that are released, or on evaluations one may open."""
    by = access.require(request, "evaluation.read")
    first, last = by.span
    return Report.objects.visible_to(by, request.today).filter(region__gte=first, region__lte=last)


def report(request: DeskRequest, number: str) -> Report:
    """One report by its number."""
    rows = reports(request).select_related("evaluation__frame", "outline", "score")
    return get_object_or_404(rows, number=number)


def listed(request: DeskRequest) -> HttpResponse:
    """Reports, newest first, by key."""
    rows = reports(request).select_related("evaluation", "outline").order_by("-id")
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(pk__lt=Report.objects.filter(number=before).values("pk")[:1])
    page = list(rows.defer("trees")[: PAGE + 1])
    names = dict(
        Project.objects.filter(case__number__in={row.project for row in page}).values_list(
            "case__number", "name"
        )
    )
    shown = {
        "reports": [
            {"url": reverse("desk:report-page", args=[row.number]), "name": names.get(row.project, row.project), "number": row.number,
             "year": row.year, "outline": both(row.outline.title), "evaluator": row.evaluation.evaluator, "at": row.composed_at}
            for row in page[:PAGE]
        ],
        "older": f"?before={page[PAGE - 1].number}" if len(page) > PAGE else "",
        "review": reverse("desk:review"),
    }  # fmt: skip
    return frame.draw(request, "reports/list.html", shown, current="reports")


def composing(request: DeskRequest, key: str) -> HttpResponse:
    """The reports on an evaluation, and composing one by an outline."""
    found, by = fiscal.evaluation(request, key), actor(request)
    sent = doing.already(request)
    if sent is not None:
        return sent
    outlines = {row.code: row for row in editions("outlines", request.today)}
    may = by.may(EVALUATE) and by.holds(found.region) and bool(outlines)
    if request.method == "POST" and not may:
        raise Http404
    names = [(code, both(row.title)) for code, row in outlines.items()]
    form = doing.given_to(
        request, ComposeForm, outlines=names, initial={"outline": "source" if "source" in outlines else ""}
    )

    def do(given: dict[str, Any]) -> object:
        made = compose(evaluation=found, outline=outlines[given["outline"]], by=by, at=request.now)
        return reverse("desk:report-page", args=[made.number])

    before = reports(request).filter(evaluation=found).defer("trees").order_by("-id")[:20]
    facts = [(row.number, f"{row.composed_on}") for row in before]
    evaluation = reverse("desk:evaluation-page", args=[key])
    crumbs = [(_("绩效评价"), reverse("desk:evaluation")), (_("这次评价"), evaluation), (_("生成报告"), "")]
    screen = doing.Screen(
        _("生成报告"), _("生成"), _("报告已生成。"), evaluation, current="reports", crumbs=crumbs, facts=facts,
        hints=[("info", _("报告照最后一次评分写成：每个数字都能点回依据，缺什么就在局限里写明缺什么。"))],
    )  # fmt: skip
    if not may and before:
        return HttpResponseRedirect(reverse("desk:report-page", args=[before[0].number]))
    if not may:
        raise Http404
    return doing.perform(request, form, screen, do)


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The web page of a report: every figure leads to its reading or its money."""
    found, by = report(request, number), actor(request)
    may = by.may(EVALUATE) and by.holds(found.region)
    page: Page = page_of(tree_of(found, lang()))
    issued = list(found.papers.select_related("document").order_by("-id"))
    shown = {
        "report": page,
        "links": links(page, found, by),
        "ranks": ranks_of(page),
        "evaluation": reverse("desk:evaluation-page", args=[found.evaluation.key]),
        "forms": [_form_of(found, word, label, issued, may) for word, label in FORMS],
        "annexes": reverse("desk:report-annexes", args=[number]) if by.may("projects.read") else "",
        "bundle": reverse("desk:report-bundle", args=[found.evaluation.key]) if hasattr(found.evaluation, "submission") else "",
        "issued": [
            {"form": dict(FORMS).get(row.form, row.form), "at": row.at, "sha256": row.sha256, "url": _paper_url(found, row)}
            for row in issued
        ],
        "digest": found.digest,
        "composed_at": found.composed_at,
        "release": reverse("desk:report-release", args=[number])
        if by.may("disclosure.publish") and by.holds(found.region) else "",
        "released": list(found.releases.values_list("publication", flat=True)),
    }  # fmt: skip
    return frame.draw(request, "reports/show.html", shown, current="reports")


def _form_of(found: Report, word: str, label: str, issued: list[IssuedPaper], may: bool) -> dict[str, str]:
    known = next((row for row in issued if row.form == word), None)
    return {
        "label": label, "word": word, "url": _paper_url(found, known) if known else "",
        "issue": reverse("desk:report-papers", args=[found.number]) if may and known is None else "",
    }  # fmt: skip


def _paper_url(found: Report, row: IssuedPaper) -> str:
    return reverse("desk:report-paper", args=[found.number, row.form, row.sha256[:16]])


def links(page: Page, found: Report, by: Actor) -> dict[str, str]:
    """Where every reference word of the page leads; a word that leads nowhere for this reader is left out."""
    evaluation = reverse("desk:evaluation-page", args=[found.evaluation.key])
    money = reverse("desk:project-money", args=[found.project]) if by.may("projects.read") else ""
    known: dict[str, str] = {}
    for ref in _refs(page):
        kind, _sign, key = ref.partition(":")
        if kind == "reading":
            known[ref] = reverse("desk:reading", args=[key])
        elif kind == "money":
            known[ref] = money
        elif kind in ("score", "claim"):
            known[ref] = evaluation
    return {ref: url for ref, url in known.items() if url}


def _refs(page: Page) -> Iterator[str]:
    groups = [page.parts, *(annex[3] for annex in page.annexes)]
    for parts in groups:
        for part in parts:
            for piece in (*part.pieces, *(piece for item in part.items for piece in item)):
                if piece.ref:
                    yield piece.ref


def papers(request: DeskRequest, number: str) -> HttpResponse:
    """Issue the report as a file and hand it out; issued once, the same file is given again."""
    found, by = report(request, number), actor(request)
    fiscal.require_at(by, EVALUATE, found.region)
    form = request.POST.get("form", "")
    known = found.papers.filter(form=form).order_by("-id").first()
    made: list[IssuedPaper] = [known] if known else []
    if not made:
        tried(request, lambda: made.append(issue(report=found, by=by, at=request.now, form=form)))
    return HttpResponseRedirect(
        _paper_url(found, made[0]) if made else reverse("desk:report-page", args=[number])
    )


def paper(request: DeskRequest, number: str, form: str, digest: str) -> HttpResponse:
    """An issued file, checked against its hash."""
    found = report(request, number)
    row = get_object_or_404(
        found.papers.select_related("document__file"), form=form, sha256__startswith=digest
    )
    content = open_file(
        document=row.document, by=actor(request), at=request.now, through=f"reports.report:{number}"
    )
    return _file(content, form, f"{number}.{form}")


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def annexes(request: DeskRequest, number: str) -> HttpResponse:
    """The annex pack: the report's issued forms and the papers of the project's file that it names."""
    found, by = report(request, number), actor(request)
    access.require(request, "projects.read")
    document = tree_of(found)
    wanted = {digest for annex in document.annexes for digest in annex.papers}
    project = fiscal.project(request, found.project)
    held = {}
    for row in project.case.papers.select_related("document__file").filter(document__erased_at=None):
        if row.document.sha256 in wanted:
            content = open_file(document=row.document, by=by, at=request.now, through=f"case:{found.project}")
            held[row.document.sha256] = (row.document.name, content)
    forms = {}
    for one in found.papers.select_related("document__file").order_by("id"):
        content = open_file(document=one.document, by=by, at=request.now, through=f"reports.report:{number}")
        forms[f"{number}.{one.form}"] = content
    return _file(annex_pack(document, held, forms), "zip", f"{number}-annexes.zip")


def bundle(request: DeskRequest, key: str) -> HttpResponse:
    """What the proof bundle is and how to check it (GET); making and handing it out (POST)."""
    found, by = fiscal.evaluation(request, key), actor(request)
    if not hasattr(found, "submission"):
        raise Http404
    if request.method == "POST":
        content = _bundled(request, found, by)
        if content is not None:
            return _file(content, "zip", f"{found.project}-{found.last_on.year}-proof.zip")
    newest = reports(request).filter(evaluation=found).order_by("-id").first()
    shown = {
        "evaluation": reverse("desk:evaluation-page", args=[key]),
        "project": found.project,
        "year": found.last_on.year,
        "report": newest.number if newest else "",
        "forms": sorted(newest.papers.values_list("form", flat=True).distinct()) if newest else [],
    }
    return frame.draw(request, "reports/bundle.html", shown, current="reports")


def _bundled(request: DeskRequest, found: Evaluation, by: Actor) -> bytes | None:
    newest = reports(request).filter(evaluation=found).order_by("-id").first()
    held = {}
    for row in newest.papers.select_related("document__file").order_by("id") if newest else ():
        name = f"{row.report.number}.{row.form}"
        held[name] = open_file(
            document=row.document, by=by, at=request.now, through=f"reports.report:{newest}"
        )
    made: list[bytes] = []
    given = [Paper(name, content) for name, content in held.items()]

    def call() -> None:
        kept = make_bundle(
            project=found.project, year=found.last_on.year, by=by, at=request.now, papers=given
        )
        made.append(kept.content)

    tried(request, call)
    return made[0] if made else None


def releasing(request: DeskRequest, number: str) -> HttpResponse:
    """Release a report to everybody, under a publication of its project."""
    found, by = report(request, number), actor(request)
    fiscal.require_at(by, "disclosure.publish", found.region)
    rows = Publication.objects.filter(source=f"case:{found.project}").order_by("-id")[:20]
    choices = [(row.number, f"{row.number} · {row.title}") for row in rows]
    form = doing.given_to(request, ReleaseForm, publications=choices)

    def do(given: dict[str, Any]) -> object:
        row = release(report=found, publication=given["publication"], by=by, at=request.now)
        tell(request, _("从现在起，居民网上看得到这份报告。"))
        return row

    back = reverse("desk:report-page", args=[number])
    crumbs = [(_("报告"), reverse("desk:reports")), (number, back), (_("公开报告"), "")]
    hints = [] if choices else [("warn", _("先在项目的“材料、验收与公开”里公开一个环节，再公开报告。"))]
    screen = doing.Screen(
        _("公开报告"), _("公开"), _("报告已公开。"), back, current="reports", crumbs=crumbs, hints=hints,
        audience=[_("所有人都看得到报告全文、每个数的口径和条数；逐条记录按资料级别遮住。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


urlpatterns: list[URLPattern] = [
    fiscal.read("reports/", listed, "reports"),
    fiscal.show("reports/review/", reviewing.review_paper, "review"),
    fiscal.show("evaluations/<slug:key>/report/", composing, "report"),
    fiscal.show("evaluations/<slug:key>/bundle/", bundle, "report-bundle"),
    fiscal.read("reports/<slug:number>/", show, "report-page"),
    fiscal.change("reports/<slug:number>/papers/", papers, "report-papers"),
    fiscal.read("reports/<slug:number>/papers/<slug:form>/<slug:digest>/", paper, "report-paper"),
    fiscal.read("reports/<slug:number>/annexes/", annexes, "report-annexes"),
    fiscal.show("reports/<slug:number>/release/", releasing, "report-release"),
]
