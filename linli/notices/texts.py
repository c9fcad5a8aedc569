"""The texts of notices: sheets with named blanks (``packs/*/notices/<word>.yaml``)."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from linli.ground import masking, packs, sheets
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


def checked_values(word: str, values: Mapping[str, object]) -> dict[str, str | int | None]:
    """The template's blanks out of the values offered, as they are stored; what it does not name is not kept.

    A long title is cut, and identity, bank and telephone numbers in it are masked. Raises ``Said`` for an unknown
    template, a blank without a value, a value of the wrong kind, and such a number in any other blank.
    """
    blanks = template(word).blanks
    missing = [name for name in blanks if name not in values]
    if missing:
        raise Said("notices.blanks_missing", template=word, names="、".join(missing))
    return {name: _CHECKS[blank](name, values[name]) for name, blank in blanks.items()}


def _count(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Said("notices.wrong_value", name=name)


def _day(name: str, value: object) -> str | None:
    """A day, or none where it is not fixed yet."""
    if value is None:
        return None
    if type(value) is date:
        return value.isoformat()
    raise Said("notices.wrong_value", name=name)


def _word(name: str, value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_VALUE or "\n" in value:
        raise Said("notices.wrong_value", name=name)
    if masking.find_personal(value):
        raise Said("notices.sensitive_value", name=name)
    return value


def _title(name: str, value: object) -> str:
    """People write titles themselves, so a number that slipped in must not stop their request."""
    if not isinstance(value, str) or not value.strip():
        raise Said("notices.wrong_value", name=name)
    line = " ".join(masking.scrub(value).split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


_CHECKS: dict[Blank, Callable[[str, object], str | int | None]] = {
    "count": _count,
    "day": _day,
    "number": _word,
    "title": _title,
    "word": _word,
}


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
    if value is None:
        return "a day still to be told" if lang == "en" else "另行通知的日期"
    day = date.fromisoformat(str(value))
    if lang == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"
