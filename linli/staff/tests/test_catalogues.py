"""The English words of the staff doors: compiled from what is written, complete, each in the door that says it."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

import linli

HOUSE = Path(linli.__file__).parent
DOORS = ("staff", "desk", "office", "registry")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAID = re.compile(
    r"""(?:\b_|\bn?gettext(?:_lazy)?)\(\s*((?:"[^"\n]*"\s*)+)[,)]|\{%\s*trans\s+["']([^"']+)["']"""
)


def catalogue(door: str) -> Path:
    return HOUSE / door / "locale/en/LC_MESSAGES/django.po"


def written(door: str) -> dict[str, str]:
    """Sentences and their English, as the catalogue's text has them (of plurals the last form)."""
    found = {}
    for block in re.split(r"\n\s*\n", catalogue(door).read_text("utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        word, texts = "", {"msgid": "", "msgstr": ""}
        for line in lines:
            if match := re.match(r'(msg\w+)(?:\[\d\])? (".*")$', line):
                word = "msgstr" if match[1] == "msgstr" else match[1]
                texts[word] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                texts[word] += ast.literal_eval(line)
        if texts["msgid"]:
            found[texts["msgid"]] = texts["msgstr"]
    return found


def compiled(door: str) -> dict[str, str]:
    with catalogue(door).with_suffix(".mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key: text for key, text in known.items() if key}


def said(door: str) -> set[str]:
    """Sentences that the door's code and templates hand to be put into the reader's language."""
    found = set()
    for path in (HOUSE / door).rglob("*"):
        if path.suffix in (".py", ".html") and "tests" not in path.parts:
            for code, page in SAID.findall(path.read_text("utf-8")):
                found.add(ast.literal_eval(f"({code})") if code else page)
    return {text for text in found if HAN.search(text)}


@pytest.mark.parametrize("door", DOORS)
def test_the_compiled_catalogue_says_what_the_written_one_says(door):
    assert compiled(door) == written(door)
    assert written(door)


@pytest.mark.parametrize("door", DOORS)
def test_every_sentence_of_a_door_has_english(door):
    known = written(door).keys() | written("staff").keys() | _of_the_look()
    assert sorted(said(door) - known) == []
    assert len(said(door)) > 20, "the scan found hardly anything"


def test_a_sentence_in_two_catalogues_has_the_same_english_in_both():
    """Catalogues are read together: of two Englishes, which one a page shows would be chance."""
    seen: dict[str, set[str]] = {}
    for door in DOORS:
        for text, english in written(door).items():
            seen.setdefault(text, set()).add(english)
    assert {text: sorted(english) for text, english in seen.items() if len(english) > 1} == {}


def _of_the_look() -> set[str]:
    text = (HOUSE / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")
    return {ast.literal_eval(one) for one in re.findall(r'^msgid (".+")$', text, re.MULTILINE)}
