"""The chain of five levels: order, one opinion each, return to the level that asked, refusal, approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.projects.applying import Line, Source, apply, resubmit
from linli.projects.approving import Approval, approve, approve_goals
from linli.projects.models import Project
from linli.projects.opining import opine, refuse, return_for_correction
from linli.projects.tests.story import BUDGET, DECLARED, announced, application, document, lottery, moment
from linli.trail.models import LedgerEntry
from tests.cast import MINGHE


def code_of(caught):
    return caught.value.code


def test_a_project_goes_through_five_levels_and_each_leaves_one_passage(story):
    story.approved()
    moves = list(story.project.case.passages.order_by("number").values_list("move", "post"))
    assert moves == [
        ("open", "committee_director"),
        ("apply", "committee_director"),
        ("street_opine", "street_officer"),
        ("district_opine", "district_civil"),
        ("city_opine", "city_civil"),
        ("approve", "province_civil"),
    ]
    assert story.project.approved_on == date(2026, 1, 20)
    assert story.project.budget_cents == BUDGET
    assert story.source.approved_cents == BUDGET
    assert LedgerEntry.objects.filter(kind="projects.approval", row_key=story.project.case.number).exists()


@pytest.mark.parametrize("login", ["qu", "shi", "sheng"])
def test_no_level_can_be_skipped(story, login):
    with pytest.raises(Said):
        opine(project=story.project, opinion="同意", by=story.who(login), at=moment(1, 12))
    assert story.again().case.step == "street"


def test_a_level_gives_one_opinion(story):
    story.opinions(1)
    with pytest.raises(Said) as caught:
        opine(project=story.project, opinion="再写一次", by=story.who("jie"), at=moment(1, 13))
    assert code_of(caught) == "cases.not_from_here"


def test_an_opinion_must_say_something(story):
    with pytest.raises(Said) as caught:
        opine(project=story.project, opinion=" ", by=story.who("jie"), at=moment(1, 12))
    assert code_of(caught) == "cases.opinion_missing"


def test_a_foreign_street_has_no_say(story):
    with pytest.raises(Said) as caught:
        opine(project=story.project, opinion="同意", by=story.who("wangjie"), at=moment(1, 12))
    assert code_of(caught) == "people.other_place"


def test_nobody_passes_the_project_on_without_the_rooms_own_act(story):
    with pytest.raises(Said) as caught:
        advance(
            story.project.case,
            "street_opine",
            by=story.who("jie"),
            at=moment(1, 12),
            words=MoveWords(opinion="同意"),
        )
    assert code_of(caught) == "cases.needs_verb"


def test_a_returned_project_comes_back_to_the_level_that_returned_it(story):
    story.opinions(2)
    return_for_correction(project=story.project, reason="预算依据不足", by=story.who("shi"), at=moment(1, 14))
    assert story.again().case.step == "city_correction"
    changed = application(
        story.village,
        lines=(Line("设备", "equipment", 1_000_000), Line("活动", "service_activity", 5_000_000)),
    )
    resubmit(project=story.project, application=changed, by=story.who("sun"), at=moment(1, 15))
    assert story.again().case.step == "city"
    assert [line.amount_cents for line in story.project.lines.all()] == [1_000_000, 5_000_000]


def test_each_level_is_told_when_it_is_its_turn(story):
    waiting = Notice.objects.get(template="project.opinion_due")
    assert (waiting.to_post, waiting.to_place) == ("street_officer", MINGHE)
    assert waiting.values["due"] == story.project.case.step_due_on.isoformat()


def test_a_refused_project_is_over(story):
    refuse(project=story.project, reason="与上年项目重复", by=story.who("jie"), at=moment(1, 12))
    assert story.again().case.outcome == "refused"
    with pytest.raises(Said) as caught:
        opine(project=story.project, opinion="同意", by=story.who("jie"), at=moment(1, 13))
    assert code_of(caught) == "cases.closed"


def test_goals_are_approved_after_the_decision_and_only_by_evaluations_verb(story):
    story.approved()
    advance(story.project.case, "declare_goals", by=story.who("sun"), at=moment(1, 21), words=DECLARED)
    with pytest.raises(Said) as caught:
        advance(story.project.case, "approve_goals", by=story.who("qu"), at=moment(1, 22))
    assert code_of(caught) == "cases.needs_verb"
    approve_goals(project=story.project, by=story.who("qu"), at=moment(1, 22))
    assert story.again().case.step == "allocation"


def test_less_may_be_approved_when_lines_and_sources_agree(story):
    story.opinions()
    with pytest.raises(Said) as caught:
        approve(
            project=story.project,
            approval=Approval("5号", sources={1: 5_000_000}),
            by=story.who("sheng"),
            at=moment(1, 20),
        )
    assert code_of(caught) == "projects.budget_does_not_add_up"
    less = Approval("5号", sources={1: 5_000_000}, lines={1: 3_000_000})
    approve(project=story.project, approval=less, by=story.who("sheng"), at=moment(1, 20))
    assert story.again().budget_cents == 5_000_000


def test_no_more_projects_are_approved_than_the_quota(sheets, village):
    programme = announced(village, quota=1)
    projects = [
        apply(
            programme=programme,
            application=application(village, name=name),
            papers=[("deliberation_minutes", document(village))],
            by=village.actor("sun"),
            at=moment(1, 9),
        )
        for name in ("甲项目", "乙项目")
    ]
    for project in projects:
        for login in ("jie", "qu", "shi"):
            opine(project=project, opinion="同意", by=village.actor(login), at=moment(1, 12))
    approve(project=projects[0], approval=Approval("5号"), by=village.actor("sheng"), at=moment(1, 20))
    with pytest.raises(Said) as caught:
        approve(project=projects[1], approval=Approval("6号"), by=village.actor("sheng"), at=moment(1, 20))
    assert code_of(caught) == "projects.quota_full"


WRONG = [
    ({"lines": (Line("设备", "equipment", 1),)}, "projects.budget_does_not_add_up"),
    ({"lines": ()}, "projects.budget_empty"),
    ({"lines": (Line("接待", "reception", BUDGET),)}, "projects.purpose_not_of_fund"),
    ({"lines": (Line("审计", "audit_fee", BUDGET),)}, "projects.purpose_not_of_fund"),
    ({"lines": (Line("其他", "whatever", BUDGET),)}, "projects.unknown_purpose"),
    ({"general_goals": ("",)}, "projects.form_incomplete"),
    ({"need": " "}, "projects.form_incomplete"),
    ({"ends_on": date(2025, 12, 31)}, "projects.period_order"),
]


@pytest.mark.parametrize(("wrong", "expected"), WRONG)
def test_an_application_that_is_wrong_is_refused_and_nothing_is_left(sheets, village, wrong, expected):
    programme = announced(village)
    asked = replace(application(village), **wrong)
    with pytest.raises(Said) as caught:
        apply(
            programme=programme,
            application=asked,
            papers=[("deliberation_minutes", document(village))],
            by=village.actor("sun"),
            at=moment(1, 9),
        )
    assert code_of(caught) == expected
    assert not Project.objects.exists()


def test_an_application_needs_its_notice_its_time_and_its_minutes(sheets, village):
    programme = announced(village, apply_until=date(2026, 1, 31))

    def tried(at, papers=True):
        shown = [("deliberation_minutes", document(village))] if papers else []
        with pytest.raises(Said) as caught:
            apply(
                programme=programme,
                application=application(village),
                papers=shown,
                by=village.actor("sun"),
                at=at,
            )
        return code_of(caught)

    assert tried(moment(2, 1)) == "projects.no_notice"
    assert tried(moment(1, 9), papers=False) == "projects.papers_lacking"


def test_a_project_with_two_sources_keeps_them_apart(sheets, village):
    from linli.projects.tests.story import begin
    from linli.rulebook.publishing import edition

    street = edition("funds", "street_funds", date(2026, 1, 6))
    story = begin(
        village, sources=(Source(lottery(), "province", 4_000_000), Source(street, "street", 2_000_000))
    )
    story.approved()
    assert [source.approved_cents for source in story.project.sources.all()] == [4_000_000, 2_000_000]
