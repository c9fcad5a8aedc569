"""Small is a rule: ceilings of files, functions, rooms, templates and style sheets (docs/house.md)."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

from tests.house.reading import HOUSE, python_files, rooms, shown, tree

# docs/adr/0004-room-budgets.md and docs/adr/0005-doors-and-reports-larger.md
RAISED = {"evaluation": 5000, "projects": 3500, "desk": 9000, "portal": 4000, "reports": 5200}
FILE, FUNCTION, ROOM, MODELS, TEMPLATE, STYLE, SETTINGS = 400, 40, 3000, 12, 150, 200, 250


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def over(paths: list[Path], ceiling: int) -> dict[str, int]:
    return {shown(path): count for path in paths if (count := lines(path)) > ceiling}


def long_functions(module: ast.Module) -> dict[str, int]:
    """Functions above the ceiling; a docstring explains and is not counted."""
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            size = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                first = node.body[0]
                assert first.end_lineno is not None
                size -= first.end_lineno - first.lineno + 1
            if size > FUNCTION:
                found[node.name] = size
    return found


def test_no_file_is_too_long():
    assert over(python_files(tests=True), FILE) == {}
    assert over([HOUSE / "config" / "settings.py"], SETTINGS) == {}


def test_no_function_is_too_long():
    assert {shown(path): found for path in python_files() if (found := long_functions(tree(path)))} == {}


def test_no_room_is_too_large():
    sizes = {
        room.name: sum(lines(path) for path in python_files() if room in path.parents) for room in rooms()
    }
    assert {room: size for room, size in sizes.items() if size > RAISED.get(room, ROOM)} == {}


def test_no_room_has_too_many_models():
    counts: dict[str, int] = {}
    for model in apps.get_models():
        if model.__module__.startswith("linli."):
            counts[model._meta.app_label] = counts.get(model._meta.app_label, 0) + 1
    assert {room: count for room, count in counts.items() if count > MODELS} == {}


def test_no_template_or_style_sheet_is_too_long():
    assert over(sorted(HOUSE.rglob("*.html")), TEMPLATE) == {}
    assert over(sorted(HOUSE.rglob("*.css")), STYLE) == {}


def test_a_long_function_would_be_found():
    body = "\n".join(f"    x = {number}" for number in range(FUNCTION))
    assert long_functions(ast.parse(f"def f():\n{body}")) == {"f": FUNCTION + 1}
    assert long_functions(ast.parse('def f():\n    """' + "\n" * 60 + '"""\n    return 1')) == {}
