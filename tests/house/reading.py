"""How house tests read the house: rooms, floors, files and their syntax trees."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "linli"


@cache
def floors() -> dict[str, int]:
    """Height of every room, ground lowest, from the contract in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    height = {}
    for level, layer in enumerate(reversed(layers)):
        for room in re.findall(r"\w+", layer):
            height[room] = level
    return height


def rooms() -> list[Path]:
    """Folders of the rooms that are built."""
    return sorted(path.parent for path in HOUSE.glob("*/__init__.py") if path.parent.name in floors())


def python_files(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    """The house's Python files; tests and migrations only where asked for."""
    return sorted(
        path
        for path in HOUSE.rglob("*.py")
        if (tests or "tests" not in path.parts) and (migrations or "migrations" not in path.parts)
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """A path as messages name it."""
    return path.relative_to(ROOT).as_posix()


def modules() -> Iterator[ModuleType]:
    """Every module of every room, imported; tests and migrations left out."""
    for room in rooms():
        for found in pkgutil.walk_packages([str(room)], prefix=f"linli.{room.name}."):
            parts = found.name.split(".")
            if "tests" not in parts and "migrations" not in parts:
                yield importlib.import_module(found.name)


def acts() -> dict[str, Callable[..., Any]]:
    """Every public verb by its full name."""
    return {
        f"{module.__name__}.{name}": thing
        for module in modules()
        for name, thing in vars(module).items()
        if inspect.isfunction(thing)
        and getattr(thing, "is_act", False)
        and thing.__module__ == module.__name__
    }


def tracked() -> list[Path]:
    """Every file of the repository that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
