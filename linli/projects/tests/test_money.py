"""Allocation down the levels, receipt, spending behind its gates, red entries, return: the accounts always agree."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from linli.ground.said import Said
from linli.ground.wording import say
from linli.projects.accounts import money_of
from linli.projects.allocating import Arrival, allocate, confirm_receipt
from linli.projects.formulas import Account
from linli.projects.models import BudgetLine, Expenditure, FundSource, Receipt
from linli.projects.spending import Remainder, correct_spending, return_balance, spend
from linli.projects.tests.story import BUDGET, document, moment
from linli.records.models import Evidence
from linli.trail.models import LedgerEntry
from linli.trail.triggers import missing


def refused(story, **other):
    voucher = story.voucher(**other)
    with pytest.raises(Said) as caught:
        spend(project=story.project, voucher=voucher, by=story.who("tao"), at=moment(3, 1))
    assert "{" not in say(caught.value), "a blank of the sentence was left empty"
    assert not say(caught.value).startswith("没有收录")
    return caught.value.code


def account(story):
    return story.source.account


def test_allocation_goes_down_level_by_level_and_counts_once(story):
    story.with_goals()
    last = story.send_down(4_000_000, "8", moment(1, 26))
    assert last.leaves_source is False
    assert account(story) == Account(BUDGET, 4_000_000, 0, 0, 0)
    assert account(story).not_yet == 2_000_000
    assert LedgerEntry.objects.filter(kind="projects.allocation").count() == 2


def test_more_than_approved_or_than_was_handed_down_is_refused(story):
    story.with_goals()
    with pytest.raises(Said) as caught:
        allocate(
            project=story.project,
            order=story.order(cents=BUDGET + 1),
            by=story.who("sheng"),
            at=moment(1, 26),
        )
    assert caught.value.code == "projects.allocation_above"
    story.send_down(1_000_000, "8", moment(1, 26))
    again = story.order(
        cents=1, order_number="清财社〔2026〕9号", from_level="district", to_level="community"
    )
    with pytest.raises(Said) as caught:
        allocate(project=story.project, order=again, by=story.who("qu"), at=moment(1, 27))
    assert caught.value.code == "projects.allocation_above"


@pytest.mark.parametrize(
    ("other", "login", "expected"),
    [
        ({"order_number": " "}, "sheng", "projects.order_number_missing"),
        ({"cents": 0}, "sheng", "projects.amount_missing"),
        ({"to_level": "province"}, "sheng", "projects.not_downwards"),
        ({"to_level": "moon"}, "sheng", "projects.unknown_level"),
        ({"from_level": "province"}, "qu", "projects.not_your_level"),
        ({}, "sun", "people.no_right"),
    ],
)
def test_an_order_that_is_wrong_is_refused(story, other, login, expected):
    story.with_goals()
    with pytest.raises(Said) as caught:
        allocate(project=story.project, order=story.order(**other), by=story.who(login), at=moment(1, 26))
    assert caught.value.code == expected


def test_an_order_number_is_entered_once(story):
    story.with_goals()
    allocate(project=story.project, order=story.order(cents=1), by=story.who("sheng"), at=moment(1, 26))
    with pytest.raises(Said) as caught:
        allocate(project=story.project, order=story.order(cents=1), by=story.who("sheng"), at=moment(1, 26))
    assert caught.value.code == "projects.order_twice"


def test_allocated_and_received_are_two_things(story):
    story.allocated()
    assert account(story).in_transit == BUDGET
    last = story.source.allocations.get(to_level="community")
    by = {"by": story.who("tao"), "at": moment(2, 2)}
    confirm_receipt(project=story.project, arrival=Arrival(last, 2_000_000, date(2026, 2, 2), "回单1"), **by)
    confirm_receipt(project=story.again(), arrival=Arrival(last, 4_000_000, date(2026, 2, 3), "回单2"), **by)
    assert account(story).in_transit == 0
    assert story.again().first_received_on == date(2026, 2, 2)
    assert [gate.kind for gate in story.project.gates.all()] == ["approval", "receipt", "receipt"]


@pytest.mark.parametrize(
    ("cents", "on", "bank", "expected"),
    [
        (BUDGET + 1, date(2026, 2, 2), "回单", "projects.receipt_above"),
        (0, date(2026, 2, 2), "回单", "projects.amount_missing"),
        (BUDGET, date(2026, 1, 25), "回单", "projects.receipt_before_order"),
        (BUDGET, date(2026, 2, 2), "", "projects.bank_receipt_missing"),
    ],
)
def test_a_receipt_that_does_not_fit_its_order_is_refused(story, cents, on, bank, expected):
    story.allocated()
    last = story.source.allocations.get(to_level="community")
    with pytest.raises(Said) as caught:
        confirm_receipt(
            project=story.project,
            arrival=Arrival(last, cents, on, bank),
            by=story.who("tao"),
            at=moment(2, 2),
        )
    assert caught.value.code == expected
    assert not Receipt.objects.exists()


def test_an_order_that_stays_above_cannot_be_received(story):
    story.allocated()
    upper = story.source.allocations.get(to_level="district")
    with pytest.raises(Said) as caught:
        confirm_receipt(
            project=story.project,
            arrival=Arrival(upper, 1, date(2026, 2, 2), "回单"),
            by=story.who("tao"),
            at=moment(2, 2),
        )
    assert caught.value.code == "projects.not_to_community"


def test_spending_before_receipt_is_refused_by_its_rule(story):
    story.allocated()
    assert refused(story) == "projects.gate_receipt"


def test_a_voucher_is_entered_and_the_accounts_agree(story):
    story.received()
    paper = document(story.village, "voucher")
    entry = story.spent(paper=paper, invoice_number="26532000000012345678")
    table = money_of(story.project)
    assert table.stands
    assert table.total == Account(BUDGET, BUDGET, BUDGET, 800_000, 0)
    assert (table.total.balance, table.lines[0].left) == (BUDGET - 800_000, 3_200_000)
    assert Evidence.objects.get(about=entry.word).document == paper
    assert (story.project.first_spent_on, story.project.first_spending_delay_days) == (date(2026, 2, 10), 8)
    assert LedgerEntry.objects.filter(kind="projects.expenditure", row_key=entry.key).count() == 1
    assert "Expenditure" not in missing()


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"cents": 4_000_001}, "projects.gate_line"),
        ({"on": date(2026, 2, 1)}, "projects.gate_receipt"),
        ({"on": date(2027, 1, 1)}, "projects.gate_period"),
        ({"purpose": "reception"}, "projects.gate_use"),
        ({"item": "上级检查接待费"}, "projects.gate_use"),
        ({"purpose": "printing"}, "projects.gate_purpose"),
        ({"purpose": "nonsense"}, "projects.unknown_purpose"),
        ({"number": " "}, "projects.voucher_incomplete"),
        ({"cents": -5}, "projects.amount_missing"),
    ],
)
def test_spending_that_a_rule_forbids_is_refused_and_nothing_is_left(story, other, expected):
    story.received()
    assert refused(story, **other) == expected
    assert not Expenditure.objects.exists()
    assert account(story).spent == 0


def test_the_refusal_names_the_funds_rule_and_its_basis(story):
    story.received()
    with pytest.raises(Said) as caught:
        spend(
            project=story.project,
            voucher=story.voucher(purpose="reception"),
            by=story.who("tao"),
            at=moment(3, 1),
        )
    assert "基金不得用途" in say(caught.value)
    assert "福利彩票公益金" in say(caught.value)


def test_more_than_received_is_refused_even_within_the_line(story):
    story.received(500_000)
    assert refused(story) == "projects.gate_received"


def test_a_used_invoice_is_refused_however_it_is_typed(story):
    story.received()
    story.spent(invoice_number="2653 2000-0001")
    assert refused(story, invoice_number="２６５３２０００ 0001", number="记-002") == "projects.gate_invoice"


def test_a_red_entry_takes_the_whole_entry_back_and_frees_its_invoice(story):
    story.received()
    entry = story.spent(invoice_number="26532001")
    red = correct_spending(
        entry=entry, reason="金额登错", on=date(2026, 2, 11), by=story.who("tao"), at=moment(2, 11)
    )
    story.again()
    assert (red.amount_cents, red.corrects) == (-800_000, entry)
    assert account(story).spent == 0
    assert story.project.first_spent_on is None
    right = story.spent(cents=780_000, invoice_number="26532001", on=date(2026, 2, 11))
    assert account(story).spent == 780_000
    assert list(Expenditure.objects.standing()) == [right]
    assert refused(story, invoice_number="26532001", number="记-009") == "projects.gate_invoice"
    with pytest.raises(Said) as caught:
        correct_spending(
            entry=entry, reason="再冲", on=date(2026, 2, 12), by=story.who("tao"), at=moment(2, 12)
        )
    assert caught.value.code == "projects.corrected_already"


def test_entries_are_never_edited(story):
    story.received()
    entry = story.spent()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Expenditure.objects.filter(pk=entry.pk).update(amount_cents=1)


def test_the_same_invoice_in_another_project_is_found_too(story):
    from linli.projects.models import Project
    from linli.projects.tests.story import Story, application

    story.received()
    story.spent(invoice_number="26532009")
    from linli.projects.applying import apply

    other = apply(
        programme=story.programme,
        application=application(story.village, name="第二个项目"),
        papers=[("deliberation_minutes", document(story.village))],
        by=story.who("sun"),
        at=moment(1, 9),
    )
    second = Story(story.village, story.programme, Project.objects.get(pk=other.pk))
    second.received()
    assert refused(second, invoice_number="26532009") == "projects.gate_invoice"


def test_the_database_itself_refuses_to_overspend(story):
    story.received()
    source, line = story.source, story.line()
    for change in (
        {"spent_cents": F("received_cents") + 1},
        {"received_cents": F("allocated_cents") + 1},
        {"allocated_cents": F("approved_cents") + 1},
        {"returned_cents": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FundSource.objects.filter(pk=source.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(spent_cents=F("amount_cents") + 1)


def test_the_balance_is_returned_and_no_more(story):
    story.received()
    story.spent()
    left = BUDGET - 800_000

    def give_back(cents, on=date(2026, 12, 20)):
        return return_balance(
            project=story.project,
            remainder=Remainder(story.source, cents, on, "缴款1", "district"),
            by=story.who("tao"),
            at=moment(12, 20),
        )

    with pytest.raises(Said) as caught:
        give_back(left + 1)
    assert caught.value.code == "projects.return_above"
    with pytest.raises(Said) as caught:
        give_back(1, on=date(2026, 2, 1))
    assert caught.value.code == "projects.return_above"
    give_back(left)
    assert account(story) == Account(BUDGET, BUDGET, BUDGET, 800_000, left)
    assert account(story).balance == 0


def test_only_the_community_itself_enters_spending(story):
    story.received()
    for login, expected in (("jie", "people.no_right"), ("wangdong", "people.other_place")):
        with pytest.raises(Said) as caught:
            spend(project=story.project, voucher=story.voucher(), by=story.who(login), at=moment(2, 10))
        assert caught.value.code == expected


def test_two_vouchers_prepared_at_the_same_time_cannot_spend_the_same_money(story):
    """Both were filled in while the line was free; the second is judged by the rows as they stand under the lock."""
    story.received()
    stale = story.project
    first, second = story.voucher(cents=2_500_000), story.voucher(cents=2_500_000, number="记-002")
    spend(project=stale, voucher=first, by=story.who("tao"), at=moment(2, 10))
    with pytest.raises(Said) as caught:
        spend(project=stale, voucher=second, by=story.who("sun"), at=moment(2, 10))
    assert caught.value.code == "projects.gate_line"
    assert account(story).spent == 2_500_000
