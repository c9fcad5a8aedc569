"""Several bodies at one matter: the matrix opens the parts, the first receiver answers for it, the street decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.escalating import escalate_overdue
from linli.cases.linking import accept_lead, answerable, answers, decide_dispute, link, refuse_part
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.recounting import recount_open
from linli.cases.tests.sheets import publish_cooperation
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.rulebook.publishing import edition
from linli.rulebook.remembering import remembering
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, MINGHE
from tests.counting import counted

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "三号楼两天没有水，请查清原因。"


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


@pytest.fixture
def matter(village):
    publish_cooperation()
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)),
        subject="G03",
        title="三号楼停水",
        region=village.helin,
        channel="portal",
        person=village.person("wang"),
    )
    return open_case(opening=opening, by=village.resident("wang"), at=BEGIN)


@pytest.fixture
def linked(matter, village):
    link(case=matter, question=WORDS, by=village.actor("limin"), at=BEGIN)
    return matter


def part(matter, post):
    return matter.cooperations.get(post=post, part__isnull=False).part


def test_the_matrix_brings_in_four_bodies_and_tells_the_fifth(matter, village):
    with remembering(), counted() as statements:
        link(case=matter, question=WORDS, by=village.actor("limin"), at=BEGIN)
    assert len(statements) <= 32, "\n".join(statements)
    found = {(row.role, row.post or row.name, row.part_id is not None) for row in matter.cooperations.all()}
    assert found == {
        ("first", "clerk", False),
        ("lead", "street_officer", True),
        ("assist", "property_manager", True),
        ("assist", "committee_member", True),
        ("assist", "供水公司", True),
        ("inform", "party_secretary", False),
    }
    told = set(Notice.objects.values_list("template", "to_post"))
    assert ("case.inform", "party_secretary") in told and ("case.lead", "street_officer") in told
    assert LedgerEntry.objects.filter(kind="cases.cooperation").count() == 6 and verify().ok


def test_parts_carry_the_question_but_not_the_person(linked, village):
    manager = village.actor("ma")
    mine = part(linked, "property_manager")
    assert mine.person_id is None and mine.passages.get().opinion.text == WORDS
    assert Case.objects.in_hands_of(manager).get() == mine
    assert list(Case.objects.visible_to(manager)) == [mine], (
        "the matter itself stays with those who answer for it"
    )
    assert set(Case.objects.visible_to(village.resident("wang"))) == {linked}, "the applicant sees one case"


def test_the_first_receiver_answers_for_it_until_the_lead_accepts(linked, village):
    assert answerable(linked) == ("clerk", HELIN) and linked.step == "leading"
    accept_lead(part=part(linked, "street_officer"), by=village.actor("jie"), at=BEGIN + HOUR)
    linked.refresh_from_db()
    assert answerable(linked) == ("street_officer", MINGHE)
    assert linked.passages.last().move == "lead_accepts"
    assert Notice.objects.filter(template="case.lead_accepted", to_post="clerk").exists()


def test_one_answer_goes_out_when_the_needed_parts_are_answered(linked, village):
    street = village.actor("jie")
    accept_lead(part=part(linked, "street_officer"), by=street, at=BEGIN)
    words = MoveWords("已恢复供水。")
    refused("cases.parts_open", lambda: advance(linked, "answer", by=street, at=BEGIN, words=words))
    for login, post, text in (
        ("ma", "property_manager", "水泵已修好。"),
        ("he", "committee_member", "已上门告知。"),
    ):
        mine = part(linked, post)
        advance(mine, "accept", by=village.actor(login), at=BEGIN)
        advance(mine, "answer", by=village.actor(login), at=BEGIN + HOUR, words=MoveWords(text))
    assert [one.text for one in answers(linked)] == ["水泵已修好。", "已上门告知。"]
    advance(linked, "answer", by=street, at=BEGIN + DAY, words=words)
    assert linked.outcome == "resolved"
    water = linked.cooperations.get(name="供水公司").part
    assert water.outcome == "called_off", "a part that was not needed does not outlive the matter"
    assert Notice.objects.filter(to_person=village.person("wang"), template="case.answered").count() == 1


def test_a_body_refuses_within_one_working_day_with_a_reason_of_the_list(linked, village):
    manager, mine = village.actor("ma"), part(linked, "property_manager")
    assert mine.cooperation.refuse_by == date(2026, 1, 6)

    def refuse(reason, at):
        return refuse_part(part=mine, reason=reason, words="管道属供水公司", by=manager, at=at)

    refused("cases.reason_missing", lambda: refuse("too_busy", BEGIN))
    refused("cases.refusal_late", lambda: refuse("not_competent", BEGIN + 2 * DAY))
    passage = refuse("not_competent", BEGIN + DAY)
    mine.refresh_from_db()
    assert (passage.reason, mine.hold_post) == ("not_competent", "clerk"), (
        "back to whoever answers for it now"
    )
    advance(mine, "let_go", by=village.actor("limin"), at=BEGIN + DAY)
    assert mine.outcome == "released"


def test_after_one_round_the_street_decides_and_nobody_refuses_again(linked, village):
    manager, clerk, street = village.actor("ma"), village.actor("limin"), village.actor("jie")
    mine = part(linked, "property_manager")
    refuse_part(part=mine, reason="not_competent", words="不归我们", by=manager, at=BEGIN)
    advance(mine, "insist", by=clerk, at=BEGIN, words=MoveWords("合同写明归物业"))
    assert mine.hold_post == "street_officer"
    refused(
        "cases.not_open_to",
        lambda: decide_dispute(part=mine, stays=True, words="归物业", by=clerk, at=BEGIN),
    )
    decide_dispute(part=mine, stays=True, words="合同第五条，归物业办", by=street, at=BEGIN)
    assert (mine.step, mine.hold_post, mine.hold_place) == ("working", "property_manager", HELIN)
    refused(
        "cases.refusal_decided",
        lambda: refuse_part(part=mine, reason="not_competent", words="还是不归", by=manager, at=BEGIN),
    )
    assert Notice.objects.filter(template="case.dispute_decided").count() == 2


def test_the_street_may_name_another_body_which_is_bound(linked, village):
    mine = part(linked, "property_manager")
    refuse_part(part=mine, reason="other_place", words="不在小区红线内", by=village.actor("ma"), at=BEGIN)
    advance(mine, "insist", by=village.actor("limin"), at=BEGIN, words=MoveWords("请街道定"))
    decide_dispute(
        part=mine, stays=False, words="由网格员办理", other="grid_worker", by=village.actor("jie"), at=BEGIN
    )
    other = part(linked, "grid_worker")
    assert mine.outcome == "released" and other.cooperation.is_binding
    refused(
        "cases.refusal_bound",
        lambda: refuse_part(part=other, reason="other_place", words="不", by=village.actor("yang"), at=BEGIN),
    )


def test_withdrawing_the_matter_calls_off_its_parts(linked, village):
    advance(linked, "withdraw", by=village.resident("wang"), at=BEGIN + HOUR)
    assert {one.outcome for one in linked.parts.all()} == {"called_off"}


def test_a_subject_without_a_line_and_an_empty_question_are_refused(matter, village):
    clerk = village.actor("limin")
    refused("cases.question_missing", lambda: link(case=matter, question=" ", by=clerk, at=BEGIN))
    matter.subject = "G99"
    refused("cases.matter_unknown", lambda: link(case=matter, question=WORDS, by=clerk, at=BEGIN))
    matter.subject = "G03"
    refused("cases.moved_meanwhile", lambda: link(case=matter, question=WORDS, by=clerk, at=BEGIN, seen=7))


def test_the_clock_climbs_remind_raise_whistle_each_once(linked, village):
    day = linked.due_on + DAY
    assert linked.due_on == date(2026, 1, 19)
    climbed = []
    for offset in range(-4, 9):
        at = BEGIN + (day - BEGIN.date()) + offset * DAY
        for _ in range(2):
            escalate_overdue(by=CLOCK, at=at)
        climbed = list(
            Passage.objects.filter(case=linked, post="system_clock").values_list("move", flat=True)
        )
    assert climbed == ["clock_remind", "clock_raise", "clock_whistle"]
    whistle = Case.objects.get(parent=linked, kind="cases.whistle")
    assert whistle.parts.get().cooperation.post == "clerk"
    assert recount_open(by=CLOCK, at=BEGIN) == 0
