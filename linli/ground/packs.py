"""Where declared sheets lie: the packs shipped with Linli, then a town's own folder, which replaces by code.

A sheet is ``<pack>/<kind>/<code>.yaml``. The shipped packs are folders of ``linli/packs``; a town names its own
folder of packs in ``LINLI_PACKS``.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

SHIPPED = Path(str(files("linli.packs")))


def roots() -> list[Path]:
    """Folders that hold packs, shipped ones first."""
    own = os.environ.get("LINLI_PACKS", "")
    return [SHIPPED, Path(own)] if own else [SHIPPED]


def sheet_paths(kind: str) -> dict[str, Path]:
    """Path of every sheet of a kind by code, in order of code; a later pack replaces an earlier one's sheet."""
    found: dict[str, Path] = {}
    for root in roots():
        for path in sorted(root.glob(f"*/{kind}/*.yaml")):
            found[path.stem] = path
    return dict(sorted(found.items()))
