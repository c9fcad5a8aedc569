"""The public page of property and station: public parts only."""

from datetime import date

import pytest
from django.test import Client

from linli.places.stationing import enter_estate, open_station
from linli.property.contracting import Parties, Terms, sign
from linli.rulebook.declared import publish_rules
from tests.cast import BEGIN, HELIN, LIUWAN
from tests.counting import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.LINLI_FROZEN_DAY = BEGIN.date().isoformat()


@pytest.fixture
def signed(village):
    publish_rules(by=village.actor("sun"), at=BEGIN)
    open_station(
        community=village.helin,
        code="hl-1",
        name="禾邻社区服务站",
        hours={"1": [["09:00", "12:00"]]},
        by=village.actor("sun"),
        at=BEGIN,
    )
    estate = enter_estate(
        community=village.helin, code="A", name="安和苑", kind="mixed", by=village.actor("sun"), at=BEGIN
    )
    terms = Terms(
        "安和苑物业合同",
        date(2025, 6, 1),
        date(2025, 7, 1),
        date(2026, 6, 30),
        80,
        "每日保洁",
        private_terms="违约金条款",
    )
    parties = Parties(village.bodies["helin-property"], village.helin, None, estate)
    return sign(parties=parties, terms=terms, by=village.actor("he"), at=BEGIN)


def test_everybody_reads_the_public_part_and_the_hours_and_nothing_else(signed):
    with counted() as queries:
        text = Client().get(f"/c/{HELIN}/property/").content.decode()
    assert "每日保洁" in text and "09:00–12:00" in text and "0.80" in text
    assert "违约金" not in text
    assert len(queries) <= 15, "\n".join(queries)


def test_a_community_without_a_station_says_so(signed):
    assert "还没有服务站" in Client().get(f"/c/{LIUWAN}/property/").content.decode()
