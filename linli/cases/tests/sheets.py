"""The shipped sheets that several bodies need, published without the rest of the packs."""

from __future__ import annotations

from types import ModuleType

from linli.cases import declared, duties, matters
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.rulebook.declared import RuleSheet
from linli.rulebook.publishing import publish, publish_rule
from linli.trail.writing import writing
from tests.cast import BEGIN

MINE = ("part_", "whistle", "linked_matter", "pushed_task")


def publish_cooperation() -> None:
    """Publish the matrices, the duty lists, the procedures of parts and matters, and the rules of cases."""
    with writing():
        for path in sheet_paths("rules").values():
            if path.stem.startswith("cases."):
                sheet = load_file(path, RuleSheet)
                for one in sheet.editions:
                    publish_rule(
                        code=sheet.code, value=one.number, source=one.source, valid_from=one.valid_from, by=SETUP, at=BEGIN
                    )  # fmt: skip
        for kind in (declared, matters, duties):
            for code, path in sheet_paths(kind.KIND).items():
                if kind is not declared or code.startswith(MINE):
                    _publish(kind, code, load_file(path, kind.SCHEMA))


def _publish(kind: ModuleType, code: str, sheet: object) -> None:
    publish(
        kind=kind.KIND, code=code, body=plain(sheet), title={"zh": kind.title(sheet).zh},
        valid_from=kind.validity(sheet)[0], by=SETUP, at=BEGIN,
    )  # fmt: skip
