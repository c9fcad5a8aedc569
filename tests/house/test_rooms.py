"""A room shows what it is for, and names its files after things and acts."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.house.reading import floors, rooms, shown, tree

# Doors keep their addresses and forms; everyone else names files after things and acts.
NOWHERE = {"utils", "helpers", "managers", "base", "common", "signals", "misc", "handlers", "processors"}
BELOW_DOORS = NOWHERE | {"services", "views", "forms", "urls", "templates"}
PATTERN_WORDS = {"Manager", "Handler", "Processor", "Engine", "Util", "Utils", "Helper"}
DOORS = {"portal", "desk", "api", "look", "config"}


def bad_names(paths: Iterable[Path]) -> list[str]:
    found = []
    for path in paths:
        room = path.parts[path.parts.index("linli") + 1]
        if path.stem in (NOWHERE if room in DOORS else BELOW_DOORS):
            found.append(path.name)
    return found


def test_every_room_has_a_card():
    rooms_without = [
        room.name
        for room in rooms()
        if room.name not in {"packs", "config"}
        and len(ast.get_docstring(tree(room / "__init__.py")) or "") < 60
    ]
    assert rooms_without == []


def test_every_folder_of_the_house_stands_on_the_map():
    assert {room.name for room in rooms()} <= set(floors())
    assert len(rooms()) > 8


def test_no_file_is_named_after_a_pattern():
    paths = [
        path
        for room in rooms()
        for path in room.rglob("*.py")
        if "templatetags" not in path.parts
        and not (room.name in DOORS and path.parent.name == room.name and path.stem == "services")
    ]
    assert bad_names(paths) == []


def test_such_a_name_would_be_found():
    assert bad_names(
        [Path("linli/people/utils.py"), Path("linli/people/services.py"), Path("linli/desk/urls.py")]
    ) == [
        "utils.py",
        "services.py",
    ]


def test_a_card_is_only_a_card():
    """``__init__`` of a room imports nothing, so that importing a formula never drags the room in."""
    talkative = [
        shown(room / "__init__.py")
        for room in rooms()
        if room.name != "command"
        and any(
            not isinstance(node, ast.Expr | ast.ImportFrom) or isinstance(node, ast.Import)
            for node in tree(room / "__init__.py").body
        )
    ]
    assert talkative == []
