"""Acceptance, audit, papers, closing, and disclosure at each gate."""

from __future__ import annotations

from datetime import date

import pytest

from linli.cases.moving import MoveWords, advance
from linli.disclosure.models import Publication
from linli.ground.said import Said
from linli.people.actors import CLOCK, VISITOR
from linli.projects.finishing import (
    AuditReport,
    Findings,
    Item,
    accept_work,
    attach_paper,
    close,
    enter_audit,
    papers_missing,
)
from linli.projects.gates import open_quarters, publish_gate
from linli.projects.models import Gate, Project
from linli.projects.spending import Remainder, return_balance
from linli.projects.tests.story import BUDGET, document, moment


def give_back_all(story):
    remainder = Remainder(story.source, story.source.account.balance, date(2026, 7, 1), "缴款1", "district")
    return_balance(project=story.project, remainder=remainder, by=story.who("tao"), at=moment(7, 1))


def evaluated(story):
    """Accepted, audited and evaluated; it waits to be archived."""
    story.received()
    story.spent()
    story.accepted()
    report = AuditReport("清溪区审计局", "清审〔2026〕3号", date(2026, 6, 20), "clean")
    enter_audit(project=story.project, report=report, by=story.who("shen"), at=moment(6, 20))
    advance(
        story.again().case,
        "evaluated",
        by=story.who("qu"),
        at=moment(6, 25),
        words=MoveWords(opinion="评价完成"),
    )
    return story.again()


def test_a_project_ends_in_the_archive_with_every_fen_accounted_for(story):
    evaluated(story)
    with pytest.raises(Said) as caught:
        close(project=story.project, by=story.who("sun"), at=moment(7, 2))
    assert caught.value.code == "projects.close_with_balance"
    give_back_all(story)
    close(project=story.project, by=story.who("sun"), at=moment(7, 2))
    assert story.again().case.outcome == "archived"
    assert story.source.account.balance == 0
    assert story.project.gates.filter(kind="close", due_on__gt=date(2026, 7, 2)).exists()


def test_nothing_closes_before_acceptance(story):
    story.received()
    with pytest.raises(Said) as caught:
        close(project=story.project, by=story.who("sun"), at=moment(6, 2))
    assert caught.value.code == "projects.close_before_acceptance"


def test_nothing_closes_with_money_in_transit(story):
    story.received(BUDGET - 1_000_000)
    story.send_down(1_000_000, "9", moment(3, 2))
    story.spent()
    story.accepted()
    with pytest.raises(Said) as caught:
        close(project=story.project, by=story.who("sun"), at=moment(7, 2))
    assert caught.value.code == "projects.close_in_transit"


def test_defects_send_the_project_back_with_a_day(story):
    story.received()
    story.accepted(defects="柜台未安装", remedy_by=date(2026, 6, 30))
    assert story.project.case.step == "carrying_out"
    assert story.project.accepted_on is None
    story.accepted()
    assert story.project.accepted_on == date(2026, 6, 5)
    assert [acceptance.conclusion for acceptance in story.project.acceptances.all()] == ["defects", "passed"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"panel": ()}, "projects.panel_empty"),
        ({"items": ()}, "projects.checklist_empty"),
        ({"items": (Item("柜台", "套", "两", "2"),)}, "projects.not_a_number"),
        ({"items": (Item("柜台", "套", "2", "NaN"),)}, "projects.not_a_number"),
        ({"defects": "未装"}, "projects.remedy_day_missing"),
    ],
)
def test_an_acceptance_that_proves_nothing_is_refused(story, other, expected):
    story.received()
    story.delivered()
    facts = {"panel": ("街道",), "items": (Item("柜台", "套", "2", "2"),), **other}
    with pytest.raises(Said) as caught:
        accept_work(
            project=story.project,
            findings=Findings(on=date(2026, 6, 5), **facts),
            by=story.who("jie"),
            at=moment(6, 5),
        )
    assert caught.value.code == expected


def test_an_audit_names_the_entries_it_doubts(story):
    story.received()
    entry = story.spent()
    story.accepted()
    report = AuditReport(
        "清溪区审计局",
        "清审〔2026〕3号",
        date(2026, 6, 20),
        "qualified",
        (("柜台未验收入账", 800_000),),
        (entry,),
    )
    audit = enter_audit(project=story.project, report=report, by=story.who("shen"), at=moment(6, 20))
    assert list(audit.doubted.all()) == [entry]
    assert audit.findings == [{"title": "柜台未验收入账", "cents": 800_000}]


def test_papers_have_declared_kinds_and_what_lacks_is_named(story):
    attach_paper(
        project=story.project,
        document=document(story.village, "application_form"),
        kind="application_form",
        by=story.who("sun"),
        at=moment(1, 10),
    )
    lacking = [kind for kind, _ in papers_missing(story.project, on=date(2026, 1, 10))]
    assert "application_form" not in lacking
    assert len(lacking) == 9
    with pytest.raises(Said) as caught:
        attach_paper(
            project=story.project,
            document=document(story.village),
            kind="secret",
            by=story.who("sun"),
            at=moment(1, 10),
        )
    assert caught.value.code == "projects.unknown_paper"
    with pytest.raises(Said) as caught:
        attach_paper(
            project=story.project,
            document=document(story.village),
            kind="photo",
            by=story.who("qian"),
            at=moment(1, 10),
        )
    assert caught.value.code == "projects.not_in_chain"


def test_a_gate_is_published_from_the_accounts_and_makes_the_project_public(story):
    story.approved()
    assert not Project.objects.public().exists()
    gate = story.project.gates.get(kind="approval")
    publication = publish_gate(gate=gate, by=story.who("sun"), at=moment(1, 22))
    shown = {row["code"]: row["value"]["zh"] for row in publication.body["rows"]}
    assert shown["amount"] == "60,000.00元"
    assert shown["number"] == "示民函〔2026〕5号"
    assert list(Project.objects.public()) == [story.again()]
    with pytest.raises(Said) as caught:
        publish_gate(gate=gate, by=story.who("sun"), at=moment(1, 23))
    assert caught.value.code == "projects.gate_published"


def test_a_gate_of_money_shows_what_arrived_and_what_was_spent(story):
    story.received()
    story.spent()
    publication = publish_gate(
        gate=story.project.gates.get(kind="receipt"), by=story.who("sun"), at=moment(2, 11)
    )
    shown = {row["code"]: row["value"]["zh"] for row in publication.body["rows"]}
    assert (shown["received"], shown["spent"], shown["balance"]) == (
        "60,000.00元",
        "8,000.00元",
        "52,000.00元",
    )
    assert Publication.objects.about(f"case:{story.project.case.number}").count() == 1


def test_the_clock_opens_each_ended_quarter_once(story):
    story.received()
    assert open_quarters(by=CLOCK, at=moment(7, 1)) == 2
    assert open_quarters(by=CLOCK, at=moment(7, 1)) == 0
    assert [gate.reached_on for gate in Gate.objects.filter(kind="quarter")] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
    ]
    assert Gate.objects.overdue(on=date(2026, 12, 31)).count() == 4


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("sun", True),
        ("tao", True),
        ("jie", True),
        ("qu", True),
        ("shi", True),
        ("sheng", True),
        ("shen", True),
        ("ping", True),
        ("limin", False),
        ("wangdong", False),
        ("wangjie", False),
        ("yunwei", False),
    ],
)
def test_project_files_open_to_those_with_the_right_at_the_place(story, login, sees):
    assert Project.objects.visible_to(story.who(login)).exists() is sees


def test_a_visitor_sees_no_file(story):
    assert not Project.objects.visible_to(VISITOR).exists()
