"""No signals, no overridden save, no global user; every act says who and when."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.house.reading import acts, python_files, shown, tree


def overridden_saves(module: ast.Module) -> list[str]:
    return [
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef)
        and part.name in {"save", "delete"}
        and any(ast.unparse(base).endswith(("Model", "AbstractBaseUser")) for base in node.bases)
    ]


def dispatch_imports(module: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(module):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [name for name in names if name.startswith("django.dispatch") or ".signals" in name]
    return found


def act_faults(name: str, act: Callable[..., Any]) -> list[str]:
    """The thing acted on and the word of a move may stand first, as in speech; all else is named."""
    parameters = inspect.signature(act).parameters
    positional = [
        parameter.name
        for parameter in parameters.values()
        if parameter.kind
        in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD, parameter.VAR_POSITIONAL)
    ]
    found = [f"{name}: {word} must be keyword-only" for word in positional[2:]]
    found += [f"{name}: {word} must be keyword-only" for word in positional[:2] if word in {"by", "at", "on"}]
    if "by" not in parameters:
        found.append(f"{name}: takes no by")
    if not {"at", "on"} & set(parameters):
        found.append(f"{name}: takes no moment (at or on)")
    return found


def test_no_model_overrides_save_or_delete():
    assert {shown(path): found for path in python_files() if (found := overridden_saves(tree(path)))} == {}


def test_nothing_listens_to_signals():
    assert {shown(path): found for path in python_files() if (found := dispatch_imports(tree(path)))} == {}


def test_every_act_is_keyword_only_and_says_who_and_when():
    found = acts()
    assert [fault for name, act in found.items() for fault in act_faults(name, act)] == []
    assert len(found) > 10, "the walk found hardly any act: it looks in the wrong place"


def test_each_of_these_habits_would_be_found():
    assert overridden_saves(ast.parse("class A(models.Model):\n    def save(self): pass")) == ["A"]
    assert dispatch_imports(ast.parse("from django.db.models.signals import post_save")) == [
        "django.db.models.signals.post_save"
    ]
    assert dispatch_imports(ast.parse("from django.dispatch import receiver")) == ["django.dispatch.receiver"]

    def grant(application: object, move: str, cents: int, *, at: datetime) -> None: ...

    assert act_faults("grant", grant) == ["grant: cents must be keyword-only", "grant: takes no by"]

    def refuse(by: object) -> None: ...

    assert act_faults("refuse", refuse) == [
        "refuse: by must be keyword-only",
        "refuse: takes no moment (at or on)",
    ]
