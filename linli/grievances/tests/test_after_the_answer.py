"""Texts for everybody, referrals, screening for conflicts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from linli.grievances.intake import answer_at_once
from linli.grievances.models import Conflict, ConflictLook, Grievance
from linli.grievances.referring import follow_up, refer
from linli.grievances.releasing import decline, propose, release
from linli.grievances.screening import (
    Sighting,
    close_conflict,
    close_round,
    enter_conflict,
    look_again,
    next_round_on,
    open_round,
)
from linli.notices.models import Notice
from linli.people.entering import withdraw_consent
from linli.people.models import Consent
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN

from .conftest import DAY, refused


@pytest.fixture
def answered(tell, village):
    told = tell()
    answer_at_once(grievance=told, reply="今天下午来修", by=village.actor("limin"), at=BEGIN)
    return told


def test_a_public_answer_passes_the_machine_and_then_another_post(answered, village):
    clerk, director = village.actor("limin"), village.actor("sun")

    def write(text):
        return propose(grievance=answered, text=text, by=clerk, at=BEGIN)

    for text in ("请联系13900001111", "王桂兰家已修好", "云A12345已挪走", " "):
        refused(
            "grievances.personal_in_text" if text.strip() else "grievances.reply_missing",
            lambda text=text: write(text),
        )
    row = write("3号楼屋顶已修复，住院的老人也安顿好了。")
    assert row.found == ["illness"]
    refused("grievances.reply_waiting", lambda: write("再写一份"))
    refused("people.no_right", lambda: release(grievance=answered, by=clerk, at=BEGIN, has_looked=True))
    refused("grievances.look_first", lambda: release(grievance=answered, by=director, at=BEGIN))
    assert not Grievance.objects.public().exists(), "a refused release leaves nothing"
    release(grievance=answered, by=director, at=BEGIN, has_looked=True)
    assert Grievance.objects.public().get() == answered and verify().ok


def test_the_writer_never_releases_and_a_declined_text_is_written_anew(answered, village):
    director = village.actor("sun")
    propose(grievance=answered, text="已修复。", by=director, at=BEGIN)
    refused("grievances.second_post", lambda: release(grievance=answered, by=director, at=BEGIN))
    officer = village.actor("jie")
    refused("grievances.reason_missing", lambda: decline(grievance=answered, reason="", by=officer, at=BEGIN))
    decline(grievance=answered, reason="写清楚修了哪里", by=officer, at=BEGIN)
    refused("grievances.nothing_proposed", lambda: release(grievance=answered, by=officer, at=BEGIN))
    propose(grievance=answered, text="屋顶防水层已重做。", by=director, at=BEGIN)
    release(grievance=answered, by=officer, at=BEGIN)


def test_answers_in_sensitive_matters_are_never_for_everybody(tell, village):
    told = tell(class_code="G12", text="医保报销被拖了半年")
    refused(
        "grievances.not_answered",
        lambda: propose(grievance=told, text="好了", by=village.actor("limin"), at=BEGIN),
    )
    answer_at_once(grievance=told, reply="已办", by=village.actor("limin"), at=BEGIN)
    refused(
        "grievances.not_for_everybody",
        lambda: propose(grievance=told, text="好了", by=village.actor("limin"), at=BEGIN),
    )


def test_a_referral_needs_consent_and_is_asked_after(tell, village):
    told, clerk = tell(class_code="G11", text="工地欠我三个月工资"), village.actor("limin")

    def to_legal_aid(**facts):
        given: dict[str, Any] = {
            "kind": "legal_aid",
            "body": "",
            "purpose": "讨要欠薪",
            "has_consented": True,
            "channel": "phone",
        }
        return refer(grievance=told, by=clerk, at=BEGIN, **{**given, **facts})

    refused("grievances.no_consent", lambda: to_legal_aid(has_consented=False))
    refused("grievances.purpose_missing", lambda: to_legal_aid(purpose=" "))
    refused("grievances.unknown_referral", lambda: to_legal_aid(kind="magic"))
    assert not Consent.objects.exists()
    row = to_legal_aid()
    assert (row.body, row.follow_up_on) == ("区法律援助中心", date(2026, 1, 20))
    assert row.consent.is_separate and "法律援助" in row.consent.told
    assert Notice.objects.filter(template="grievance.referred").count() == 1
    assert row.is_overdue(date(2026, 1, 21)) and not row.is_overdue(date(2026, 1, 20))
    later = BEGIN + 15 * DAY
    follow_up(referral=row, outcome="under_way_there", words="已受理", by=clerk, at=later)
    assert row.follow_up_on == date(2026, 2, 4) and row.closed_on is None
    withdraw_consent(consent=row.consent, by=village.resident("wang"), at=later)
    refused(
        "grievances.consent_withdrawn",
        lambda: follow_up(referral=row, outcome="helped", words="好", by=clerk, at=later),
    )
    follow_up(referral=row, outcome="person_declined", words="本人不愿意了", by=clerk, at=later)
    assert row.closed_on == later.date() and verify().ok


def test_nobody_known_cannot_be_referred(published, village):
    from linli.grievances.intake import Told
    from linli.grievances.unnamed import UNNAMED, file_unnamed

    told, _code = file_unnamed(
        told=Told("G11", "help", "老板欠薪跑了"), region=village.helin, by=UNNAMED, at=BEGIN
    )
    facts: dict[str, Any] = {
        "kind": "legal_aid",
        "body": "",
        "purpose": "讨薪",
        "has_consented": True,
        "channel": "phone",
    }
    refused(
        "grievances.nobody_to_refer",
        lambda: refer(grievance=told, by=village.actor("limin"), at=BEGIN, **facts),
    )


def sighting(**facts):
    given: dict[str, Any] = {
        "kind": "neighbours", "text": "楼上楼下为漏水吵了几次", "parties": 2, "criteria": ("repeated",),
        "owner_post": "mediator", "measures": "已上门劝过一次",
    }  # fmt: skip
    return Sighting(**{**given, **facts})


def test_a_round_runs_by_its_cycle_and_risk_sets_the_next_look(published, village):
    member, day = village.actor("he"), BEGIN.date()
    assert next_round_on(region=HELIN, on=day) == day
    row = open_round(region=village.helin, by=member, at=BEGIN)
    assert (row.number, row.due_on, next_round_on(region=HELIN, on=day)) == (1, date(2026, 1, 12), None)
    refused("grievances.round_open", lambda: open_round(region=village.helin, by=member, at=BEGIN))
    conflict = enter_conflict(round=row, seen=sighting(), by=member, at=BEGIN)
    assert (conflict.risk, conflict.next_on) == ("yellow", date(2026, 1, 12))
    worse = enter_conflict(round=row, seen=sighting(criteria=("repeated", "weapon")), by=member, at=BEGIN)
    assert (worse.risk, worse.next_on) == ("red", date(2026, 1, 6))
    assert list(Conflict.objects.due(on=date(2026, 1, 6))) == [worse]
    close_round(round=row, summary="两个网格都走了", by=member, at=BEGIN + DAY)
    assert next_round_on(region=HELIN, on=day) == date(2026, 1, 12)
    refused(
        "grievances.round_closed", lambda: enter_conflict(round=row, seen=sighting(), by=member, at=BEGIN)
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "war"}, "grievances.unknown_conflict"), ({"text": " "}, "grievances.words_missing"),
        ({"measures": "电话13900001111"}, "grievances.numbers_in_screening"), ({"parties": 1}, "grievances.parties_two"),
        ({"owner_post": "king"}, "grievances.unknown_post"), ({"criteria": ("mood",)}, "grievances.unknown_criterion"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_refused(published, village, facts, code):
    row = open_round(region=village.helin, by=village.actor("he"), at=BEGIN)
    refused(code, lambda: enter_conflict(round=row, seen=sighting(**facts), by=village.actor("he"), at=BEGIN))


def test_a_high_risk_is_lowered_before_closing_and_two_officers_do_not_overwrite_each_other(
    published, village
):
    member, mediator = village.actor("he"), village.actor("feng")
    row = open_round(region=village.helin, by=member, at=BEGIN)
    conflict = enter_conflict(round=row, seen=sighting(criteria=("violence",)), by=member, at=BEGIN)
    refused(
        "grievances.risk_too_high",
        lambda: close_conflict(conflict=conflict, closing="和好了", by=mediator, at=BEGIN),
    )
    look_again(
        conflict=conflict, criteria=(), measures="已调解，双方写了保证", by=mediator, at=BEGIN + DAY, seen=0
    )
    refused(
        "grievances.looked_meanwhile",
        lambda: look_again(
            conflict=conflict, criteria=("violence",), measures="还在吵", by=member, at=BEGIN + DAY, seen=0
        ),
    )
    closed = close_conflict(conflict=conflict, closing="和好了", by=mediator, at=BEGIN + 2 * DAY, seen=1)
    assert closed.closed_on == (BEGIN + 2 * DAY).date() and ConflictLook.objects.count() == 2
    refused(
        "grievances.conflict_closed",
        lambda: close_conflict(conflict=conflict, closing="再", by=member, at=BEGIN + timedelta(9)),
    )


def test_screening_is_seen_in_its_place_by_the_posts_that_screen(published, village):
    row = open_round(region=village.helin, by=village.actor("he"), at=BEGIN)
    enter_conflict(round=row, seen=sighting(), by=village.actor("he"), at=BEGIN)
    seers = {login for login in village.actors if Conflict.objects.visible_to(village.actor(login)).exists()}
    assert seers == {"he", "sun", "feng", "jie"}
    refused(
        "people.other_place", lambda: open_round(region=village.helin, by=village.actor("wangdong"), at=BEGIN)
    )
