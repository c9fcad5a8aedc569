"""The estate Anhe with its owners' committee, company and contract."""

from __future__ import annotations

from datetime import date

import pytest

from linli.people.actors import SETUP
from linli.people.entering import enter_person
from linli.places.stationing import enter_estate
from linli.property.contracting import Parties, Terms, sign
from linli.property.owning import Elected, Election, elect, form_assembly
from tests.cast import BEGIN


@pytest.fixture
def estate(village):
    return enter_estate(
        community=village.helin,
        code="HL-AHY",
        name="安和苑",
        kind="resettlement",
        by=village.actor("sun"),
        at=BEGIN,
    )


@pytest.fixture
def assembly(estate, village):
    return form_assembly(estate=estate, fund="none", owners_count=300, by=village.actor("he"), at=BEGIN)


@pytest.fixture
def people(village):
    return [
        enter_person(name=name, community=village.helin, by=SETUP, at=BEGIN)
        for name in ("业一", "业二", "业三", "业四")
    ]


@pytest.fixture
def election(village, people):
    seats = [Elected(village.person("ye"), "director"), *(Elected(one, "member") for one in people)]
    return Election(1, date(2025, 12, 20), date(2025, 12, 20), date(2030, 12, 19), seats)


@pytest.fixture
def committee(assembly, election, village):
    return elect(
        assembly=assembly, organisation=village.bodies["helin-owners"], election=election, by=village.actor("he"),
        at=BEGIN,
    )  # fmt: skip


@pytest.fixture
def terms():
    return Terms(
        subject="安和苑物业服务合同", signed_on=date(2025, 6, 1), from_on=date(2025, 7, 1), to_on=date(2026, 6, 30),
        fee_cents=80, terms="保洁、秩序、维修", area_centiares=2_640_000, private_terms="违约金条款",
    )  # fmt: skip


@pytest.fixture
def contract(estate, terms, village):
    parties = Parties(village.bodies["helin-property"], village.helin, village.bodies["helin-owners"], estate)
    return sign(parties=parties, terms=terms, by=village.actor("he"), at=BEGIN)
