"""Goals are declared with what the linter says, and approved only when it has no fault to name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from linli.evaluation.evaluating import Terms, open_evaluation
from linli.evaluation.goals import approve, declare, findings_of
from linli.evaluation.linting import DeclaredGoal
from linli.evaluation.models import GoalApproval
from linli.evaluation.reckoning import goal_terms
from linli.evaluation.scores import inputs_of, score
from linli.evaluation.taking import Span
from linli.evaluation.tests.judging import publish_frame
from linli.ground.said import Said
from linli.projects.applying import apply
from linli.projects.tests import story as telling
from linli.projects.tests.story import moment
from linli.trail.models import LedgerEntry
from tests.cast import HELIN

SPAN = Span(date(2026, 1, 1), date(2026, 12, 31))
VAGUE = (
    DeclaredGoal(code="g1", text="提升居民满意度，完善社区服务", kind="benefit", weight=Decimal(60)),
    DeclaredGoal(code="g2", text="加强人才队伍建设", kind="output", weight=Decimal(40)),
)


def exact(code: str, text: str, value: int, weight: int, unit: str = "%") -> DeclaredGoal:
    return DeclaredGoal(
        code=code, text=text, kind="output", weight=Decimal(weight), value=Decimal(value), unit=unit,
        evidence_source="办件记录", last_actual=Decimal(1),
    )  # fmt: skip


GOOD = (
    exact("on-time", "服务事项按时办结率", 96, 25),
    exact("stars", "办件评价平均分", 4, 25, "分"),
    exact("people", "服务人数", 300, 25, "人"),
    exact("papers", "验收报告", 2, 25, "份"),
)


@pytest.fixture
def waiting(published, village, settings, tmp_path):
    """A project that was approved and waits for its goals."""
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path
    story = telling.begin(village)
    story.approved()
    return story


def declared(story, goals, frame=None):
    return declare(
        project=story.again(), frame=frame or publish_frame(), span=SPAN, goals=goals, by=story.who("sun"),
        at=moment(1, 21),
    )  # fmt: skip


def approved(story, declaration, login="qu"):
    return approve(declaration=declaration, project=story.again(), by=story.who(login), at=moment(1, 22))


def another(story):
    """A second project under the same notice."""
    village = story.village
    return apply(
        programme=story.programme, application=telling.application(village, name="另一个项目"),
        papers=[("deliberation_minutes", telling.document(village))], by=story.who("sun"), at=moment(1, 9),
    )  # fmt: skip


def test_vague_goals_are_kept_with_their_findings_and_cannot_be_approved(waiting):
    declaration = declared(waiting, VAGUE)
    rules = {found["rule"] for found in declaration.findings}
    assert {"vague_verb", "no_number", "no_evidence_source"} <= rules
    assert waiting.again().case.step == "goals_review"
    with pytest.raises(Said) as refusal:
        approved(waiting, declaration)
    assert refusal.value.code == "evaluation.goals_faulty"
    assert refusal.value.values["quote"]
    assert not GoalApproval.objects.exists()


def test_quantified_goals_are_approved_and_the_project_goes_on(waiting):
    declaration = declared(waiting, GOOD)
    assert findings_of(declaration) == ()
    assert approved(waiting, declaration).declaration == declaration
    assert waiting.again().case.step == "allocation"
    assert LedgerEntry.objects.filter(kind="evaluation.goals", row_key=declaration.key, region=HELIN).exists()
    assert LedgerEntry.objects.filter(kind="projects.goals", region=HELIN).exists()


def test_only_the_newest_declaration_of_the_same_project_is_approved_by_who_may(waiting):
    frame = publish_frame()
    old, new = declared(waiting, GOOD, frame), declared(waiting, GOOD, frame)
    with pytest.raises(Said, match="goals_replaced"):
        approved(waiting, old)
    with pytest.raises(Said, match="no_right"):
        approved(waiting, new, login="sun")
    with pytest.raises(Said, match="goals_of_another"):
        approve(declaration=new, project=another(waiting), by=waiting.who("qu"), at=moment(1, 22))


def test_a_goal_keeps_the_unit_of_its_indicator_and_stands_once(waiting):
    with pytest.raises(Said, match="goal_unit"):
        declared(waiting, (exact("on-time", "按时办结", 5, 100, "件"),))
    with pytest.raises(Said, match="goal_twice"):
        declared(waiting, (GOOD[0], GOOD[0]))
    with pytest.raises(Said, match="no_right"):
        declare(
            project=waiting.again(), frame=publish_frame(), span=SPAN, goals=GOOD, by=waiting.who("limin"),
            at=moment(1, 21),
        )  # fmt: skip


def test_an_evaluation_is_held_to_the_declared_targets(waiting):
    frame = publish_frame()
    declaration = declared(waiting, GOOD, frame)
    number = waiting.project.case.number
    terms = Terms(
        project=number, region=HELIN, frame=frame, span=SPAN, kind="self", evaluator="居委会",
        due_on=date(2026, 3, 1), goals=declaration,
    )  # fmt: skip
    evaluation = open_evaluation(terms=terms, by=waiting.who("sun"), at=moment(2, 1))
    goals = goal_terms(inputs_of(evaluation).goals)
    assert goals["people"] == {"target": "300", "operator": ">=", "baseline": "1", "weight": 2500}
    assert score(evaluation=evaluation, by=waiting.who("sun"), at=moment(2, 2)).total == 10000
    with pytest.raises(Said, match="goals_of_another"):
        other = Terms(
            project="HL-2026-OTHER", region=HELIN, frame=frame, span=SPAN, kind="self", evaluator="居委会",
            due_on=date(2026, 3, 1), goals=declaration,
        )  # fmt: skip
        open_evaluation(terms=other, by=waiting.who("sun"), at=moment(2, 1))
