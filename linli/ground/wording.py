"""Turns a code with values into a Chinese or English sentence, by the word sheets in ``packs/words``.

A word sheet is one YAML file per room: ``code: {zh: "…{blank}…", en: "…{blank}…"}``. A blank is a value's name
in braces. ``{days|day|days}`` writes no number but the word for one or for many. Nothing else can be said in
a blank, so that officers can edit the sheets without fear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from linli import packs
from linli.ground.money import Money, yuan
from linli.ground.said import Said, Saying
from linli.ground.sheets import Both, load_file

FOLDER = Path(packs.__file__).parent / "words"
# China has kept one time without summer time since 1991; so no zone database has to be installed.
_CHINA = timezone(timedelta(hours=8))
_BLANK = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def say(sentence: Saying | Said, lang: str = "zh") -> str:
    """The sentence in ``lang`` (``zh`` or ``en``).

    A code without words gives a plain sentence that names the code, never its values, since they may be
    personal. A blank without a value stays visible in its braces.
    """
    words = _find(sentence.code)
    if words is None:
        unknown = "No wording for “{}”." if lang == "en" else "没有收录这句话（{}）。"
        return unknown.format(sentence.code)
    return fill(words.text(lang), sentence.values, lang)


def fill(template: str, values: Mapping[str, object], lang: str = "zh") -> str:
    """The template with its blanks filled; also for notices and other texts with named blanks."""

    def blank(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        if name not in values:
            return found.group()
        if one is not None:
            return str(one if values[name] == 1 else many)
        return written(values[name], lang)

    return _BLANK.sub(blank, template)


def blanks(template: str) -> frozenset[str]:
    """The names of the blanks in a template, for tests that hold Chinese and English together."""
    return frozenset(found.group(1) for found in _BLANK.finditer(template))


def written(value: object, lang: str = "zh") -> str:
    """One value as running text: 2026年3月2日 or 2 March 2026; lists with 、 or a comma; None as a dash.

    Moments are written in China's one civil time.
    """
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, lang)
    return str(value)


def words() -> dict[str, Both]:
    """Every sentence of every room by its code. Raises ``Said`` on a faulty sheet or a code given twice."""
    together: dict[str, Both] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, both in _sheet(path).items():
            if code in together:
                raise Said("wording.code_twice", source=str(path), code=code)
            together[code] = both
    return together


def _find(code: str) -> Both | None:
    """Ask the room's own sheet first, so that the console need not read all of them.

    A faulty sheet counts as silent here: whoever is being told a refusal must not get a different fault
    instead. ``words``, which the checks call, is strict.
    """
    own = FOLDER / f"{code.split('.')[0]}.yaml"
    if own.is_file() and code in _lenient(own):
        return _lenient(own)[code]
    found = (_lenient(path) for path in sorted(FOLDER.glob("*.yaml")))
    return next((sheet[code] for sheet in found if code in sheet), None)


@lru_cache(maxsize=128)
def _lenient(path: Path) -> dict[str, Both]:
    try:
        return _sheet(path)
    except Said:
        return {}


@lru_cache(maxsize=128)
def _sheet(path: Path) -> dict[str, Both]:
    return load_file(path, dict[str, Both])


def _day(on: date, lang: str) -> str:
    if lang == "en":
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def _moment(at: datetime, lang: str) -> str:
    local = at.astimezone(_CHINA) if at.tzinfo else at
    joint = ", " if lang == "en" else " "
    return f"{_day(local.date(), lang)}{joint}{local:%H:%M}"


def _amount(money: Money, lang: str) -> str:
    return f"CNY {yuan(money.fen)}" if lang == "en" else f"{yuan(money.fen)}元"


def _listed(items: Iterable[object], lang: str) -> str:
    return (", " if lang == "en" else "、").join(written(item, lang) for item in items)


def _yes_or_no(value: bool, lang: str) -> str:
    return {"en": ("no", "yes")}.get(lang, ("否", "是"))[value]


# Asked in this order: a moment is also a date for Python, and a truth value also a number.
_WRITERS: tuple[tuple[Any, Callable[[Any, str], str]], ...] = (
    (Saying | Said, say),
    (Both, lambda both, lang: str(both.text(lang))),
    (datetime, _moment),
    (date, _day),
    (Money, _amount),
    (bool, _yes_or_no),
    (Decimal, lambda number, lang: format(number, "f")),
    (type(None), lambda nothing, lang: "—"),
    (list | tuple, _listed),
)
