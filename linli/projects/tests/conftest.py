"""The sheets a project needs, published; and a project of Helin that has been applied for."""

import pytest

from linli.cases import declared as procedures
from linli.disclosure import declared as catalogue
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.projects import declared as funds
from linli.projects.tests import story as telling
from linli.rulebook.declared import publish_rules
from linli.rulebook.publishing import publish
from tests.cast import BEGIN

NEEDED = {
    procedures: ("pilot_project",),
    catalogue: ("project_approval", "project_funds", "project_result"),
    funds: tuple(sheet_paths(funds.KIND)),
}


def publish_needed():
    publish_rules(by=SETUP, at=BEGIN)
    for kind, codes in NEEDED.items():
        for code in codes:
            sheet = load_file(sheet_paths(kind.KIND)[code], kind.SCHEMA)
            assert kind.faults(sheet, source=code) == []
            publish(
                kind=kind.KIND,
                code=code,
                body=plain(sheet),
                title={"zh": sheet.title.zh, "en": sheet.title.en},
                valid_from=kind.validity(sheet)[0],
                by=SETUP,
                at=BEGIN,
            )


@pytest.fixture
def sheets(db):
    """The shipped sheets that projects use."""
    publish_needed()


@pytest.fixture
def story(sheets, village):
    """A project that Helin has applied for."""
    return telling.begin(village)
