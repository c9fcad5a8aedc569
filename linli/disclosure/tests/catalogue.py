"""The shipped catalogue and rules, published for tests."""

from __future__ import annotations

from linli.disclosure import declared
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.rulebook.declared import publish_rules
from linli.rulebook.publishing import publish
from tests.cast import BEGIN


def publish_catalogue() -> None:
    publish_rules(by=SETUP, at=BEGIN)
    for code, path in sheet_paths(declared.KIND).items():
        sheet = load_file(path, declared.SCHEMA)
        title = {"zh": sheet.title.zh, "en": sheet.title.en}
        publish(
            kind=declared.KIND,
            code=code,
            body=plain(sheet),
            title=title,
            valid_from=sheet.valid_from,
            by=SETUP,
            at=BEGIN,
        )
