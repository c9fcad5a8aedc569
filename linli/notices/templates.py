"""The texts of notices: sheets with named blanks (``packs/*/notices/<word>.yaml``)."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from linli.finding.terms import has_secret
from linli.ground import packs, sheets
from linli.ground.said import Said
from linli.ground.sheets import Both

Channel = Literal["inapp", "email", "sms", "wecom"]
Blank = Literal["number", "title", "word", "day", "count"]
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Template:
    """A notice's text. ``plain`` is one short sentence, for a text message and for easy reading.

    ``blanks`` name what is filled in: a public ``number``, a ``title`` of an item or project, a ``word`` such as the
    name of a step or place, a ``day`` (ISO date), a ``count``. There is no blank for a person's name on purpose.
    """

    title: Both
    body: Both
    plain: Both
    channels: tuple[Channel, ...]
    blanks: dict[str, Blank]

    def __post_init__(self) -> None:
        for text in (self.title, self.body, self.plain):
            for said in (text.zh, text.en):
                _require_blanks(said, set(self.blanks))


@dataclass(frozen=True)
class Text:
    """A notice in one language."""

    title: str
    body: str
    plain: str


def _require_blanks(text: str, known: set[str]) -> None:
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None and (name not in known or form or conversion):
            raise Said("notices.unknown_blank", name=name)


@lru_cache(maxsize=1)
def all_templates() -> dict[str, Template]:
    """Every declared template by its word."""
    return {word: sheets.load_file(path, Template) for word, path in packs.sheet_paths("notices").items()}


def template(word: str) -> Template:
    """The template of a word. Raises ``notices.unknown_template``."""
    try:
        return all_templates()[word]
    except KeyError as fault:
        raise Said("notices.unknown_template", template=word) from fault


def checked_values(word: str, values: Mapping[str, object]) -> dict[str, str | int]:
    """Values for exactly the template's blanks, as they are stored. Raises ``Said`` for any other blank, a value of
    the wrong kind, one that is too long, and one that holds an identity, bank or telephone number."""
    blanks = template(word).blanks
    if set(blanks) != set(values):
        odd = sorted(set(blanks) ^ set(values))
        raise Said("notices.blanks_differ", template=word, names="、".join(odd))
    return {name: _checked(name, blanks[name], value) for name, value in values.items()}


def _checked(name: str, blank: Blank, value: object) -> str | int:
    if blank == "count":
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise Said("notices.wrong_value", name=name)
    if blank == "day":
        if type(value) is date:
            return value.isoformat()
        raise Said("notices.wrong_value", name=name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_VALUE or "\n" in value:
        raise Said("notices.wrong_value", name=name)
    if has_secret(value):
        raise Said("notices.sensitive_value", name=name)
    return value


def text(word: str, values: Mapping[str, object], lang: str = "zh") -> Text:
    """A notice in a language (``zh``, ``en``). A word that has no sheet any more leaves its bare word as title."""
    known = all_templates().get(word)
    if known is None:
        return Text(word, "", word)
    filled = {name: _shown(known.blanks.get(name, "word"), value, lang) for name, value in values.items()}
    gaps = dict.fromkeys(known.blanks, "—") | filled
    title, body, plain = (part.text(lang).format_map(gaps) for part in (known.title, known.body, known.plain))
    return Text(title, body, plain)


def _shown(blank: Blank, value: object, lang: str) -> str:
    if blank != "day":
        return str(value)
    day = date.fromisoformat(str(value))
    if lang == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"
