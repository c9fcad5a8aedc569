"""Filters that write what the ground floor knows: sentences, money, masked names."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from linli.ground.money import Money, yuan
from linli.ground.said import Said, Saying
from linli.ground.wording import say

register = template.Library()


def lang() -> str:
    """The reader's language as the ground floor names it: ``zh`` or ``en``."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def _fen(amount: Money | int) -> int:
    return amount.fen if isinstance(amount, Money) else amount


@register.filter
def says(value: Any) -> str:
    """A ``Said`` or ``Saying`` as a sentence in the reader's language; a plain text stays as it is."""
    if isinstance(value, Said | Saying):
        return say(value, lang())
    return "" if value is None else str(value)


@register.filter(name="yuan")
def table_money(amount: Money | int | None) -> str:
    """An amount in fen as tables write it, in yuan: 60,000.00; no amount is a dash."""
    return "—" if amount is None or amount == "" else yuan(_fen(amount))
