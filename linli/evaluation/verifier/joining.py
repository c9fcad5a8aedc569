"""Joining the parts into ``verify.py``: one file, standard library only, with no second copy of any rule.

Every part is the house's own source with its imports from the house left out. Names must therefore be unique over all
parts, and no import may rename; both are checked here, so that a clash is found when the bundle's tests run.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from linli.trail.checkpoints import signed_words
from linli.trail.writing import entry_hash

# In the order in which they must be read: what is used while a part is being read comes before it.
PARTS = (
    ("linli.ground", "canonical.py"),
    ("linli.evaluation.verifier", "hashing.py"),
    ("linli.ground", "merkle.py"),
    ("linli.evaluation.verifier", "edwards.py"),
    ("linli.evaluation.formulas", "rounding.py"),
    ("linli.evaluation.formulas", "rules.py"),
    ("linli.evaluation.formulas", "scoring.py"),
    ("linli.evaluation.formulas", "randomness.py"),
    ("linli.evaluation.formulas", "robustness.py"),
    ("linli.evaluation", "recounting.py"),
    ("linli.evaluation", "claiming.py"),
    ("linli.evaluation", "reckoning.py"),
    ("linli.evaluation", "proving.py"),
    ("linli.evaluation.verifier", "container.py"),
    ("linli.evaluation.verifier", "checking.py"),
    ("linli.evaluation.verifier", "auditing.py"),
    ("linli.evaluation.verifier", "telling.py"),
)
FUNCTIONS: tuple[Callable[..., Any], ...] = (entry_hash, signed_words)
HEAD = '''#!/usr/bin/env python3
"""核验本证据包 / Verify this proof bundle.

    python3 -I -S verify.py [证据包.zip 或文件夹 / bundle.zip or folder] [--key 公钥 / public key]

只用标准库，不联网，不改动任何文件。退出码 0：成立；1：不成立。
Standard library only, no network, changes nothing. Exit 0: the report stands; 1: it does not.
Joined from the source of Linli, Apache-2.0. Needs Python 3.11 or newer.
"""

from __future__ import annotations
'''
TAIL = """

if __name__ == "__main__":
    raise SystemExit(main())
"""
STARTER = "from verify import main\n\nraise SystemExit(main())\n"


@lru_cache(maxsize=1)
def verify_source() -> str:
    """The text of ``verify.py``."""
    texts = [files(package).joinpath(name).read_text("utf-8") for package, name in PARTS]
    texts.insert(-3, "\n\n".join(inspect.getsource(function) for function in FUNCTIONS))
    imports: dict[str, None] = {}
    bodies = []
    names: set[str] = set()
    for text in texts:
        tree = ast.parse(text)
        _require_new(tree, names)
        bodies.append(_without_imports(text, tree, imports))
    return HEAD + "\n" + "\n".join(sorted(imports)) + "\n\n\n" + "\n\n".join(bodies) + TAIL


def _without_imports(text: str, tree: ast.Module, imports: dict[str, None]) -> str:
    """The source without its module docstring and imports; those of the standard library are gathered."""
    lines = text.splitlines()
    dropped = set()
    for node in tree.body:
        is_docstring = (
            node is tree.body[0] and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        )
        if isinstance(node, ast.Import | ast.ImportFrom):
            _gather(node, imports)
        elif not is_docstring:
            continue
        dropped |= set(range(node.lineno - 1, node.end_lineno or node.lineno))
    return "\n".join(line for at, line in enumerate(lines) if at not in dropped).strip("\n") + "\n"


def _gather(node: ast.Import | ast.ImportFrom, imports: dict[str, None]) -> None:
    if any(alias.asname for alias in node.names):
        raise ValueError(f"an import that renames cannot be joined: {ast.unparse(node)}")
    if isinstance(node, ast.Import):
        imports |= dict.fromkeys(f"import {alias.name}" for alias in node.names)
    elif node.module and not node.module.startswith("linli.") and node.module != "__future__":
        imports |= dict.fromkeys(f"from {node.module} import {alias.name}" for alias in node.names)


def _require_new(tree: ast.Module, names: set[str]) -> None:
    """Refuse a name that an earlier part has."""
    for node in tree.body:
        targets: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            targets = [node.name]
        elif isinstance(node, ast.Assign):
            targets = [
                name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
            ]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            targets = [node.target.id]
        twice = names & set(targets)
        if twice:
            raise ValueError(f"two parts of the verifier share the name {', '.join(sorted(twice))}")
        names |= set(targets)
