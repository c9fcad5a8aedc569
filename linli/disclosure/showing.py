"""From facts to the text that is shown: the masking profile of a catalogue item, and the last look for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.disclosure.declared import DisclosureItem, Shown
from linli.ground import masking
from linli.ground.money import Money
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.ground.wording import written

Text = dict[str, str]
# An office's own telephone may be printed; a person's identity, mobile and bank numbers never.
FORBIDDEN: tuple[masking.Kind, ...] = ("identity", "mobile", "bank")


@dataclass(frozen=True)
class Showing:
    """What a publication is about to show: its title, a plain lead sentence, and facts by code."""

    title: str
    facts: Mapping[str, object]
    lead: str = ""


def compose(item: DisclosureItem, showing: Showing) -> dict[str, Any]:
    """The body as it will be shown, masked by the item's profile, in the order of the sheet.

    Raises ``Said`` for a fact the item does not show, a missing one, a value of the wrong kind, and any personal
    number in title, lead or values (个人信息保护法 art. 25: not made public without a basis).
    """
    if item.category == "assistance" and showing.lead.strip():
        raise Said("disclosure.no_free_text", field="lead", item=item.title)
    declared = {fact.code for fact in item.shows}
    for code in showing.facts:
        if code not in declared:
            raise Said("disclosure.fact_not_shown", field=code, fact=code, item=item.title)
    rows: list[dict[str, Any]] = []
    for fact in item.shows:
        value = showing.facts.get(fact.code)
        if value is None or value == "":
            if fact.required:
                raise Said("disclosure.fact_missing", field=fact.code, fact=fact.label)
            continue
        rows.append({"code": fact.code, "label": _text(fact.label), "value": _written(fact, value)})
    body = {"lead": showing.lead.strip(), "rows": rows}
    require_no_personal(
        [showing.title, showing.lead, *(row["value"][lang] for row in rows for lang in ("zh", "en"))]
    )
    return body


def require_no_personal(texts: list[str]) -> None:
    """Refuse texts that hold an identity, mobile or bank number; the number itself is not repeated."""
    for text in texts:
        for found in masking.find_personal(text):
            if found.kind in FORBIDDEN:
                raise Said("disclosure.personal_number", kind=Said(f"disclosure.kind_{found.kind}"))


def _text(both: Both) -> Text:
    return {"zh": both.zh, "en": both.text("en")}


def _same(text: str) -> Text:
    return {"zh": text, "en": text}


def _written(fact: Shown, value: object) -> Text:
    if fact.how == "choice":
        return _chosen(fact, value)
    if fact.how in ("money", "count"):
        if not isinstance(value, int) or isinstance(value, bool):
            raise Said("disclosure.wrong_value", field=fact.code, fact=fact.label)
        plain: object = Money(value) if fact.how == "money" else value
        return {lang: written(plain, lang) for lang in ("zh", "en")}
    if fact.how == "day":
        if not isinstance(value, date):
            raise Said("disclosure.wrong_value", field=fact.code, fact=fact.label)
        return {lang: written(value, lang) for lang in ("zh", "en")}
    if not isinstance(value, str):
        raise Said("disclosure.wrong_value", field=fact.code, fact=fact.label)
    masked = {"name": masking.name, "address": masking.address}.get(fact.how)
    return _same(masked(value) if masked else value.strip())


def _chosen(fact: Shown, value: object) -> Text:
    for choice in fact.choices:
        if choice.code == value:
            return _text(choice.name)
    raise Said("disclosure.wrong_value", field=fact.code, fact=fact.label)
