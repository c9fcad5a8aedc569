"""Everything the house says has words in both languages, and every word in a sheet means something."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from linli.command import check
from linli.ground.wording import blanks, words
from tests.house.reading import HOUSE, ROOT, python_files, shown, tree


@dataclass(frozen=True)
class Spoken:
    """A ``Said`` or ``Saying`` written in the code; ``values`` is None where they are not written out."""

    place: str
    code: str
    values: frozenset[str] | None


def spoken(module: ast.Module, place: str) -> list[Spoken]:
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in {"Said", "Saying"} or not node.args:
            continue
        codes = [part.value for part in _alternatives(node.args[0]) if isinstance(part, ast.Constant)]
        found += [
            Spoken(f"{place}:{node.lineno}", code, _values(node)) for code in codes if isinstance(code, str)
        ]
    return found


def _alternatives(node: ast.expr) -> list[ast.expr]:
    """Both codes of ``Said("a" if … else "b")``."""
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def _values(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) > 1:
        given = call.args[1]
        if not isinstance(given, ast.Dict) or not all(isinstance(key, ast.Constant) for key in given.keys):
            return None
        return frozenset(
            key.value for key in given.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
        )
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "field")


# Whoever reads a sheet adds where in it a fault lies.
ADDED_BY_THE_READER = {"source", "line", "key"}


def faults(said: list[Spoken]) -> list[str]:
    known = words()
    found = []
    for one in said:
        if one.code not in known:
            found.append(f"{one.place}: no words for {one.code}")
        elif one.values is not None and (
            empty := blanks(known[one.code].zh) - one.values - ADDED_BY_THE_READER
        ):
            found.append(f"{one.place}: {one.code} leaves the blanks {sorted(empty)} empty")
    return found


def all_spoken() -> list[Spoken]:
    return [one for path in python_files() for one in spoken(tree(path), shown(path))]


def test_everything_said_has_words_and_fills_their_blanks():
    assert faults(all_spoken()) == []
    assert len(all_spoken()) > 50, "the scan found hardly anything"


def test_both_languages_say_the_same():
    assert [code for code, both in words().items() if not both.zh or not both.en] == []
    assert [code for code, both in words().items() if blanks(both.zh) != blanks(both.en)] == []


def test_a_code_without_words_and_an_empty_blank_would_be_found():
    lines = (
        "raise Said('no.such')\nraise Said('fault.no-file' if x else 'no.other')\nSaying('ledger.whole', {})"
    )
    assert faults(spoken(ast.parse(lines), "x.py")) == [
        "x.py:1: no words for no.such",
        "x.py:2: fault.no-file leaves the blanks ['file'] empty",
        "x.py:2: no words for no.other",
        "x.py:3: ledger.whole leaves the blanks ['entries'] empty",
    ]


def test_every_word_in_every_sheet_resolves():
    assert [(finding.code, dict(finding.values)) for finding in check.sheets()] == []
    assert check.count() > 40


def test_the_word_list_names_every_noun():
    """``docs/words.md`` holds each model's name, so that a newcomer finds the Chinese word for it."""
    listed = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "words.md").read_text("utf-8")))
    nouns = {
        node.name
        for path in HOUSE.glob("*/models*.py")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "models.Model" for base in node.bases)
    }
    assert sorted(nouns - listed) == []
