"""Everything the counter needs in tests: the shipped sheets published, and short ways to file."""

from __future__ import annotations

import pytest

from linli.cases import declared as procedures
from linli.disclosure import declared as catalogue
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.rulebook.declared import publish_rules
from linli.rulebook.publishing import publish
from linli.services import declared as items
from linli.services.booking_guard import lay
from linli.services.intake import Entry, Paper, file_application
from tests.cast import BEGIN, settle

PHOTO = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
RELIEF = {
    "household_size": "1",
    "phone": "139 0000 0001",
    "address": "安和苑3号楼1单元402室",
    "reason": "sudden_event",
    "story": "厨房起火，灶具和电器都烧坏了。",
    "amount": "2000",
    "account": "6222021234567890123",
}
APPLICATION, EVENT = (
    Paper("application", "申请书.pdf", PHOTO),
    Paper("event_proof", "现场.pdf", PHOTO + b"\n"),
)
READ_BACK = Entry(read_back=True)


def publish_sheets() -> None:
    """Publish rules and the sheets that the room needs, and lay the guard, as ``linli prepare`` does."""
    publish_rules(by=SETUP, at=BEGIN)
    lay()
    for module in (procedures, catalogue, items):
        for code, path in sheet_paths(module.KIND).items():
            sheet = load_file(path, module.SCHEMA)
            name = module.title(sheet)
            publish(
                kind=module.KIND, code=code, body=plain(sheet), title={"zh": name.zh, "en": name.en},
                valid_from=module.validity(sheet)[0], by=SETUP, at=BEGIN,
            )  # fmt: skip


@pytest.fixture
def village():
    publish_sheets()
    return settle()


def relief(village, *, who="wang", at=BEGIN, papers=(APPLICATION, EVENT), urgent=False, **answers):
    """Temporary assistance, applied for at the portal."""
    return file_application(
        item="temporary_assistance", applicant=village.person(who), answers={**RELIEF, **answers}, papers=list(papers),
        channel="portal", by=village.resident(who), at=at, urgent=urgent,
    )  # fmt: skip


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code
    return refusal.value
