"""The money of a project: accounts with their three identities, orders, receipts, vouchers; and what moves money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.moving import moves_for
from linli.desk import fiscal, frame
from linli.desk.access import DeskRequest, actor
from linli.desk.spending import CORRECT, SCREENS
from linli.ground.money import yuan
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.projects.accounts import MoneyTable, money_of
from linli.projects.declared import purpose_title
from linli.projects.formulas import Account
from linli.projects.models import Allocation, Expenditure, Project, Receipt, Return
from linli.records.keeping import open_file

PAGE = 30


@dataclass(frozen=True)
class Identity:
    """One of the three identities as the page shows it; ``holds`` is ``None`` where a part is not stated."""

    left: tuple[str, object]
    parts: Sequence[tuple[str, object]]
    holds: bool | None


def identities(account: Account, *, is_stated: bool, missing: object) -> list[Identity]:
    """Approved, allocated and received, each with its parts. What a report leaves open is said, not counted as 0."""
    later = missing if is_stated else None
    spent, returned, balance = (
        later or yuan(cents) for cents in (account.spent, account.returned, account.balance)
    )
    received, in_transit = later or yuan(account.received), later or yuan(account.in_transit)
    approved = fiscal.yuan(account.approved, missing=missing)
    not_yet = fiscal.yuan(account.not_yet, missing=missing)
    known = account.approved is not None
    return [
        Identity((_("批复"), approved), [(_("已下拨"), yuan(account.allocated)), (_("未下拨"), not_yet)],
                 account.not_yet is not None and account.not_yet >= 0 if known else None),
        Identity((_("已下拨"), yuan(account.allocated)), [(_("已到账"), received), (_("在途"), in_transit)],
                 None if is_stated else account.in_transit >= 0),
        Identity((_("已到账"), received), [(_("已支出"), spent), (_("结余"), balance), (_("已退回"), returned)],
                 None if is_stated else account.balance >= 0),
    ]  # fmt: skip


def table(found: Project, money: MoneyTable) -> dict[str, Any]:
    """The money table as the page shows it: a row per source, the total, the three identities, the lines."""
    missing = fiscal.not_stated() if found.is_stated else _("待批复")
    rows = [
        {"title": both(row.title), "about": " · ".join(part for part in (
            fiscal.level(row.level), str(row.year or ""), _("第%(batch)d批") % {"batch": row.batch} if row.batch else "") if part),
         "cells": _cells(row.account, found.is_stated, missing)}
        for row in money.rows
    ]  # fmt: skip
    return {
        "rows": rows,
        "total": _cells(money.total, found.is_stated, missing) if len(rows) > 1 else [],
        "columns": [_("批复"), _("已下拨"), _("未下拨"), _("已到账"), _("在途"), _("已支出"), _("结余"), _("已退回")],
        "identities": identities(money.total, is_stated=found.is_stated, missing=missing),
        "stands": money.stands,
        "is_stated": found.is_stated,
        "lines": [
            {"title": line.title, "purpose": both(purpose_title(line.purpose)), "amount": line.amount, "spent": line.spent,
             "left": line.left, "share": line.spent / line.amount * 100 if line.amount else 0}
            for line in money.lines
        ],
    }  # fmt: skip


def _cells(account: Account, is_stated: bool, missing: object) -> list[object]:
    later = (account.received, account.in_transit, account.spent, account.balance, account.returned)
    return [
        fiscal.yuan(account.approved, missing=missing),
        yuan(account.allocated),
        fiscal.yuan(account.not_yet, missing=missing),
        *(missing if is_stated else yuan(cents) for cents in later),
    ]


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The money page: accounts, orders with their receipts, spending by key, returns."""
    found, by = fiscal.project(request, number), actor(request)
    entries, older = _entries(found, by, request.GET.get("before", ""))
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, by, "money"),
        "money": table(found, money_of(found)),
        "orders": _orders(found),
        "entries": entries,
        "older": older,
        "is_paged": "before" in request.GET,
        "returns": list(Return.objects.filter(source__project=found).order_by("on", "id")),
        "buttons": buttons(found, by),
    }
    return frame.draw(request, "projects/money.html", page, current="projects")


def buttons(found: Project, by: Actor) -> list[dict[str, str]]:
    """What moves money, as far as the actor may now."""
    offered: dict[str, dict[str, str]] = {}
    for move in moves_for(found.case, by):
        if move.verb in SCREENS and move.verb not in offered:
            url = reverse("desk:projects-act", args=[found.case.number, move.code])
            tone = "go" if move.tone == "go" else "plain"
            offered[move.verb] = {"label": both(move.title), "url": url, "tone": tone}
    return list(offered.values())


def _orders(found: Project) -> list[dict[str, Any]]:
    receipts: dict[int, list[Receipt]] = {}
    for row in Receipt.objects.filter(source__project=found).order_by("on", "id"):
        receipts.setdefault(row.allocation_id, []).append(row)
    missing = fiscal.not_stated() if found.is_stated else "—"
    return [
        {"number": row.order_number or missing, "on": row.on, "from": fiscal.level(row.from_level) or missing,
         "to": fiscal.level(row.to_level) or missing, "payer": row.payer, "payee": row.payee, "cents": row.amount_cents,
         "is_stated": row.entered == "stated", "reference": row.reference, "receipts": receipts.get(row.pk, []),
         "reaches": row.to_level == "community"}
        for row in Allocation.objects.filter(source__project=found).order_by("on", "id")
    ]  # fmt: skip


def _entries(found: Project, by: Actor, before: str) -> tuple[list[dict[str, Any]], str]:
    """A page of spending, newest first, and the address of the next; by the entry's number in the project."""
    red = Expenditure.objects.filter(corrects=OuterRef("pk"))
    rows = (
        Expenditure.objects.filter(project=found)
        .annotate(is_taken_back=Exists(red))
        .select_related("line", "corrects")
    )
    if before.isdigit():
        rows = rows.filter(number__lt=int(before))
    page = list(rows.order_by("-number")[: PAGE + 1])
    older = f"?before={page[PAGE - 1].number}" if len(page) > PAGE else ""
    return [_entry(found, row, by) for row in page[:PAGE]], older


def _entry(found: Project, row: Expenditure, by: Actor) -> dict[str, Any]:
    return {
        "number": row.number, "on": row.on, "voucher": row.voucher_number, "line": row.line.title, "item": row.item,
        "payee": fiscal.payee(row.payee, by), "cents": row.amount_cents, "is_red": row.corrects_id is not None,
        "is_taken_back": bool(getattr(row, "is_taken_back", False)), "has_paper": row.paper_id is not None,
        "url": reverse("desk:voucher", args=[found.case.number, row.number]),
    }  # fmt: skip


def voucher(request: DeskRequest, number: str, entry: int) -> HttpResponse:
    """One spending entry: amount in figures and capitals, invoice, paper, and what took it back."""
    found, by = fiscal.project(request, number), actor(request)
    row = fiscal.entry(found, entry)
    taken_back = getattr(row, "corrected_by", None)
    can = (
        not row.corrects_id
        and taken_back is None
        and any(m.verb == CORRECT for m in moves_for(found.case, by))
    )
    code = next((m.code for m in moves_for(found.case, by) if m.verb == CORRECT), "")
    page = {
        "head": fiscal.head(found), "entry": _entry(found, row, by), "key": row.key, "reason": row.reason,
        "facts": _voucher_facts(row, by), "amount": row.amount_cents,
        "paper": reverse("desk:voucher-paper", args=[number, entry]) if row.paper_id and by.may("projects.read") else "",
        "corrects": row.corrects.number if row.corrects else None,
        "corrected_by": taken_back.number if taken_back else None,
        "correction": f"{reverse('desk:projects-act', args=[number, code])}?entry={entry}" if can else "",
    }  # fmt: skip
    return frame.draw(request, "projects/voucher.html", page, current="projects")


def _voucher_facts(row: Expenditure, by: Actor) -> list[tuple[str, object]]:
    return [
        (_("凭证号"), row.voucher_number),
        (_("日期"), row.on),
        (_("预算科目"), row.line.title),
        (_("用途"), both(purpose_title(row.purpose))),
        (_("资金来源"), both(row.source.fund.title)),
        (_("收款方"), fiscal.payee(row.payee, by)),
        (_("事项"), row.item),
        (_("发票号码"), row.invoice_number or "—"),
    ]


def paper(request: DeskRequest, number: str, entry: int) -> HttpResponse:
    """The voucher's paper, for who may see who was paid."""
    found, by = fiscal.project(request, number), actor(request)
    row = fiscal.entry(found, entry)
    if row.paper is None or not fiscal.sees_payees(by):
        raise Http404
    content = open_file(document=row.paper, by=by, at=request.now, through=row.word)
    media = row.paper.file.media_type if row.paper.file else "application/octet-stream"
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.paper.key}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
