"""A project as everybody may see it: what it is for, where every fen went, how far it is, what was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.disclosure.models import Publication
from linli.look.templatetags.linli import both
from linli.portal import access, evaluations, shell, timeline
from linli.portal.saying import page
from linli.projects.accounts import LineRow, MoneyTable, money_of
from linli.projects.declared import purpose_title
from linli.projects.models import Acceptance, Audit, Expenditure, Gate, Project, Statement


@page("GET")
def project(request: HttpRequest, code: str, project: str) -> HttpResponse:
    """The public page of a project: eight questions, one table of money, every entry behind it."""
    region = access.community(request, code)
    found = access.project(request, region, project)
    money = money_of(found)
    return shell.show(
        request, "projects/project.html", region, "disclosure", name=found.name, is_stated=found.is_stated,
        purpose=found.purpose, content=found.content, goals=[*found.general_goals, *filter(None, [found.yearly_goal])],
        facts=_facts(found), money=money, sources=[_source(row) for row in money.rows], lines=_lines(found, money),
        steps=_steps(found), gates=_gates(found, code), acceptances=_acceptances(found), audits=_audits(found),
        statements=_statements(found), evaluations=evaluations.lines(found, code, request),
    )  # fmt: skip


def levels() -> dict[str, str]:
    """Levels of government."""
    return {
        "nation": _("中央"),
        "province": _("省"),
        "city": _("市"),
        "district": _("区县"),
        "street": _("街道"),
        "community": _("社区"),
    }


def _facts(found: Project) -> list[tuple[str, Any]]:
    span = [day for day in (found.starts_on, found.ends_on) if day]
    known: list[tuple[str, Any]] = [
        (_("实施单位"), found.unit_name),
        (_("试点通知"), found.programme.title if found.programme else ""),
        (_("年度"), found.year),
        (_("起止"), timeline.days(*span) if len(span) == 2 else ""),
        (_("受益人数"), found.beneficiaries),
        (_("批复文号"), found.approved_number),
    ]
    return [
        (name, _("原报告没有写") if value in ("", None) and found.is_stated else value)
        for name, value in known
        if value not in ("", None) or found.is_stated
    ]


def _source(row: Any) -> dict[str, Any]:
    account = row.account
    return {
        "title": both(row.title), "level": levels().get(row.level, row.level), "approved": account.approved, "allocated": account.allocated,
        "received": account.received, "spent": account.spent, "returned": account.returned, "balance": account.balance,
    }  # fmt: skip


def _lines(found: Project, money: MoneyTable) -> list[dict[str, Any]]:
    """Budget lines with the entries behind them: day, purpose, amount. Who was paid is not public."""
    entries: dict[int, list[dict[str, Any]]] = {}
    for row in Expenditure.objects.filter(project=found).select_related("line").order_by("on", "number"):
        entry = {
            "on": row.on,
            "purpose": both(purpose_title(row.purpose)),
            "cents": row.amount_cents,
            "red": row.corrects_id is not None,
            "has_paper": row.paper_id is not None,
        }
        entries.setdefault(row.line.number, []).append(entry)
    return [_line(line, entries.get(line.number, [])) for line in money.lines]


def _line(line: LineRow, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": line.title, "purpose": both(purpose_title(line.purpose)), "amount": line.amount, "spent": line.spent, "left": line.left,
        "entries": entries,
    }  # fmt: skip


def _steps(found: Project) -> list[dict[str, Any]]:
    """The life of the project as dated points; what has no day is still to come (or is not stated)."""
    points = [
        (_("批准"), found.approved_on), (_("第一笔钱到账"), found.first_received_on), (_("第一笔支出"), found.first_spent_on),
        (_("验收"), found.accepted_on), (_("结项"), found.closed_on),
    ]  # fmt: skip
    steps: list[dict[str, Any]] = []
    for title, on in points:
        steps.append({"title": title, "state": "done" if on else "later", "day": on})
    return steps


def _gates(found: Project, code: str) -> list[dict[str, Any]]:
    names = {
        "approval": _("批准公示"),
        "receipt": _("到账公开"),
        "quarter": _("季度公开"),
        "close": _("结果公开"),
    }
    gates = list(Gate.objects.filter(project=found))
    shown = set(
        Publication.objects.filter(number__in=[g.publication for g in gates if g.publication]).values_list(
            "number", flat=True
        )
    )
    return [
        {"name": names.get(gate.kind, gate.kind), "number": gate.number, "due": gate.due_on, "on": gate.published_on,
         "url": reverse("portal:publication", args=[code, gate.publication]) if gate.publication in shown else ""}
        for gate in gates
    ]  # fmt: skip


def _acceptances(found: Project) -> list[dict[str, Any]]:
    words = {"passed": _("通过"), "defects": _("有问题，限期整改")}
    return [
        {
            "on": row.on,
            "conclusion": words[row.conclusion],
            "passed": row.conclusion == "passed",
            "items": row.items,
            "defects": row.defects,
            "remedy": row.remedy_by,
        }
        for row in Acceptance.objects.filter(project=found)
    ]


def _audits(found: Project) -> list[dict[str, Any]]:
    words = {
        "clean": _("没有问题"),
        "qualified": _("有保留"),
        "adverse": _("否定"),
        "disclaimed": _("无法表示意见"),
    }
    return [
        {
            "on": row.on,
            "body": row.body,
            "number": row.report_number,
            "opinion": words.get(row.opinion, row.opinion),
        }
        for row in Audit.objects.filter(project=found)
    ]


def _statements(found: Project) -> list[dict[str, Any]]:
    """What a report of others says about the project: statements, no proof."""
    rows = Statement.objects.filter(project=found)
    return [{"text": both(row.text), "reference": row.reference, "amount": row.amount_cents} for row in rows]
