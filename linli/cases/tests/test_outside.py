"""An outside body answers by a link that opens once, says what became of it, and shows nothing personal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.bodies import OutsideLink
from linli.cases.linking import answers, link
from linli.cases.opening import Opening, open_case
from linli.cases.outside import answer_link, digest_of, live_link, make_link, shown, withdraw_link
from linli.cases.tests.sheets import publish_cooperation
from linli.ground.said import Said
from linli.people.actors import VISITOR
from linli.rulebook.publishing import edition
from linli.trail.models import AuditEntry
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def part(village):
    publish_cooperation()
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)),
        subject="G03",
        title="三号楼停水",
        region=village.helin,
        channel="counter",
        person=village.person("wang"),
    )
    case = open_case(opening=opening, by=village.actor("limin"), at=BEGIN)
    link(case=case, question="请查停水原因", by=village.actor("limin"), at=BEGIN)
    return case.cooperations.get(name="供水公司").part


@pytest.fixture
def made(part, village):
    return make_link(part=part, question="请告知停水原因和恢复时间", by=village.actor("limin"), at=BEGIN)


def test_the_word_is_not_kept_anywhere(made):
    row, word = made
    assert row.digest == digest_of(word) and word not in str(OutsideLink.objects.values())
    assert word not in str(list(AuditEntry.objects.values())) and len(word) >= 32


def test_the_answer_becomes_a_passage_of_the_part_with_its_file(made, part):
    row = live_link(digest_of(made[1]), at=BEGIN + DAY)
    page = shown(row)
    assert (page.body, page.question) == ("供水公司", "请告知停水原因和恢复时间")
    png = b"\x89PNG\r\n\x1a\n"
    refused("cases.answer_missing", lambda: answer_link(link=row, text=" ", by=VISITOR, at=BEGIN))
    with pytest.raises(Said):
        answer_link(link=row, text="好", by=VISITOR, at=BEGIN, files=[("x.png", png)])
    part.refresh_from_db()
    assert part.closed_on is None, "a file that cannot be kept leaves the link open"
    answer_link(
        link=row, text="水泵检修，今晚恢复。", by=VISITOR, at=BEGIN, files=[("a.txt", "检修单".encode())]
    )
    part.refresh_from_db()
    assert part.outcome == "answered" and part.papers.get().kind == "outside_answer"
    assert answers(part.parent)[0].text == "水泵检修，今晚恢复。"
    refused("cases.link_used", lambda: live_link(row.digest, at=BEGIN))
    refused("cases.link_used", lambda: answer_link(link=row, text="再答一次", by=VISITOR, at=BEGIN))


def test_links_that_ended_say_how(made, part, village):
    clerk = village.actor("limin")
    refused("cases.link_unknown", lambda: live_link(digest_of("guess"), at=BEGIN))
    refused("cases.link_expired", lambda: live_link(made[0].digest, at=BEGIN + 8 * DAY))
    newer, _ = make_link(part=part, question="请尽快告知", by=clerk, at=BEGIN)
    refused("cases.link_withdrawn", lambda: live_link(made[0].digest, at=BEGIN))
    assert withdraw_link(part=part, by=clerk, at=BEGIN) and not withdraw_link(part=part, by=clerk, at=BEGIN)
    refused("cases.link_withdrawn", lambda: answer_link(link=newer, text="好", by=VISITOR, at=BEGIN))


def test_a_question_with_something_personal_makes_no_link(part, village):
    clerk = village.actor("limin")
    for question in ("请给王桂兰回电", "请回电13900000001"):
        refused(
            "cases.link_personal", lambda q=question: make_link(part=part, question=q, by=clerk, at=BEGIN)
        )
    refused(
        "cases.not_in_hand", lambda: make_link(part=part, question="请查", by=village.actor("he"), at=BEGIN)
    )
