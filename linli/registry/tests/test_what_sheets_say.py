"""What people read in sheets is the law's name and article: none of the marks we make while checking sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from linli import packs
from linli.evaluation.catalogue import CATALOGUE

SHEETS = sorted((Path(packs.__file__).parent / "cn").rglob("*.yaml"))
MARK = re.compile(r"\[[VMPES](?: [^\]]*)?\]|\[S\d|\bdomain(?:\.md)? ?§|（§\d|S1\d\d(?!\d)")
# The number of a statement in the report it was taken from is a field of its own, not a text.
NUMBERED = {"ref", "reference"}


def marked(value: Any, key: str = "") -> Iterator[str]:
    """Texts with such a mark, anywhere in a sheet's values."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from marked(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from marked(part, key)
    elif isinstance(value, str) and key not in NUMBERED and MARK.search(value):
        yield value


def test_no_sheet_shows_a_mark_of_ours():
    found = {
        path.name: texts
        for path in SHEETS
        if (texts := list(marked(yaml.safe_load(path.read_text("utf-8")))))
    }
    assert found == {}
    assert len(SHEETS) > 60


def test_no_measure_shows_a_mark_of_ours():
    assert {code: one.source for code, one in CATALOGUE.items() if MARK.search(one.source)} == {}


def test_such_a_mark_would_be_found():
    sheet = {
        "source": "财预〔2020〕10号 [M]",
        "ref": "S114",
        "of": [{"basis": "（源报告S114）"}, "审计法 [V R58c]"],
    }
    assert list(marked(sheet)) == ["财预〔2020〕10号 [M]", "（源报告S114）", "审计法 [V R58c]"]
