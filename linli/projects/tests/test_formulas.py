"""The three identities, the walk over days, quarters, and each gate by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.projects.formulas import (
    GATES,
    Account,
    Barred,
    Circumstances,
    Spending,
    first_uncovered_day,
    invoice_key,
    quarter_ends,
    refusals,
    together,
)

CENTS = st.integers(0, 10**12)


@st.composite
def accounts(draw):
    """An account as real moves make it: each amount is a part of the one before."""
    approved = draw(CENTS)
    allocated = draw(st.integers(0, approved))
    received = draw(st.integers(0, allocated))
    spent = draw(st.integers(0, received))
    return Account(approved, allocated, received, spent, draw(st.integers(0, received - spent)))


@given(st.lists(accounts(), max_size=6))
def test_the_three_identities_hold_for_every_source_and_their_sum(several):
    for account in [*several, together(several)]:
        assert account.stands()
        assert account.approved == account.allocated + account.not_yet
        assert account.allocated == account.received + account.in_transit
        assert account.received == account.spent + account.balance + account.returned


@given(accounts(), st.integers(1, 10**12))
def test_any_step_beyond_what_is_there_no_longer_stands(account, more):
    assert not replace(account, spent=account.spent + account.balance + more).stands()
    assert not replace(account, received=account.allocated + more).stands()
    assert not replace(account, allocated=account.approved + more).stands()


def test_an_amount_that_is_not_stated_stays_unknown_in_the_sum():
    total = together([Account(None, 5, 3, 1, 0), Account(10, 5, 5, 5, 0)])
    assert (total.approved, total.not_yet, total.allocated) == (None, None, 10)
    assert total.stands()


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
FLOWS = st.lists(st.tuples(DAYS, st.integers(-50, 100)), max_size=12)


@given(FLOWS, FLOWS)
def test_the_first_uncovered_day_is_the_first_whose_running_sum_is_negative(inflows, outflows):
    found = first_uncovered_day(inflows, outflows)
    day, expected = date(2026, 1, 1), None
    while day <= date(2026, 3, 31):
        came = sum(cents for on, cents in inflows if on <= day)
        went = sum(cents for on, cents in outflows if on <= day)
        if went > came:
            expected = day
            break
        day += timedelta(days=1)
    assert found == expected


def circumstances(**other) -> Circumstances:
    plain = Circumstances(
        account=Account(1000, 1000, 1000, 200, 0),
        inflows=[(date(2026, 2, 2), 1000)],
        outflows=[(date(2026, 2, 3), 200)],
        line_title="设备",
        line_amount=900,
        line_spent=200,
        line_purpose="equipment",
        allowed=("equipment", "printing"),
        barred=(Barred("reception", "公务接待", ("接待费",), "办法"),),
        fund_title="公益金",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    return replace(plain, **other)


def stopped(spending: Spending, **other) -> list[str]:
    return [
        refusal.code.removeprefix("projects.gate_")
        for refusal in refusals(spending, circumstances(**other), GATES)
    ]


GOOD = Spending(date(2026, 3, 1), 300, "equipment", ("家具厂", "柜台"))


@pytest.mark.parametrize(
    ("spending", "other", "expected"),
    [
        (GOOD, {}, []),
        (replace(GOOD, amount=700), {}, []),
        (replace(GOOD, amount=701), {}, ["line"]),
        (replace(GOOD, amount=800), {"line_amount": 5000}, []),
        (replace(GOOD, amount=801), {"line_amount": 5000}, ["received"]),
        (replace(GOOD, on=date(2026, 2, 1)), {}, ["receipt", "received"]),
        (replace(GOOD, on=date(2026, 2, 2)), {}, []),
        (
            GOOD,
            {"inflows": (), "outflows": (), "account": Account(1000, 1000, 0, 0, 0)},
            ["receipt", "received"],
        ),
        (replace(GOOD, on=date(2027, 1, 1)), {}, ["period"]),
        (replace(GOOD, on=date(2026, 12, 31)), {}, []),
        (GOOD, {"starts_on": None, "ends_on": None}, []),
        (GOOD, {"invoice_used": True}, ["invoice"]),
        (replace(GOOD, purpose="reception"), {}, ["use", "purpose"]),
        (replace(GOOD, texts=("酒店", "接待费")), {}, ["use"]),
        (replace(GOOD, texts=("家具厂", "接待台")), {}, []),
        (replace(GOOD, purpose="printing"), {}, ["purpose"]),
        (replace(GOOD, purpose="books"), {"line_purpose": "books"}, ["purpose"]),
        (replace(GOOD, purpose="books"), {"line_purpose": "books", "allowed": ()}, []),
    ],
)
def test_each_gate_stops_what_it_should_and_nothing_else(spending, other, expected):
    assert stopped(spending, **other) == expected


def test_a_gate_that_a_place_does_not_use_stops_nothing():
    late = replace(GOOD, on=date(2027, 1, 1))
    assert refusals(late, circumstances(), [word for word in GATES if word != "period"]) == []


def test_money_that_came_later_does_not_cover_an_earlier_day():
    inflows = [(date(2026, 2, 2), 100), (date(2026, 4, 1), 900)]
    assert stopped(replace(GOOD, amount=150), inflows=inflows, outflows=()) == ["received"]
    assert stopped(replace(GOOD, amount=150, on=date(2026, 4, 1)), inflows=inflows, outflows=()) == []


def test_an_invoice_is_the_same_however_it_is_typed():
    assert (
        invoice_key(" 05300-2000111 No.123 ")
        == invoice_key("０５３００２０００１１１ｎｏ１２３")
        == "053002000111NO123"
    )
    assert invoice_key("—— ") == ""


def test_quarters_end_on_their_last_day():
    assert quarter_ends(date(2026, 2, 2), date(2026, 9, 30)) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
    ]
    assert quarter_ends(date(2025, 12, 31), date(2026, 3, 30)) == [date(2025, 12, 31)]
    assert quarter_ends(date(2026, 4, 1), date(2026, 4, 2)) == []
