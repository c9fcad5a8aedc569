"""Whistle and tasks from above: who is called reports in and both sides rate; what is not the community's goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.moving import MoveWords, advance
from linli.cases.pushing import Pushed, push_task, refuse_task
from linli.cases.tests.sheets import publish_cooperation
from linli.cases.whistling import Whistle, blow, rate_part
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.trail.verifying import verify
from tests.cast import BEGIN, QINGXI
from tests.counting import counted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture(autouse=True)
def sheets(village):
    publish_cooperation()


def whistle(village, **facts):
    return Whistle(**{"title": "消防通道被占", "question": "今天清理", "region": village.helin, **facts})


def test_called_bodies_report_in_work_and_both_sides_rate(village):
    street, manager = village.actor("jie"), village.actor("ma")
    case = blow(whistle=whistle(village), posts=["property_manager"], by=street, at=BEGIN)
    part = case.parts.get()
    assert part.cooperation.report_by == BEGIN + 24 * HOUR
    assert Notice.objects.filter(template="case.whistle", to_post="property_manager").exists()
    advance(part, "report_in", by=manager, at=BEGIN + 2 * HOUR)
    advance(part, "finish", by=manager, at=BEGIN + 5 * HOUR, words=MoveWords("已清理"))
    refused("cases.figure_missing", lambda: rate_part(part=part, figure=6, by=street, at=BEGIN))
    refused("cases.not_open_to", lambda: rate_part(part=part, figure=5, by=manager, at=BEGIN))
    close = MoveWords("已解决")
    refused("cases.parts_open", lambda: advance(case, "close", by=street, at=BEGIN, words=close))
    rated = rate_part(part=part, figure=5, by=street, at=BEGIN + 6 * HOUR)
    judged = rate_part(part=part, figure=0, by=manager, at=BEGIN + 7 * HOUR)
    assert (rated.figure, judged.figure) == (5, 0)
    advance(case, "close", by=street, at=BEGIN + 8 * HOUR, words=close)
    assert case.outcome == "resolved" and verify().ok


def test_only_the_street_or_above_blows_and_somebody_must_be_called(village):
    refused(
        "people.no_right",
        lambda: blow(whistle=whistle(village), posts=["clerk"], by=village.actor("limin"), at=BEGIN),
    )
    refused(
        "cases.whistle_nobody",
        lambda: blow(whistle=whistle(village), posts=[], by=village.actor("jie"), at=BEGIN),
    )
    refused(
        "people.other_place",
        lambda: blow(whistle=whistle(village), posts=["clerk"], by=village.actor("wangjie"), at=BEGIN),
    )


def task(village, **facts):
    stated = {
        "title": "统计小区招商线索", "words": "每周报送招商线索", "region": village.helin, "basis": "某局通知",
        "cost_cents": 0, "paid_by": "不拨付", "wanted_by": date(2026, 2, 1),
    }  # fmt: skip
    return Pushed(**{**stated, **facts})


@pytest.mark.parametrize(
    ("lacking", "field"),
    [({"basis": " "}, "basis"), ({"cost_cents": None}, "cost"), ({"paid_by": ""}, "paid_by"), ({"wanted_by": None}, "wanted_by")],
)  # fmt: skip
def test_a_task_without_basis_cost_or_deadline_is_not_sent(village, lacking, field):
    with pytest.raises(Said) as refusal:
        push_task(task=task(village, **lacking), by=village.actor("qu"), at=BEGIN)
    assert (refusal.value.code, refusal.value.field) == ("cases.task_incomplete", field)


def test_the_committee_refuses_by_the_list_and_those_above_are_told(village):
    director = village.actor("sun")
    with counted() as statements:
        case = push_task(task=task(village), by=village.actor("qu"), at=BEGIN)
    assert len(statements) <= 22, "\n".join(statements)
    assert (case.hold_post, case.pushed.from_place) == ("committee_director", QINGXI)
    refused(
        "cases.duty_unknown",
        lambda: refuse_task(case=case, reason="mediation", words="不办", by=director, at=BEGIN),
    )
    refused(
        "cases.not_open_to",
        lambda: refuse_task(
            case=case, reason="investment", words="不办", by=village.actor("limin"), at=BEGIN
        ),
    )
    passage = refuse_task(case=case, reason="investment", words="清单写明不得承担招商", by=director, at=BEGIN)
    assert (case.outcome, passage.reason) == ("refused", "investment")
    told = Notice.objects.get(template="task.refused")
    assert (told.to_post, told.to_place, told.values["reason"]) == ("district_civil", QINGXI, "招商引资")
