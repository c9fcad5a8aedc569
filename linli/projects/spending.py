"""Spending entries behind their gates, red entries, and the return of what is left (支出、红字冲销、结余上缴)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from linli.ground.money import Money
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.projects.declared import fund_of, purpose_title, require_purpose
from linli.projects.formulas import Circumstances, Spending, first_uncovered_day, invoice_key, refusals
from linli.projects.models import BudgetLine, Expenditure, FundSource, Project, Return
from linli.projects.passing import change_totals, locked, make_move
from linli.records import keeping
from linli.records.models import Document
from linli.rulebook.reading import rule
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Voucher:
    """A voucher to enter: day, number, line, source, payee, purpose word, item, fen, invoice number, its paper."""

    on: date
    number: str
    line: BudgetLine
    source: FundSource
    payee: str
    purpose: str
    item: str
    cents: int
    invoice_number: str = ""
    paper: Document | None = None


@act
def spend(*, project: Project, voucher: Voucher, by: Actor, at: datetime) -> Expenditure:
    """Enter one payment. Every gate in force (rule ``projects.spending_gates``) is asked; the first that stops it
    is raised and names its rule: barred use, receipt, period, invoice, purpose, line, received."""
    project = locked(project)
    by.require("projects.spend", project.region_code)
    _check_form(voucher)
    line, source = _rows(project, voucher)
    key, is_used = _invoice(voucher.invoice_number)
    gates = rule("projects.spending_gates", place=project.region_code, on=voucher.on).value
    stopped = refusals(_asked(voucher), _circumstances(project, line, source, is_used), gates)
    if stopped:
        raise stopped[0]
    make_move(project, "projects.spending.spend", by=by, at=at)
    entry = _write(_Entry(project, voucher, line, source, key), by, at)
    if voucher.paper is not None:
        keeping.attach(document=voucher.paper, about=entry.word, kind="voucher", by=by, at=at)
    return entry


@act
def correct_spending(*, entry: Expenditure, reason: str, on: date, by: Actor, at: datetime) -> Expenditure:
    """Take an entry back by a red entry over its whole amount; the right one is then entered anew.

    Refused: a red entry itself, an entry taken back already, a missing reason, a day before the entry.
    """
    project = locked(entry.project)
    by.require("projects.spend", project.region_code)
    if entry.corrects_id is not None or Expenditure.objects.filter(corrects=entry).exists():
        raise Said("projects.corrected_already", entry=entry.key)
    if not reason.strip():
        raise Said("projects.correction_reason", field="reason")
    if on < entry.on:
        raise Said("projects.correction_day", field="on", day=entry.on)
    make_move(project, "projects.spending.correct_spending", by=by, at=at, opinion=reason)
    voucher = Voucher(
        on=on,
        number=entry.voucher_number,
        line=entry.line,
        source=entry.source,
        payee=entry.payee,
        purpose=entry.purpose,
        item=entry.item,
        cents=-entry.amount_cents,
    )
    return _write(_Entry(project, voucher, entry.line, entry.source, None, entry, reason.strip()), by, at)


def _check_form(voucher: Voucher) -> None:
    require_purpose(voucher.purpose)
    for field in ("number", "payee", "item"):
        if not getattr(voucher, field).strip():
            raise Said("projects.voucher_incomplete", field=field)
    if voucher.cents <= 0:
        raise Said("projects.amount_missing", field="cents")


def _rows(project: Project, voucher: Voucher) -> tuple[BudgetLine, FundSource]:
    line = BudgetLine.objects.select_for_update().filter(project=project, pk=voucher.line.pk).first()
    source = FundSource.objects.select_for_update().filter(project=project, pk=voucher.source.pk).first()
    if line is None:
        raise Said("projects.other_line", field="line")
    if source is None:
        raise Said("projects.other_source", field="source")
    return line, source


def _invoice(number: str) -> tuple[str | None, bool]:
    """The key an invoice is entered under, and whether it stands in another entry that was not taken back.

    After a red entry the same invoice may be entered once more; the number of its uses keeps the keys apart, and
    the database holds each key once.
    """
    plain = invoice_key(number)
    if not plain:
        return None, False
    uses = Expenditure.objects.filter(corrects=None, invoice_key__startswith=f"{plain}#")
    return f"{plain}#{uses.count() + 1}", uses.standing().exists()


def _asked(voucher: Voucher) -> Spending:
    texts = (voucher.payee, voucher.item)
    return Spending(voucher.on, voucher.cents, voucher.purpose, texts, purpose_title(voucher.purpose))


def flows(source: FundSource) -> tuple[list[tuple[date, int]], list[tuple[date, int]]]:
    """What came in and what went out of a source, as (day, fen); a red entry goes out negatively."""
    inflows = list(source.receipts.values_list("on", "amount_cents"))
    spent = source.expenditures.order_by().values("on").annotate(cents=Sum("amount_cents"))
    outflows = [(row["on"], int(row["cents"])) for row in spent]
    return inflows, [*outflows, *source.returns.values_list("on", "amount_cents")]


def _circumstances(project: Project, line: BudgetLine, source: FundSource, is_used: bool) -> Circumstances:
    fund = fund_of(source.fund_id)
    inflows, outflows = flows(source)
    return Circumstances(
        account=source.account,
        inflows=inflows,
        outflows=outflows,
        line_title=line.title,
        line_amount=line.amount_cents,
        line_spent=line.spent_cents,
        line_purpose=line.purpose,
        allowed=fund.allowed,
        barred=fund.uses(),
        fund_title=fund.title,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        invoice_used=is_used,
    )


@dataclass(frozen=True)
class _Entry:
    """A checked entry about to be written; ``key`` is the invoice's, ``corrects`` what a red entry takes back."""

    project: Project
    voucher: Voucher
    line: BudgetLine
    source: FundSource
    key: str | None = None
    corrects: Expenditure | None = None
    reason: str = ""


def _write(asked: _Entry, by: Actor, at: datetime) -> Expenditure:
    entry = _row(asked, by, at)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as fault:
        if asked.key and Expenditure.objects.filter(invoice_key=asked.key).exists():
            raise Said("projects.gate_invoice", field="invoice_number") from fault
        raise
    region = asked.project.region_code
    append(region=region, kind="projects.expenditure", row_key=entry.key, content=content(entry), at=at)
    _charge(asked, at)
    return entry


def _row(asked: _Entry, by: Actor, at: datetime) -> Expenditure:
    project, voucher = asked.project, asked.voucher
    number = Expenditure.objects.filter(project=project).count() + 1
    return Expenditure(
        project=project,
        number=number,
        key=f"{project.case.number}-{number}",
        on=voucher.on,
        voucher_number=voucher.number.strip(),
        line=asked.line,
        source=asked.source,
        payee=voucher.payee.strip(),
        purpose=voucher.purpose,
        item=voucher.item.strip(),
        amount_cents=voucher.cents,
        invoice_number=voucher.invoice_number.strip(),
        invoice_key=asked.key,
        paper=voucher.paper,
        corrects=asked.corrects,
        reason=asked.reason,
        actor=by.actor_word,
        at=at,
    )


def content(entry: Expenditure) -> dict[str, object]:
    """What the ledger's digest of a spending entry covers; amounts in fen. Payee and item stay outside."""
    return {
        "key": entry.key,
        "on": entry.on.isoformat(),
        "voucher": entry.voucher_number,
        "line": entry.line.number,
        "source": entry.source.number,
        "purpose": entry.purpose,
        "amount": entry.amount_cents,
        "invoice": entry.invoice_key or "",
        "corrects": entry.corrects.key if entry.corrects else "",
    }


def _charge(asked: _Entry, at: datetime) -> None:
    project, cents = asked.project, asked.voucher.cents
    BudgetLine.objects.filter(pk=asked.line.pk).update(spent_cents=F("spent_cents") + cents)
    change_totals(asked.source, at=at, spent=cents)
    standing = Expenditure.objects.filter(project=project).standing()
    first = standing.order_by("on").values_list("on", flat=True).first()
    if first != project.first_spent_on and project.first_received_on is not None:
        project.first_spent_on = first
        project.first_spending_delay_days = (first - project.first_received_on).days if first else None
        project.save(update_fields=["first_spent_on", "first_spending_delay_days"])


@dataclass(frozen=True)
class Remainder:
    """A balance to give back: source, fen, day, order number, to which level."""

    source: FundSource
    cents: int
    on: date
    order_number: str
    to_level: str


@act
def return_balance(*, project: Project, remainder: Remainder, by: Actor, at: datetime) -> Return:
    """Give back what is left of a source. Refused: more than the balance, and more than was there on that day."""
    project = locked(project)
    by.require("projects.receive", project.region_code)
    source = FundSource.objects.select_for_update().filter(project=project, pk=remainder.source.pk).first()
    if source is None:
        raise Said("projects.other_source", field="source")
    if remainder.cents <= 0:
        raise Said("projects.amount_missing", field="cents")
    inflows, outflows = flows(source)
    short = first_uncovered_day(inflows, [*outflows, (remainder.on, remainder.cents)])
    if remainder.cents > source.account.balance or short is not None:
        left = Money(source.account.balance)
        raise Said("projects.return_above", field="cents", amount=Money(remainder.cents), left=left)
    make_move(project, "projects.spending.return_balance", by=by, at=at)
    row = Return.objects.create(
        source=source,
        key=f"{project.case.number}-B{Return.objects.filter(source__project=project).count() + 1}",
        amount_cents=remainder.cents,
        on=remainder.on,
        order_number=remainder.order_number.strip(),
        to_level=remainder.to_level,
        actor=by.actor_word,
        at=at,
    )
    back: dict[str, object] = {
        "key": row.key,
        "amount": row.amount_cents,
        "on": row.on.isoformat(),
        "to": row.to_level,
    }
    append(region=project.region_code, kind="projects.return", row_key=row.key, content=back, at=at)
    change_totals(source, at=at, returned=remainder.cents)
    return row
