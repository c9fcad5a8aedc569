"""Turning what the house says into a sentence of the reader's language.

The sentences lie in ``packs/words/<room>.yaml``: a code, and under it ``zh`` and ``en`` with named blanks.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from linli.ground.said import Said, Saying


class _Kept(dict[str, object]):
    """Blanks that stay visible when a value is missing, so that a fault is told rather than lost."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@functools.cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Every code with its sentences, read once from all sheets of words."""
    found: dict[str, Mapping[str, str]] = {}
    for sheet in sorted(files("linli.packs").joinpath("words").iterdir(), key=lambda entry: entry.name):
        if sheet.name.endswith(".yaml"):
            content: dict[str, Any] = yaml.safe_load(sheet.read_text("utf-8")) or {}
            found.update(content)
    return found


def say(what: Said | Saying, lang: str = "zh") -> str:
    """The sentence in ``zh`` or ``en``. A code without a sentence shows itself with its values."""
    entry = words().get(what.code)
    if entry is None:
        blanks = ", ".join(f"{name}={value}" for name, value in sorted(what.values.items()))
        return f"{what.code} ({blanks})" if blanks else what.code
    values = {name: _worded(value, lang) for name, value in what.values.items()}
    return str(entry[lang]).format_map(_Kept(values))


def _worded(value: object, lang: str) -> object:
    if isinstance(value, Said | Saying):
        return say(value, lang)
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(str(_worded(part, lang)) for part in value)
    return value
