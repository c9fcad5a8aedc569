"""Papers, acceptance, audit, disclosure at the gates, closing: what shows that a project was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import doing, fiscal, frame
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.projects import OPINIONS, AcceptForm, AuditForm, GateForm, PaperForm
from linli.desk.forms.rows import OpinionForm
from linli.ground.money import yuan
from linli.ground.said import Said
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.projects.declared import paper_kinds
from linli.projects.finishing import (
    AuditReport,
    Findings,
    Item,
    accept_work,
    attach_paper,
    close,
    enter_audit,
)
from linli.projects.gates import publish_gate
from linli.projects.models import Acceptance, Audit, Expenditure, Project
from linli.records.keeping import keep, open_file
from linli.rulebook.reading import rule
from linli.trail.writing import writing


def gate_words() -> dict[str, str]:
    """The gates of disclosure in words."""
    return {"approval": _("批复"), "receipt": _("到账"), "quarter": _("季度"), "close": _("完工")}


def show(request: DeskRequest, number: str) -> HttpResponse:
    """Papers with the annex list, acceptances, audits, gates with their publications."""
    found, by = fiscal.project(request, number), actor(request)
    annexes, others = _papers(found, request)
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, by, "papers"),
        "annexes": annexes,
        "held": sum(1 for one in annexes if one["papers"]),
        "others": others,
        "attach": reverse("desk:project-attach", args=[number]) if may_attach(found, by) else "",
        "acceptances": [_acceptance(row) for row in Acceptance.objects.filter(project=found)],
        "audits": [_audit(row) for row in Audit.objects.filter(project=found).prefetch_related("doubted")],
        "gates": _gates(found, by),
    }
    return frame.draw(request, "projects/papers.html", page, current="projects")


def _papers(found: Project, request: DeskRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The annex list with what the file holds of each, and the papers outside it."""
    kinds = paper_kinds()
    held: dict[str, list[dict[str, Any]]] = {}
    for row in found.case.papers.select_related("document").filter(document__erased_at=None).order_by("id"):
        url = reverse("desk:project-paper", args=[found.case.number, row.document.key])
        held.setdefault(row.kind, []).append({"title": row.document.title, "url": url, "at": row.at})
    try:
        asked: list[str] = rule("projects.annexes", place=found.region_code, on=request.today).value
    except Said:
        asked = []
    annexes = [{"title": both(kinds[kind]), "papers": held.get(kind, [])} for kind in asked]
    others = [
        {"title": both(kinds.get(kind, kind)), "papers": papers}
        for kind, papers in held.items()
        if kind not in asked
    ]
    return annexes, others


def _acceptance(row: Acceptance) -> dict[str, Any]:
    return {
        "on": row.on, "panel": "、".join(row.panel), "items": row.items, "passed": row.conclusion == "passed",
        "defects": row.defects, "remedy_by": row.remedy_by,
    }  # fmt: skip


def _audit(row: Audit) -> dict[str, Any]:
    return {
        "on": row.on, "body": row.body, "number": row.report_number, "opinion": str(dict(OPINIONS).get(row.opinion, row.opinion)),
        "is_clean": row.opinion == "clean", "findings": row.findings, "doubted": sorted(one.number for one in row.doubted.all()),
    }  # fmt: skip


def _gates(found: Project, by: Actor) -> list[dict[str, Any]]:
    may = by.may("disclosure.publish") and by.holds(found.region_code)
    names = gate_words()
    return [
        {"name": names.get(row.kind, row.kind), "number": row.number if row.kind in ("receipt", "quarter") else None,
         "reached_on": row.reached_on, "due_on": row.due_on, "published_on": row.published_on, "publication": row.publication,
         "publication_url": _publication_url(row.publication),
         "is_late": row.published_on is not None and row.published_on > row.due_on,
         "url": reverse("desk:gate", args=[found.case.number, row.kind, row.number]) if may and not row.published_on else ""}
        for row in found.gates.order_by("reached_on", "id")
    ]  # fmt: skip


def _publication_url(number: str) -> str:
    url = frame.address("disclosure") if number else ""
    return f"{url}{number}/" if url else ""


def may_attach(found: Project, by: Actor) -> bool:
    """Any post of the project's procedure at its place may add papers while it is open."""
    posts = {post for move in found.case.plan.moves for post in move.posts}
    return found.case.closed_on is None and by.post in posts and by.holds(found.region_code)


def paper(request: DeskRequest, number: str, key: str) -> HttpResponse:
    """A paper of the project's file."""
    found = fiscal.project(request, number)
    row = get_object_or_404(found.case.papers.select_related("document__file"), document__key=key)
    content = open_file(document=row.document, by=actor(request), at=request.now, through=f"case:{number}")
    media = row.document.file.media_type if row.document.file else "application/octet-stream"
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.document.key}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def attach(request: DeskRequest, number: str) -> HttpResponse:
    """Put a paper into the project's file."""
    found, by = fiscal.project(request, number), actor(request)
    if not may_attach(found, by):
        raise Http404
    kinds = [(code, both(title)) for code, title in paper_kinds().items()]
    form = doing.given_to(request, PaperForm, kinds=kinds, initial={"kind": request.GET.get("kind", "")})

    def do(given: dict[str, Any]) -> object:
        file = given["file"]
        with writing():
            document = keep(
                content=file.read(), name=file.name, kind=given["kind"], region=found.region_code, data_class="P1",
                retain_until=None, by=by, at=request.now,
            )  # fmt: skip
            return attach_paper(project=found, document=document, kind=given["kind"], by=by, at=request.now)

    back = reverse("desk:project-papers", args=[number])
    crumbs = [
        (_("项目"), reverse("desk:projects")),
        (found.name, fiscal.head(found).url),
        (_("添加材料"), ""),
    ]
    screen = doing.Screen(
        _("添加材料"), _("添加"), _("材料已放进项目档案。"), back, crumbs=crumbs,
        audience=[_("能打开这个项目的工作人员都看得到；材料不会自动公开。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def publish(request: DeskRequest, number: str, kind: str, order: int) -> HttpResponse:
    """Publish a gate; the amounts come from the accounts."""
    found, by = fiscal.project(request, number), actor(request)
    fiscal.require_at(by, "disclosure.publish", found.region_code)
    sent = doing.already(request)
    if sent is not None:
        return sent
    row = fiscal.gate(found, kind, order)
    form = doing.given_to(request, GateForm, asks_result=kind == "close")
    if "result" in form.fields:
        form.fields["result"].required = True

    def do(given: dict[str, Any]) -> object:
        return publish_gate(gate=row, by=by, at=request.now, result=given.get("result", ""))

    title = _("公开：%(gate)s") % {"gate": gate_words().get(kind, kind)}
    crumbs = [(_("项目"), reverse("desk:projects")), (found.name, fiscal.head(found).url), (title, "")]
    facts = [(_("到了这一步的日子"), row.reached_on), (_("最迟公开"), row.due_on)]
    screen = doing.Screen(
        title, _("公开"), _("已公开。"), reverse("desk:project-papers", args=[number]), facts=facts, crumbs=crumbs,
        hints=[("info", _("项目名称、资金来源、金额和去向照账目公开，收款方不公开；公开后不能改，只能更正。"))],
        audience=[_("所有人都看得到：社区公开栏和网上。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def accept_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Accept the work, or send it back with defects."""
    form = doing.given_to(request, AcceptForm, initial={"on": request.today})

    def do(given: dict[str, Any]) -> object:
        rows = form.rows_of("items")
        items = tuple(Item(row["title"], row["unit"], row["planned"], row["done"]) for row in rows)
        panel = tuple(line.strip() for line in given["panel"].splitlines() if line.strip())
        findings = Findings(given["on"], panel, items, given["defects"], given["remedy_by"])
        return accept_work(project=found, findings=findings, by=actor(request), at=request.now)

    fields = {"items": "items_0_title", "planned": "items_0_planned", "done": "items_0_done"}
    screen = doing.screen_of(
        found, move, done=_("验收结果已登记。"), at_field=fields, back=_papers_page(found)
    )
    return doing.perform(request, form, screen, do)


def audit_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Enter an audit report."""
    rows = {
        str(row.number): row
        for row in Expenditure.objects.filter(project=found).standing().order_by("number")
    }
    choices = [
        (key, f"{row.voucher_number} · {row.item} · {yuan(row.amount_cents)}") for key, row in rows.items()
    ]
    form = doing.given_to(request, AuditForm, entries=choices, initial={"on": request.today})

    def do(given: dict[str, Any]) -> object:
        findings = tuple((row["title"], row["cents"] or 0) for row in form.rows_of("findings"))
        report = AuditReport(
            given["body"], given["report_number"], given["on"], given["opinion"], findings,
            tuple(rows[key] for key in given["doubted"]),
        )  # fmt: skip
        return enter_audit(project=found, report=report, by=actor(request), at=request.now)

    screen = doing.screen_of(found, move, done=_("审计报告已登记。"), back=_papers_page(found))
    return doing.perform(request, form, screen, do)


def close_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Close and archive."""
    form = doing.given_to(request, OpinionForm)

    def do(given: dict[str, Any]) -> object:
        return close(project=found, by=actor(request), at=request.now, opinion=given["opinion"])

    hints = [("info", _("规则：不验收不办结；在途资金先确认到账，结余先上缴。"))]
    return doing.perform(request, form, doing.screen_of(found, move, done=_("项目已归档。"), hints=hints), do)


def _papers_page(found: Project) -> str:
    return reverse("desk:project-papers", args=[found.case.number])


SCREENS: Mapping[str, Callable[[DeskRequest, Project, Move], HttpResponse]] = {
    "projects.finishing.accept_work": accept_screen,
    "projects.finishing.enter_audit": audit_screen,
    "projects.finishing.close": close_screen,
}
