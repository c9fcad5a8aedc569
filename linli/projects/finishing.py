"""Acceptance, audit, papers and the end of a project (验收、审计、材料、归档)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from linli.cases.handling import attach
from linli.cases.models import CasePaper
from linli.ground.money import Money
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.actors import Actor
from linli.projects.declared import paper_kinds
from linli.projects.formulas import together
from linli.projects.gates import open_gate
from linli.projects.models import Acceptance, Audit, Expenditure, Project
from linli.projects.passing import locked, make_move
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Item:
    """One thing that was planned and what of it was done; numbers as decimal text."""

    title: str
    unit: str
    planned: str
    done: str


@dataclass(frozen=True)
class Findings:
    """What a panel found. ``panel`` names posts and bodies; defects need a day by which to put them right."""

    on: date
    panel: tuple[str, ...]
    items: tuple[Item, ...]
    defects: str = ""
    remedy_by: date | None = None

    @property
    def conclusion(self) -> str:
        """``passed``, or ``defects`` where any are named."""
        return "defects" if self.defects.strip() else "passed"


@act
def accept_work(*, project: Project, findings: Findings, by: Actor, at: datetime) -> Acceptance:
    """Accept the finished work, or send it back with its defects and a day to put them right.

    Refused: an empty panel or checklist, a number that is none, defects without a day.
    """
    project = locked(project)
    by.require("projects.accept", project.region_code)
    _check_findings(findings)
    like = "with_defects" if findings.conclusion == "defects" else "accept"
    make_move(project, "projects.finishing.accept_work", by=by, at=at, opinion=findings.defects, like=like)
    acceptance = Acceptance.objects.create(
        project=project,
        number=project.acceptances.count() + 1,
        on=findings.on,
        panel=list(findings.panel),
        items=[
            {"title": item.title, "unit": item.unit, "planned": item.planned, "done": item.done}
            for item in findings.items
        ],
        conclusion=findings.conclusion,
        defects=findings.defects.strip(),
        remedy_by=findings.remedy_by,
        actor=by.actor_word,
        at=at,
    )
    if acceptance.conclusion == "passed":
        project.accepted_on = findings.on
        project.save(update_fields=["accepted_on"])
    content: dict[str, object] = {
        "case": project.case.number, "number": acceptance.number, "on": acceptance.on.isoformat(),
        "items": acceptance.items, "conclusion": acceptance.conclusion,
    }  # fmt: skip
    key = f"{project.case.number}/{acceptance.number}"
    append(region=project.region_code, kind="projects.acceptance", row_key=key, content=content, at=at)
    return acceptance


def _check_findings(findings: Findings) -> None:
    if not findings.panel:
        raise Said("projects.panel_empty", field="panel")
    if not findings.items:
        raise Said("projects.checklist_empty", field="items")
    for item in findings.items:
        for field, text in (("planned", item.planned), ("done", item.done)):
            if not _is_number(text):
                raise Said("projects.not_a_number", field=field, text=text)
    if findings.conclusion == "defects" and findings.remedy_by is None:
        raise Said("projects.remedy_day_missing", field="remedy_by")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        return False


@dataclass(frozen=True)
class AuditReport:
    """An audit report: body, number, day, opinion (clean, qualified, adverse, disclaimed), findings, doubted entries."""

    body: str
    report_number: str
    on: date
    opinion: str
    findings: tuple[tuple[str, int], ...] = ()
    doubted: tuple[Expenditure, ...] = ()


@act
def enter_audit(*, project: Project, report: AuditReport, by: Actor, at: datetime) -> Audit:
    """Enter an audit report with its findings (title, fen) and the spending entries it doubts."""
    project = locked(project)
    by.require("projects.audit", project.region_code)
    if report.opinion not in ("clean", "qualified", "adverse", "disclaimed"):
        raise Said("projects.unknown_audit_opinion", field="opinion")
    if any(entry.project_id != project.pk for entry in report.doubted):
        raise Said("projects.other_entry", field="doubted")
    make_move(project, "projects.finishing.enter_audit", by=by, at=at)
    audit = Audit.objects.create(
        project=project,
        number=project.audits.count() + 1,
        on=report.on,
        body=report.body,
        report_number=report.report_number,
        opinion=report.opinion,
        findings=[{"title": title, "cents": cents} for title, cents in report.findings],
        actor=by.actor_word,
        at=at,
    )
    audit.doubted.add(*report.doubted)
    content: dict[str, object] = {
        "case": project.case.number, "number": audit.number, "on": audit.on.isoformat(), "opinion": audit.opinion,
        "findings": audit.findings, "doubted": sorted(entry.key for entry in report.doubted),
    }  # fmt: skip
    key = f"{project.case.number}/{audit.number}"
    append(region=project.region_code, kind="projects.audit", row_key=key, content=content, at=at)
    return audit


@act
def attach_paper(*, project: Project, document: Document, kind: str, by: Actor, at: datetime) -> CasePaper:
    """Put a paper of a declared kind into the project's file. Any post of its procedure at its place may."""
    by.require("projects.read", project.region_code)
    if by.post not in {post for move in project.case.plan.moves for post in move.posts}:
        raise Said("projects.not_in_chain", post=by.role.title)
    if kind not in paper_kinds():
        raise Said("projects.unknown_paper", field="kind", paper=kind)
    return attach(case=project.case, document=document, kind=kind, by=by, at=at)


def papers_missing(project: Project, *, on: date) -> list[tuple[str, Both]]:
    """Papers of the annex list (rule ``projects.annexes``) that the file does not hold, in the list's order."""
    there = set(project.case.papers.values_list("kind", flat=True))
    asked: Sequence[str] = rule("projects.annexes", place=project.region_code, on=on).value
    return [(kind, paper_kinds()[kind]) for kind in asked if kind not in there]


@act
def close(*, project: Project, by: Actor, at: datetime, opinion: str = "") -> Project:
    """Close and archive a project. Refused: before acceptance, with money in transit, with a balance not returned."""
    project = locked(project)
    by.require("projects.apply", project.region_code)
    if not project.acceptances.filter(conclusion="passed").exists():
        raise Said("projects.close_before_acceptance")
    account = together(source.account for source in project.sources.all())
    if account.in_transit:
        raise Said("projects.close_in_transit", amount=Money(account.in_transit))
    if account.balance:
        raise Said("projects.close_with_balance", amount=Money(account.balance))
    make_move(project, "projects.finishing.close", by=by, at=at, opinion=opinion)
    project.closed_on = timezone.localdate(at)
    project.save(update_fields=["closed_on"])
    content: dict[str, object] = {
        "case": project.case.number, "on": project.closed_on.isoformat(), "spent": account.spent,
        "returned": account.returned, "received": account.received,
    }  # fmt: skip
    append(
        region=project.region_code, kind="projects.close", row_key=project.case.number, content=content, at=at
    )
    open_gate(project=project, kind="close", on=project.closed_on, at=at)
    return project
