"""The goal linter refuses what cannot be measured and accepts what can."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from linli.evaluation.frames import Possible
from linli.evaluation.linting import (
    DeclaredGoal,
    contradicts,
    direction_of,
    goals_sheet,
    library,
    lint,
    proposal_for,
)
from linli.ground.wording import say

YEAR: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
GOOD = (
    DeclaredGoal(
        "a",
        "服务事项按时办结率",
        "output",
        D(30),
        D(95),
        "%",
        evidence_source="办件流转记录",
        last_actual=D(93),
    ),
    DeclaredGoal("b", "文化活动场次", "output", D(20), D(24), "场", evidence_source="活动签到"),
    DeclaredGoal("c", "居民诉求解决率", "benefit", D(30), D(85), "%", evidence_source="回访记录"),
    DeclaredGoal(
        "d",
        "居民满意度",
        "satisfaction",
        D(20),
        D(90),
        "%",
        evidence_source="问卷分析",
        survey_plan="11月入户问卷300份",
    ),
)


def found(*goals, **period):
    return {finding.rule for finding in lint(goals, **(YEAR | period))}


def with_first(**changes):
    return (replace(GOOD[0], **changes), *GOOD[1:])


def test_quantified_goals_with_sources_and_a_survey_plan_pass():
    assert lint(GOOD, **YEAR) == ()


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"text": "健全社区管理体制", "value": None, "unit": ""}, {"vague_verb", "no_number"}),
        ({"text": "办好实事", "value": None}, {"no_number"}),
        ({"unit": " "}, {"no_unit"}),
        ({"value": D(92)}, {"below_last_year"}),
        (
            {"text": "投诉件数", "unit": "件", "value": D(20), "operator": "<=", "last_actual": D(12)},
            {"below_last_year"},
        ),
        ({"unit": "万元", "last_actual": None, "text": "建设资金"}, {"money_as_output"}),
        ({"operator": "<="}, {"wrong_sign"}),
        ({"direction": "falling", "last_actual": None}, {"wrong_sign"}),
        ({"weight": D(29)}, {"weights_not_100"}),
        ({"weight": D(40)}, {"too_heavy", "weights_not_100"}),
        ({"evidence_source": ""}, {"no_evidence_source"}),
        ({"kind": "satisfaction", "survey_plan": " "}, {"no_survey_plan"}),
        ({"value": D(120)}, {"impossible"}),
        (
            {
                "text": "得分",
                "unit": "分",
                "value": D(6),
                "possible": Possible(D(1), D(5)),
                "last_actual": None,
            },
            {"impossible"},
        ),
        ({"last": date(2027, 1, 31)}, {"outside_period"}),
        ({"first": date(2025, 12, 31)}, {"outside_period"}),
        ({"first": date(2026, 6, 1), "last": date(2026, 5, 1)}, {"outside_period"}),
        ({"value": None, "judged": True, "unit": ""}, set()),
    ],
)
def test_each_fault_is_named_by_its_rule(changes, rules):
    assert found(*with_first(**changes)) == rules


def test_the_same_target_everywhere_looks_copied():
    goals = [replace(goal, value=D(88), unit="%", last_actual=None) for goal in GOOD]
    assert found(*goals) == {"all_equal"}


def test_no_goals_at_all_is_a_finding():
    assert found() == {"none_declared"}


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("健全社区管理体制", "three-bodies"),
        ("完善社区服务体系", "closed-on-time"),
        ("推进社区民主自治", "assemblies"),
        ("稳定社区社会秩序", "responded-on-time"),
        ("丰富社区文化生活", "activities"),
        ("提升群众满意程度", "satisfaction"),
    ],
)
def test_a_general_goal_gets_a_quantified_proposal_and_its_words_are_quoted(words, proposed):
    goal = DeclaredGoal("x", f"进一步做好工作，{words}", "benefit", D(100))
    finding = next(f for f in lint([goal], **YEAR) if f.rule == "vague_verb")
    assert finding.quote == words
    assert finding.proposal is not None
    assert finding.proposal.code == proposed
    assert "没有写到什么程度" in say(finding.message())
    assert any(sign in finding.proposal.wording() for sign in (">=", "<="))


def test_nothing_is_proposed_where_no_word_fits_except_for_satisfaction():
    assert proposal_for(replace(GOOD[0], text="甲"), library()) is None
    proposed = proposal_for(replace(GOOD[3], text="甲"), library())
    assert proposed is not None and proposed.kind == "satisfaction"
    assert proposal_for(GOOD[0], ()) is None


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("投诉件数", "falling"),
        ("投诉办结率", "rising"),
        ("投诉处理满意情况", "rising"),
        ("成本节约额", ""),
        ("居民满意度", "rising"),
        ("活动场次", ""),
        ("办结件数", ""),
    ],
)
def test_words_tell_whether_more_or_less_is_better(name, direction):
    assert direction_of(name, goals_sheet()) == direction
    assert contradicts(name, "<=", goals_sheet()) is (direction == "rising")
    assert contradicts(name, ">", goals_sheet()) is (direction == "falling")


def test_every_library_indicator_would_pass_the_linter_itself():
    for indicator in library():
        goal = DeclaredGoal(
            indicator.code,
            indicator.title.zh,
            indicator.kind,
            D(100),
            indicator.target,
            indicator.unit,
            indicator.operator,
            possible=indicator.possible,
            evidence_source=indicator.evidence[0],
            survey_plan="问卷" if indicator.kind == "satisfaction" else "",
        )
        assert found(goal) - {"too_heavy"} == set(), indicator.code
    assert len({indicator.code for indicator in library()}) == len(library()) >= 30
