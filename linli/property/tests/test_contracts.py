"""Contracts: what was signed, who ends them in time, what is handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.ground.said import Said
from linli.people.actors import CLOCK
from linli.people.entering import enter_organisation
from linli.property.contracting import Handed, Parties, end, give_notice, hand_over, renew, sign
from linli.property.models import Contract
from linli.property.reminding import remind
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.usefixtures("published")
DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


def test_a_contract_knows_the_last_day_to_refuse_its_renewal(contract):
    assert contract.notice_by == date(2026, 4, 1), "90 days before 30 June"
    assert "九百四十七" in contract.notice_rule
    assert verify().ok


def test_a_contract_is_not_edited(contract):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(fee_cents=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to_on": date(2025, 6, 30)}, "property.contract_dates"),
        ({"fee_cents": -1}, "property.contract_fee"),
        ({"area_centiares": 0}, "property.contract_area"),
        ({"subject": " "}, "property.contract_subject"),
        ({"kind": "other"}, "property.contract_kind"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(estate, terms, village, change, code):
    parties = Parties(village.bodies["helin-property"], village.helin, None, estate)
    refused(
        code, lambda: sign(parties=parties, terms=replace(terms, **change), by=village.actor("he"), at=BEGIN)
    )


@pytest.mark.parametrize(
    ("side", "days", "timely"),
    [
        ("owners_end", 60, True),
        ("owners_end", 59, False),
        ("company_refuses", 90, True),
        ("company_refuses", 89, False),
    ],
)
def test_a_notice_is_timely_by_the_days_of_the_civil_code(contract, village, side, days, timely):
    actor = village.actor("ye" if side == "owners_end" else "ma")
    event = give_notice(
        contract=contract,
        side=side,
        effect_on=BEGIN.date() + days * DAY,
        reason="不再续聘",
        by=actor,
        at=BEGIN,
    )
    assert event.is_timely is timely


def test_the_end_opens_the_handover_once(contract, village):
    he, lines = (
        village.actor("he"),
        [Handed("门禁钥匙", 12, "whole"), Handed("监控硬盘", 1, "missing", "待赔")],
    )
    call = {
        "contract": contract,
        "lines": lines,
        "taken_by": "新物业",
        "on": BEGIN.date(),
        "by": he,
        "at": BEGIN,
    }
    refused("property.handover_too_early", lambda: hand_over(**call))
    end(contract=contract, effect_on=BEGIN.date(), reason="双方协商", by=he, at=BEGIN)
    assert not Contract.objects.running(BEGIN.date()).exists()
    assert len(hand_over(**call)) == 2
    refused("property.handed_over_already", lambda: hand_over(**call))
    refused("property.ended_already", lambda: end(
        contract=contract, effect_on=BEGIN.date(), reason="x", by=he, at=BEGIN))  # fmt: skip


def test_who_nears_the_end_is_told_once_unless_renewed(contract, estate, terms, village):
    he, near = village.actor("he"), BEGIN + 70 * DAY
    assert remind(by=CLOCK, at=near) == 1
    assert remind(by=CLOCK, at=near) == 0
    parties = Parties(village.bodies["helin-property"], village.helin, None, estate)
    later = sign(
        parties=parties,
        terms=replace(terms, from_on=date(2026, 7, 1), to_on=date(2027, 6, 30)),
        by=he,
        at=near,
    )
    renew(contract=contract, followed_by=later, by=he, at=near)
    assert contract.events.get().renewed_by == later
    refused("property.not_a_renewal", lambda: renew(contract=later, followed_by=contract, by=he, at=near))


def test_professional_bodies_have_contracts_too(village):
    body = enter_organisation(
        key="helin-care", name="清和社工服务中心", kind="professional_body", region=village.helin,
        by=village.actor("he"), at=BEGIN,
    )  # fmt: skip
    from linli.property.contracting import Terms

    terms = Terms(
        "老人探访服务",
        date(2026, 1, 1),
        date(2026, 1, 1),
        date(2026, 12, 31),
        6_000_000,
        "每周一次",
        "professional",
    )
    contract = sign(parties=Parties(body, village.helin), terms=terms, by=village.actor("he"), at=BEGIN)
    assert contract.estate is None


def test_contracts_are_read_by_supervisors_and_parties(contract, village):
    seen = {
        login: Contract.objects.visible_to(village.actor(login)).exists()
        for login in ("he", "jie", "ye", "ma", "wangdong", "wangjie", "wang")
    }
    assert seen == {
        "he": True,
        "jie": True,
        "ye": True,
        "ma": True,
        "wangdong": False,
        "wangjie": False,
        "wang": False,
    }
