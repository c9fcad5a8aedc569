"""What moves a project's money: orders, receipts, payments behind their gates, red entries, returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import doing, fiscal
from linli.desk.access import DeskRequest, actor, appointment
from linli.desk.forms import projects as forms
from linli.ground.money import yuan
from linli.look.templatetags.linli import both
from linli.projects.allocating import LEVELS, Arrival, Order, allocate, confirm_receipt
from linli.projects.declared import purposes
from linli.projects.models import Allocation, BudgetLine, Expenditure, FundSource, Project
from linli.projects.spending import Remainder, Voucher, correct_spending, return_balance, spend
from linli.records.keeping import keep
from linli.trail.writing import writing

CORRECT = "projects.spending.correct_spending"


def _sources(found: Project) -> dict[str, FundSource]:
    return {str(row.number): row for row in found.sources.select_related("fund").order_by("number")}


def _source_choices(sources: Mapping[str, FundSource]) -> list[tuple[str, str]]:
    return [
        (number, _("%(fund)s（%(level)s，结余 %(balance)s 元）") % {
            "fund": both(row.fund.title), "level": fiscal.level(row.level), "balance": yuan(row.account.balance)})
        for number, row in sources.items()
    ]  # fmt: skip


def _levels(below: str) -> list[tuple[str, str]]:
    return [(word, fiscal.level(word)) for word in LEVELS[LEVELS.index(below) + 1 :]]


def _money_page(found: Project) -> str:
    return reverse("desk:project-money", args=[found.case.number])


def allocate_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Enter an allocation order of one's own level."""
    by, sources = actor(request), _sources(found)
    initial = {"on": request.today, "payer": appointment(request).organisation.name, "payee": found.unit_name}
    form = doing.given_to(
        request,
        forms.AllocateForm,
        sources=_source_choices(sources),
        levels=_levels(by.role.level),
        initial=initial,
    )

    def do(given: dict[str, Any]) -> object:
        order = Order(
            source=sources[given["source"]], order_number=given["order_number"], from_level=by.role.level,
            to_level=given["to_level"], payer=given["payer"], payee=given["payee"], cents=given["cents"], on=given["on"],
        )  # fmt: skip
        return allocate(project=found, order=order, by=by, at=request.now)

    facts = [
        (both(row.fund.title), _("批复 %(approved)s 元，还可拨 %(left)s 元") % {
            "approved": fiscal.yuan(row.approved_cents), "left": fiscal.yuan(row.account.not_yet)})
        for row in sources.values()
    ]  # fmt: skip
    screen = doing.screen_of(found, move, done=_("拨付文件已登记。"), back=_money_page(found), facts=facts)
    return doing.perform(request, form, screen, do)


def receipt_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Confirm money that has arrived."""
    orders = {
        row.key: row
        for row in Allocation.objects.filter(source__project=found, to_level="community").select_related(
            "source"
        )
    }
    choices = [
        (key, f"{row.order_number} · {yuan(row.amount_cents)} {_('元')}") for key, row in orders.items()
    ]
    form = doing.given_to(request, forms.ReceiptForm, allocations=choices, initial={"on": request.today})

    def do(given: dict[str, Any]) -> object:
        arrival = Arrival(orders[given["allocation"]], given["cents"], given["on"], given["bank_reference"])
        return confirm_receipt(project=found, arrival=arrival, by=actor(request), at=request.now)

    hints = [("info", _("“已下拨”和“已到账”是两回事：到账以后才能支出。"))]
    screen = doing.screen_of(
        found, move, done=_("到账已确认，可以支出了。"), back=_money_page(found), hints=hints
    )
    return doing.perform(request, form, screen, do)


def _lines_and_purposes(
    lines: Mapping[str, BudgetLine],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What the form chooses from; the purposes of this budget first."""
    choices = [
        (number, _("%(title)s（还剩 %(left)s 元）") % {"title": line.title, "left": yuan(line.left_cents)})
        for number, line in lines.items()
    ]
    wanted = {line.purpose for line in lines.values()}
    known = sorted(
        ((code, both(title)) for code, title in purposes().items()), key=lambda one: one[0] not in wanted
    )
    return choices, known


def spend_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Enter one payment; whatever gate stops it is said at its field and nothing typed is lost."""
    sources = _sources(found)
    lines = {str(line.number): line for line in found.lines.order_by("number")}
    choices, known = _lines_and_purposes(lines)
    form = doing.given_to(
        request, forms.SpendForm, lines=choices, purposes=known, sources=_source_choices(sources),
        initial={"on": request.today},
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        with writing():
            entry = spend(
                project=found,
                voucher=_voucher(request, found, given, lines, sources),
                by=actor(request),
                at=request.now,
            )
        return reverse("desk:voucher", args=[found.case.number, entry.number])

    hints = [
        (
            "info",
            _("先到账、后支出；不超科目、不超期、不超范围，一张发票只报一次。违反哪一条，就在哪一格说明。"),
        )
    ]
    screen = doing.screen_of(
        found,
        move,
        done=_("支出已登记。"),
        back=_money_page(found),
        hints=hints,
        at_field={"amount": "cents"},
    )
    return doing.perform(request, form, screen, do)


def _voucher(
    request: DeskRequest,
    found: Project,
    given: dict[str, Any],
    lines: Mapping[str, BudgetLine],
    sources: Mapping[str, FundSource],
) -> Voucher:
    file = given.get("paper")
    kept = None
    if file:
        kept = keep(
            content=file.read(), name=file.name, kind="voucher", region=found.region_code, data_class="P2",
            retain_until=None, by=actor(request), at=request.now,
        )  # fmt: skip
    return Voucher(
        on=given["on"], number=given["number"], line=lines[given["line"]], source=sources[given["source"]],
        payee=given["payee"], purpose=given["purpose"], item=given["item"], cents=given["cents"],
        invoice_number=given["invoice_number"], paper=kept,
    )  # fmt: skip


def correct_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Take a payment back by a red entry."""
    rows = (
        Expenditure.objects.filter(project=found).standing().select_related("line", "source", "project__case")
    )
    entries = {str(row.number): row for row in rows.order_by("-number")}
    choices = [
        (key, f"{row.voucher_number} · {row.item} · {yuan(row.amount_cents)} {_('元')}")
        for key, row in entries.items()
    ]
    initial = {"on": request.today, "entry": request.GET.get("entry", "")}
    form = doing.given_to(request, forms.CorrectForm, entries=choices, initial=initial)

    def do(given: dict[str, Any]) -> object:
        return correct_spending(
            entry=entries[given["entry"]],
            reason=given["reason"],
            on=given["on"],
            by=actor(request),
            at=request.now,
        )

    hints = [("info", _("红字按原额整笔冲销，原来的记录留着；改对的再登记一笔。"))]
    screen = doing.screen_of(found, move, done=_("已红字冲销。"), back=_money_page(found), hints=hints)
    return doing.perform(request, form, screen, do)


def return_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Give the balance back."""
    sources = _sources(found)
    levels = [(word, fiscal.level(word)) for word in LEVELS[:-1]]
    initial = {"on": request.today, "to_level": next(iter(sources.values())).level if sources else ""}
    form = doing.given_to(
        request, forms.ReturnForm, sources=_source_choices(sources), levels=levels, initial=initial
    )

    def do(given: dict[str, Any]) -> object:
        remainder = Remainder(
            sources[given["source"]], given["cents"], given["on"], given["order_number"], given["to_level"]
        )
        return return_balance(project=found, remainder=remainder, by=actor(request), at=request.now)

    screen = doing.screen_of(found, move, done=_("结余上缴已登记。"), back=_money_page(found))
    return doing.perform(request, form, screen, do)


SCREENS: Mapping[str, Callable[[DeskRequest, Project, Move], HttpResponse]] = {
    "projects.allocating.allocate": allocate_screen,
    "projects.allocating.confirm_receipt": receipt_screen,
    "projects.spending.spend": spend_screen,
    CORRECT: correct_screen,
    "projects.spending.return_balance": return_screen,
}
