"""Everyone of the village at a desk of their own, with real matters in their hands."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.cases import declared as cases
from linli.disclosure import declared as disclosure
from linli.grievances import declared as grievances
from linli.grievances.intake import Filed, Told, file_grievance
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.rulebook.declared import publish_rules, seed_calendar
from linli.rulebook.publishing import publish
from linli.services import declared as services
from tests import cast

NOW = cast.BEGIN + timedelta(days=3)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.LINLI_FROZEN_DAY = NOW.date().isoformat()


@pytest.fixture
def published(db):
    """The sheets that casework needs; quicker than all of them."""
    publish_rules(by=SETUP, at=cast.BEGIN)
    seed_calendar(by=SETUP, at=cast.BEGIN)
    for room in (cases, disclosure, services, grievances):
        for code, path in sheet_paths(room.KIND).items():
            sheet = load_file(path, room.SCHEMA)
            begin, end = room.validity(sheet)
            title = room.title(sheet)
            publish(kind=room.KIND, code=code, body=plain(sheet), title={"zh": title.zh, "en": title.en},
                    valid_from=begin, valid_to=end, by=SETUP, at=cast.BEGIN)  # fmt: skip


@pytest.fixture
def desk(village, published):
    """``desk("limin")`` is a signed-in browser of that person."""

    def opened(login):
        client = Client()
        client.force_login(village.accounts[login])
        return client

    return opened


@pytest.fixture
def filed(village, published):
    """Files a grievance of Wang's and returns it."""

    def file(text="三号楼一单元漏水，楼道积水", *, class_code="G01", days=0, **more):
        told = Told(class_code=class_code, nature="help", text=text, **more)
        at = cast.BEGIN + timedelta(days=days)
        where = Filed(region=village.helin, person=village.person("wang"), channel="phone")
        return file_grievance(told=told, filed=where, by=village.actor("limin"), at=at)

    return file
