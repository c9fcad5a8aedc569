"""Arithmetic of project money in whole fen, without Django: three identities, the gates of spending, quarters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.ground.money import Money
from linli.ground.said import Said


@dataclass(frozen=True)
class Account:
    """What happened to the money of one source (or of several together), in fen.

    ``approved`` is ``None`` where no approved amount is stated; then what is not yet allocated is unknown too.
    """

    approved: int | None
    allocated: int
    received: int
    spent: int
    returned: int

    @property
    def not_yet(self) -> int | None:
        """Approved and not yet allocated: approved = allocated + not yet."""
        return None if self.approved is None else self.approved - self.allocated

    @property
    def in_transit(self) -> int:
        """Allocated and not yet received: allocated = received + in transit."""
        return self.allocated - self.received

    @property
    def balance(self) -> int:
        """Received and neither spent nor returned: received = spent + balance + returned."""
        return self.received - self.spent - self.returned

    def stands(self) -> bool:
        """Whether no part is negative, so that the three identities hold with real amounts."""
        parts = (self.allocated, self.received, self.spent, self.returned, self.in_transit, self.balance)
        return all(part >= 0 for part in parts) and (self.not_yet is None or self.not_yet >= 0)

    def __add__(self, other: Account) -> Account:
        approved = None if self.approved is None or other.approved is None else self.approved + other.approved
        return Account(
            approved,
            self.allocated + other.allocated,
            self.received + other.received,
            self.spent + other.spent,
            self.returned + other.returned,
        )


def together(accounts: Iterable[Account]) -> Account:
    """The accounts of several sources as one; nothing together with nothing is an approved amount of 0."""
    total = Account(0, 0, 0, 0, 0)
    for account in accounts:
        total = total + account
    return total


def first_uncovered_day(
    inflows: Iterable[tuple[date, int]], outflows: Iterable[tuple[date, int]]
) -> date | None:
    """The first day at whose end more had gone out than had come in, or ``None``; amounts in fen.

    Money that arrives on a day may be spent on that day.
    """
    changes: dict[date, int] = {}
    for day, cents in inflows:
        changes[day] = changes.get(day, 0) + cents
    for day, cents in outflows:
        changes[day] = changes.get(day, 0) - cents
    balance = 0
    for day in sorted(changes):
        balance += changes[day]
        if balance < 0:
            return day
    return None


@dataclass(frozen=True)
class Barred:
    """A use that a fund bars: its code, title, the words that give it away in a text, and the basis."""

    code: str
    title: object
    words: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class Spending:
    """One spending entry as it is asked for. ``purpose`` is a purpose word, ``texts`` what payee and item say."""

    on: date
    amount: int
    purpose: str
    texts: tuple[str, ...] = ()
    purpose_title: object = ""


@dataclass(frozen=True)
class Circumstances:
    """What the entry is judged by: line, source, period, invoice and the fund's rules. Amounts in fen."""

    account: Account
    inflows: Sequence[tuple[date, int]]
    outflows: Sequence[tuple[date, int]]
    line_title: str
    line_amount: int
    line_spent: int
    line_purpose: str
    allowed: Collection[str]
    barred: Sequence[Barred]
    fund_title: object
    starts_on: date | None
    ends_on: date | None
    invoice_used: bool = False


def barred_use(spending: Spending, barred: Sequence[Barred]) -> Barred | None:
    """The barred use that an entry is, by its purpose word or by a word in its texts."""
    for use in barred:
        if spending.purpose == use.code or any(word in text for word in use.words for text in spending.texts):
            return use
    return None


def _received(asked: Spending, seen: Circumstances) -> Said | None:
    arrived = [cents for day, cents in seen.inflows if day <= asked.on]
    if not arrived:
        return Said("projects.gate_receipt", field="on", day=asked.on)
    return None


def _covered(asked: Spending, seen: Circumstances) -> Said | None:
    short = first_uncovered_day(seen.inflows, [*seen.outflows, (asked.on, asked.amount)])
    if short is None and asked.amount <= seen.account.balance:
        return None
    left = Money(max(seen.account.balance, 0))
    return Said("projects.gate_received", field="amount", amount=Money(asked.amount), left=left)


def _line(asked: Spending, seen: Circumstances) -> Said | None:
    left = seen.line_amount - seen.line_spent
    if asked.amount <= left:
        return None
    return Said(
        "projects.gate_line",
        field="amount",
        amount=Money(asked.amount),
        left=Money(left),
        line=seen.line_title,
    )


def _period(asked: Spending, seen: Circumstances) -> Said | None:
    early = seen.starts_on is not None and asked.on < seen.starts_on
    late = seen.ends_on is not None and asked.on > seen.ends_on
    if not early and not late:
        return None
    return Said("projects.gate_period", field="on", day=asked.on, starts=seen.starts_on, ends=seen.ends_on)


def _invoice(asked: Spending, seen: Circumstances) -> Said | None:
    return Said("projects.gate_invoice", field="invoice_number") if seen.invoice_used else None


def _use(asked: Spending, seen: Circumstances) -> Said | None:
    use = barred_use(asked, seen.barred)
    if use is None:
        return None
    return Said("projects.gate_use", field="purpose", use=use.title, fund=seen.fund_title, basis=use.basis)


def _purpose(asked: Spending, seen: Circumstances) -> Said | None:
    in_fund = not seen.allowed or asked.purpose in seen.allowed
    if asked.purpose == seen.line_purpose and in_fund:
        return None
    return Said(
        "projects.gate_purpose",
        field="purpose",
        purpose=asked.purpose_title or asked.purpose,
        line=seen.line_title,
    )


# The gates of spending by word, in the order in which they are asked (domain §7.1 steps 8 and 10, S114).
GATES = {
    "use": _use,
    "receipt": _received,
    "period": _period,
    "invoice": _invoice,
    "purpose": _purpose,
    "line": _line,
    "received": _covered,
}


def refusals(spending: Spending, circumstances: Circumstances, gates: Collection[str]) -> list[Said]:
    """Every gate among ``gates`` that stops an entry, in the fixed order; an empty list lets it pass."""
    found = (gate(spending, circumstances) for word, gate in GATES.items() if word in gates)
    return [refusal for refusal in found if refusal is not None]


def invoice_key(number: str) -> str:
    """An invoice number as it is compared: capital letters and digits only, full-width ones included."""
    folded = number.translate(_FULL_WIDTH).upper()
    return "".join(sign for sign in folded if sign.isalnum())


_FULL_WIDTH = {0xFF01 + step: 0x21 + step for step in range(94)}


def quarter_ends(first: date, last: date) -> list[date]:
    """The last days of the quarters that end from ``first`` to ``last``, both included."""
    ends = []
    for year in range(first.year, last.year + 1):
        for month in (4, 7, 10):
            ends.append(date(year, month, 1) - timedelta(days=1))
        ends.append(date(year, 12, 31))
    return [end for end in ends if first <= end <= last]
