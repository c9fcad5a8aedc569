"""linli sample refuses what it must not touch; what it loads is tested in the room."""

from __future__ import annotations

import pytest

from linli.command import parsing
from linli.command import sample as command
from linli.ground.said import Said


def run(*arguments: str):
    options = parsing.parser_of("sample", command).parse_args(list(arguments))
    options.lang, options.json, options.account = "zh", False, ""
    return command.run(options)


@pytest.mark.django_db
def test_a_production_site_takes_no_sample(settings):
    settings.MODE = "production"
    with pytest.raises(Said) as refusal:
        run()
    assert refusal.value.code == "sample.production"


def test_once_is_done_at_once_and_twice_is_refused(village):
    assert run("--once").data == {"loaded": False}
    with pytest.raises(Said) as refusal:
        run()
    assert refusal.value.code == "sample.loaded-already"


def test_a_database_with_other_places_is_refused(db):
    from linli.people.actors import SETUP
    from linli.places.establishing import establish
    from tests.cast import BEGIN

    establish(code="530000000000", name="云南省", by=SETUP, at=BEGIN)
    with pytest.raises(Said) as refusal:
        run()
    assert refusal.value.code == "sample.not-empty"
