"""No full marks without proof; what is proven, claimed, without evidence; the honest range."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.evaluation.formulas.randomness import dirichlet_draw, gamma_draw, normal_draw
from linli.evaluation.formulas.robustness import range_robustness
from linli.evaluation.formulas.rules import ScoringRule
from linli.evaluation.formulas.scoring import (
    Criterion,
    PlainReading,
    claimed_points,
    gap_of,
    grade_of,
    mark_of,
    score,
)

GRADES = (("优", 9000), ("良", 8000), ("中", 6000), ("差", 0))
SHARE = ScoringRule("proportion", target=F(100))
ON_TIME = Criterion("on_time", 5000, "measure", SHARE, (F(0), F(100)))
LIKED = Criterion("liked", 3000, "survey", SHARE, (F(0), F(100)))
REST = Criterion("rest", 2000, "not_stated")
PROVEN = PlainReading(F(90), "measured", 12)


def reading(**changed):
    return replace(PROVEN, **changed)


@pytest.mark.parametrize(
    ("criterion", "taken", "gap"),
    [
        (ON_TIME, None, "missing"),
        (ON_TIME, reading(value=None), "missing"),
        (ON_TIME, reading(kind="attested", evidence_count=0), "unproven"),
        (ON_TIME, reading(evidence_count=0), "unproven"),
        (ON_TIME, reading(in_period=False), "outside_period"),
        (ON_TIME, reading(value=F(101)), "impossible"),
        (ON_TIME, reading(value=F(-1)), "impossible"),
        (ON_TIME, reading(kind="surveyed"), "wrong_kind"),
        (LIKED, reading(kind="measured"), "wrong_kind"),
        (REST, reading(), "not_stated"),
        (replace(ON_TIME, evidence=("验收报告",)), reading(evidence_kinds=("照片",)), "evidence_kind"),
    ],
)
def test_without_proof_there_are_no_marks_and_the_gap_has_a_name(criterion, taken, gap):
    assert gap_of(criterion, taken) == gap
    mark = mark_of(criterion, taken)
    assert (mark.points, mark.gap, mark.low, mark.high) == (0, gap, 0, criterion.weight)


@pytest.mark.parametrize(
    "taken",
    [
        PROVEN,
        reading(kind="attested", evidence_count=1),
        reading(kind="derived"),
        reading(evidence_kinds=("照片", "验收报告")),
    ],
)
def test_with_proof_the_rule_decides(taken):
    assert gap_of(replace(ON_TIME, evidence=("照片",)), taken) == ""
    assert mark_of(ON_TIME, taken).points == 4500


def test_a_claim_of_everything_with_nothing_shown_is_entirely_without_evidence():
    claims = {
        "on_time": PlainReading(None, "attested", 0, claimed=5000),
        "liked": PlainReading(None, "attested", 0, claimed=3000),
        "rest": PlainReading(None, "attested", 0, claimed=2000),
    }
    result = score([ON_TIME, LIKED, REST], claims, GRADES)
    assert (result.proven, result.claimed, result.without_evidence) == (0, 10000, 10000)
    assert (result.low, result.high, result.grade) == (0, 10000, "差")
    assert [mark.gap for mark in result.marks] == ["missing", "missing", "not_stated"]


def test_a_value_without_files_is_claimed_but_not_proven():
    result = score([ON_TIME], {"on_time": reading(kind="attested", evidence_count=0)}, GRADES)
    assert (result.proven, result.claimed, result.without_evidence) == (0, 4500, 4500)


def test_an_impossible_value_claims_nothing():
    assert claimed_points(ON_TIME, reading(value=F(200))) == 0


def test_the_survey_margin_is_carried_into_the_range():
    liked = reading(kind="surveyed", value=F(80), margin=F(5))
    result = score([ON_TIME, LIKED], {"on_time": PROVEN, "liked": liked}, GRADES)
    assert (result.low, result.proven, result.high) == (4500 + 2250, 4500 + 2400, 4500 + 2550)


def test_what_does_not_apply_is_dropped_and_the_rest_carries_its_weight():
    taken = {"on_time": PROVEN, "liked": PlainReading(None, "not_applicable", 0)}
    result = score([ON_TIME, LIKED, REST], taken, GRADES)
    assert result.dropped == ("liked",)
    assert [mark.weight for mark in result.marks] == [7143, 2857]
    assert (result.total, result.proven) == (10000, 6429)


def test_when_nothing_applies_there_is_no_grade():
    result = score([ON_TIME], {"on_time": PlainReading(None, "not_applicable", 0)}, GRADES)
    assert (result.proven, result.high, result.total, result.grade) == (0, 0, 0, "")


@pytest.mark.parametrize(
    ("points", "grade"), [(9000, "优"), (8999, "良"), (6000, "中"), (5999, "差"), (-1, "差")]
)
def test_the_lower_bound_belongs_to_the_better_grade(points, grade):
    assert grade_of(points, GRADES) == grade


def test_a_frame_without_grades_gives_none():
    assert grade_of(100, ()) == ""


READINGS = st.builds(
    PlainReading,
    value=st.none() | st.fractions(min_value=-10, max_value=120, max_denominator=20),
    kind=st.sampled_from(("measured", "surveyed", "attested", "derived", "not_applicable")),
    evidence_count=st.integers(0, 3),
    claimed=st.none() | st.integers(0, 1000),
    margin=st.fractions(min_value=0, max_value=20, max_denominator=10),
    in_period=st.booleans(),
)
FRAMES = st.lists(
    st.tuples(
        st.integers(1, 5000), st.sampled_from(("measure", "survey", "attested", "not_stated")), READINGS
    ),
    min_size=1,
    max_size=8,
)


@given(FRAMES)
def test_the_range_holds_the_proven_points_and_gaps_get_nothing(parts):
    criteria = [
        Criterion(str(n), weight, reads, None if reads == "not_stated" else SHARE, (F(0), F(100)))
        for n, (weight, reads, _) in enumerate(parts)
    ]
    taken = {str(n): part[2] for n, part in enumerate(parts)}
    result = score(criteria, taken, GRADES)
    assert 0 <= result.low <= result.proven <= result.high <= result.total
    assert result.total in (0, sum(criterion.weight for criterion in criteria))
    for mark in result.marks:
        assert 0 <= mark.low <= mark.points <= mark.high <= mark.weight
        assert mark.points == 0 or not mark.gap
    assert result.without_evidence >= result.claimed - result.proven


def test_the_same_seed_draws_the_same_weightings_and_another_does_not():
    marks = score([ON_TIME, LIKED], {"on_time": PROVEN}, GRADES).marks
    once = range_robustness(marks, (("A", 4000), ("B", 0)), seed=7)
    again = range_robustness(marks, (("A", 4000), ("B", 0)), seed=7)
    other = range_robustness(marks, (("A", 4000), ("B", 0)), seed=8)
    assert once == again != other
    assert 0 < once.share < 1
    assert once.low < once.high


def test_a_grade_far_from_its_bounds_holds_under_every_weighting():
    marks = score([ON_TIME, replace(LIKED, weight=5000)], {"on_time": PROVEN}, GRADES).marks
    full = [replace(mark, share=F(95, 100), points=4750) for mark in marks]
    assert range_robustness(full, GRADES, seed=1, draws=200).share == 1


def test_robustness_needs_draws_and_a_weight():
    marks = score([ON_TIME], {"on_time": PROVEN}, GRADES).marks
    with pytest.raises(ValueError, match="draw"):
        range_robustness(marks, GRADES, seed=1, draws=0)
    with pytest.raises(ValueError, match="weight"):
        range_robustness((), GRADES, seed=1)
    with pytest.raises(ValueError, match="weight"):
        dirichlet_draw([0.0], lambda: 0.5)


def test_drawn_weights_average_to_the_given_ones():
    import random

    uniform = random.Random(3).random
    draws = [dirichlet_draw([50.0, 30.0, 0.5, 0.0], uniform) for _ in range(2000)]
    means = [sum(draw[n] for draw in draws) / len(draws) for n in range(4)]
    assert means[0] == pytest.approx(50 / 80.5, abs=0.01)
    assert means[2] == pytest.approx(0.5 / 80.5, abs=0.003)
    assert means[3] == 0.0
    assert all(sum(draw) == pytest.approx(1) for draw in draws)
    assert sum(gamma_draw(4.0, uniform) for _ in range(2000)) / 2000 == pytest.approx(4, abs=0.2)
    assert sum(normal_draw(uniform) for _ in range(2000)) / 2000 == pytest.approx(0, abs=0.08)


@settings(max_examples=20)
@given(st.integers(0, 10**6), FRAMES)
def test_robustness_is_a_share_whatever_the_frame(seed, parts):
    criteria = [Criterion(str(n), weight, "measure", SHARE) for n, (weight, _, _) in enumerate(parts)]
    marks = score(criteria, {str(n): part[2] for n, part in enumerate(parts)}, GRADES).marks
    if marks:
        robust = range_robustness(marks, GRADES, seed=seed, draws=20)
        assert 0 <= robust.share <= 1
        assert robust.low <= robust.high
