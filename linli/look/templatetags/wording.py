"""Filters that write what the ground floor knows: sentences, money, masked names."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from linli.ground import masking, money
from linli.ground.money import Money
from linli.ground.said import Said, Saying
from linli.ground.wording import say

register = template.Library()

# A template gives an empty text where a value is missing.
Amount = Money | int | str | None


def lang() -> str:
    """The reader's language as the ground floor names it: ``zh`` or ``en``."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def _fen(amount: Money | int | str) -> int:
    return amount.fen if isinstance(amount, Money) else int(amount)


@register.filter
def says(value: Any) -> str:
    """A ``Said`` or ``Saying`` as a sentence in the reader's language; a plain text stays as it is."""
    if isinstance(value, Said | Saying):
        return say(value, lang())
    return "" if value is None else str(value)


@register.filter(name="yuan")
def table_money(amount: Amount) -> str:
    """An amount in fen as tables write it, in yuan: 60,000.00; no amount is a dash."""
    return "—" if amount is None or amount == "" else money.yuan(_fen(amount))


@register.filter
def prose_money(amount: Amount) -> str:
    """An amount in fen as running text says it: 6万元 or CNY 60,000.00; no amount is a dash."""
    if amount is None or amount == "":
        return "—"
    return f"CNY {money.yuan(_fen(amount))}" if lang() == "en" else money.prose(_fen(amount))


@register.filter
def capital_money(amount: Amount) -> str:
    """An amount in fen in the capital form of vouchers: 陆万元整; no amount is a dash."""
    return "—" if amount is None or amount == "" else money.capital(_fen(amount))


@register.filter
def mask_name(full: str | None) -> str:
    """A name with its surname only, as every public page shows it."""
    return masking.name(full or "")


@register.filter
def mask_phone(number: str | None) -> str:
    """A phone number with its middle hidden."""
    return masking.phone(number or "")


@register.filter
def mask_identity(number: str | None) -> str:
    """An identity number with its birth date and order hidden."""
    return masking.identity(number or "")
