"""``linli publish [PATH]``: read declared sheets, check them, and publish changed ones as new editions."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from linli.command.answer import Answer
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import load_file, plain
from linli.ground.wording import say

HELP = "发布声明表为新版次 · publish declared sheets as editions"
NEEDS_DATABASE = True

# Every kind of sheet that becomes editions, in the order in which later kinds name earlier ones.
ROOMS = (
    "linli.cases.declared",
    "linli.disclosure.declared",
    "linli.services.declared",
    "linli.grievances.declared",
    "linli.projects.declared",
    "linli.evaluation.declared",
    "linli.reports.declared",
)


def kinds() -> list[ModuleType]:
    """The rooms' declared modules that exist in this build."""
    return [importlib.import_module(name) for name in ROOMS if _is_built(name)]


def _is_built(name: str) -> bool:
    return bool(importlib.util.find_spec(name.rpartition(".")[0]) and importlib.util.find_spec(name))


def check_all() -> list[Said]:
    """Load and check every sheet of every kind; faults name file and place."""
    found: list[Said] = []
    for kind in kinds():
        for path in sheet_paths(kind.KIND).values():
            try:
                found += kind.faults(load_file(path, kind.SCHEMA), source=path.name)
            except Said as fault:
                found.append(fault)
    return found


def publish_all(*, by: Any, at: datetime) -> dict[str, int]:
    """Publish rules, calendar and every kind of sheet. A faulty sheet refuses the whole publication."""
    from linli.rulebook.declared import publish_rules, seed_calendar
    from linli.trail.writing import writing

    faults = check_all()
    if faults:
        raise faults[0]
    with writing():
        counts = {"rules": publish_rules(by=by, at=at), "calendar_years": seed_calendar(by=by, at=at)}
        for kind in kinds():
            counts[kind.KIND] = _publish_kind(kind, by, at)
    return counts


def _publish_kind(kind: ModuleType, by: Any, at: datetime) -> int:
    from linli.rulebook.publishing import publish

    sheets = sheet_paths(kind.KIND)
    for code, path in sheets.items():
        sheet = load_file(path, kind.SCHEMA)
        name = kind.title(sheet)
        valid_from, valid_to = kind.validity(sheet)
        publish(
            kind=kind.KIND,
            code=code,
            body=plain(sheet),
            title={"zh": name.zh, "en": name.en},
            valid_from=valid_from,
            valid_to=valid_to,
            by=by,
            at=at,
        )
    return len(sheets)


def arguments(parser: argparse.ArgumentParser) -> None:
    """A folder of packs to publish beside the shipped ones."""
    parser.add_argument("path", nargs="?", help="folder of packs: <pack>/<kind>/<code>.yaml")


def run(options: argparse.Namespace) -> Answer:
    """Publish; changed sheets become new editions, unchanged ones stay."""
    from django.utils import timezone

    from linli.people.actors import SETUP

    if options.path:
        if not Path(options.path).is_dir():
            raise Said("publish.no_folder", path=options.path)
        os.environ["LINLI_PACKS"] = str(Path(options.path).resolve())
    faults = check_all()
    if faults:
        return Answer(
            [say(fault, options.lang) for fault in faults],
            tuple(say(fault, options.lang) for fault in faults),
            1,
        )
    counts = publish_all(by=SETUP, at=timezone.now())
    return Answer(counts, tuple(f"{name}: {count}" for name, count in counts.items()))
