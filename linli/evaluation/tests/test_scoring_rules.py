"""Tables of examples and generated values for the closed list of scoring rules."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.evaluation.formulas.rounding import apportion, half_up
from linli.evaluation.formulas.rules import (
    SCORING_RULES,
    ScoringRule,
    banded,
    change_against_baseline,
    checklist,
    compares,
    deduction,
    extremes,
    likert,
    pass_or_fail,
    proportion_of_target,
    qualitative_tier,
    reverse_proportion,
    rule_fault,
    share_of_marks,
    tier_of,
)

VALUES = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
RULES = {
    "proportion": ScoringRule("proportion", target=F(90), pass_line=F(6, 10)),
    "overshoot": ScoringRule("proportion", target=F(90), overshoot=F(3, 2)),
    "reverse": ScoringRule("reverse", target=F(5), pass_line=F(1, 2)),
    "pass_fail": ScoringRule("pass_fail", operator=">=", target=F(3)),
    "between": ScoringRule("pass_fail", operator="between", target=F(3), upper=F(5)),
    "equal": ScoringRule("pass_fail", operator="=", target=F(4)),
    "bands": ScoringRule("bands", bands=((F(95), F(1)), (F(85), F(4, 5)), (F(60), F(1, 2)))),
    "falling": ScoringRule("bands", bands=((F(5), F(1)), (F(10), F(1, 2))), falling=True),
    "tiers": ScoringRule("tiers"),
    "checklist": ScoringRule("checklist", elements=5),
    "deduction": ScoringRule("deduction", each=F(1, 5), floor=F(1, 10)),
    "change": ScoringRule("change", baseline=F(40), target=F(60)),
    "likert": ScoringRule("likert", target=F(9, 2)),
}
RISING = ("proportion", "pass_fail", "bands", "tiers", "checklist", "change", "likert")
SINKING = ("reverse", "falling", "deduction")


@pytest.mark.parametrize(
    ("value", "share"),
    [(95, 1), (90, 1), (45, F(1, 2)), (0, 0), (-3, 0)],
)
def test_proportion_is_actual_over_target_and_never_more_than_everything(value, share):
    assert proportion_of_target(F(value), F(90)) == share


def test_below_the_pass_line_nothing_is_given_and_on_it_the_proportion():
    assert proportion_of_target(F(53), F(90), pass_line=F(6, 10)) == 0
    assert proportion_of_target(F(54), F(90), pass_line=F(6, 10)) == F(6, 10)


def test_far_above_a_target_set_too_low_the_share_falls_again():
    assert proportion_of_target(F(30), F(20), overshoot=F(3, 2)) == 1
    assert proportion_of_target(F(60), F(20), overshoot=F(3, 2)) == F(1, 2)


@pytest.mark.parametrize(("value", "share"), [(0, 1), (5, 1), (10, F(1, 2)), (11, 0)])
def test_reverse_proportion_is_target_over_actual(value, share):
    assert reverse_proportion(F(value), F(5), pass_line=F(1, 2)) == share


def test_a_target_of_nothing_is_met_only_by_nothing():
    assert reverse_proportion(F(0), F(0)) == 1
    assert reverse_proportion(F(1), F(0)) == 0


@pytest.mark.parametrize(
    ("value", "operator", "upper", "holds"),
    [
        (3, ">=", None, True),
        (3, ">", None, False),
        (3, "<=", None, True),
        (3, "<", None, False),
        (3, "=", None, True),
        (4, "between", 4, True),
        (5, "between", 4, False),
        (2, "between", 4, False),
    ],
)
def test_more_than_and_at_least_are_different_words(value, operator, upper, holds):
    assert compares(F(value), operator, F(3), None if upper is None else F(upper)) is holds
    assert pass_or_fail(F(value), operator, F(3), None if upper is None else F(upper)) == (1 if holds else 0)


def test_an_unknown_operator_is_a_fault():
    with pytest.raises(ValueError, match="unknown operator"):
        compares(F(1), "~", F(1))


@pytest.mark.parametrize(("value", "share"), [(95, 1), (94, F(4, 5)), (85, F(4, 5)), (60, F(1, 2)), (59, 0)])
def test_a_band_includes_its_bound(value, share):
    assert banded(F(value), RULES["bands"].bands) == share


@pytest.mark.parametrize(("value", "share"), [(4, 1), (5, 1), (6, F(1, 2)), (10, F(1, 2)), (11, 0)])
def test_falling_bands_reward_less(value, share):
    assert banded(F(value), RULES["falling"].bands, falling=True) == share


@pytest.mark.parametrize(
    ("judged", "tier", "share"),
    [(100, 0, 1), (80, 0, F(4, 5)), (79, 1, F(79, 100)), (60, 1, F(3, 5)), (59, 2, F(59, 100)), (0, 2, 0)],
)
def test_a_judgement_lies_in_one_of_three_tiers(judged, tier, share):
    assert tier_of(F(judged)) == tier
    assert qualitative_tier(F(judged)) == share


def test_a_judgement_below_every_tier_lies_in_the_last():
    assert tier_of(F(-1)) == 2


def test_checklist_deduction_change_and_likert_by_example():
    assert checklist(F(4), 5) == F(4, 5)
    assert checklist(F(6), 5) == 1
    assert deduction(F(2), F(1, 5)) == F(3, 5)
    assert deduction(F(9), F(1, 5), F(1, 10)) == F(1, 10)
    assert change_against_baseline(F(50), F(40), F(60)) == F(1, 2)
    assert change_against_baseline(F(30), F(40), F(20)) == F(1, 2)
    assert change_against_baseline(F(39), F(40), F(60)) == 0
    assert likert(F(3), F(1), F(5)) == F(1, 2)
    assert likert(F(9, 2), F(1), F(5), F(9, 2)) == 1


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (ScoringRule("guess"), "unknown_rule"),
        (ScoringRule("tiers", operator="~"), "unknown_operator"),
        (ScoringRule("proportion"), "no_target"),
        (ScoringRule("proportion", target=F(0)), "target_not_positive"),
        (ScoringRule("reverse", target=F(-1)), "target_negative"),
        (ScoringRule("pass_fail", operator="between", target=F(1)), "no_upper"),
        (ScoringRule("change", target=F(1)), "no_baseline"),
        (ScoringRule("change", target=F(1), baseline=F(1)), "baseline_is_target"),
        (ScoringRule("bands"), "no_bands"),
        (ScoringRule("checklist"), "no_elements"),
        (ScoringRule("deduction"), "no_deduction"),
        (ScoringRule("likert", target=F(1)), "empty_scale"),
        *[(rule, "") for rule in RULES.values()],
    ],
)
def test_a_rule_that_cannot_be_applied_says_why(rule, fault):
    assert rule_fault(rule) == fault


@pytest.mark.parametrize("rule", [ScoringRule("proportion"), ScoringRule("change", target=F(1))])
def test_a_rule_without_its_numbers_refuses_to_score(rule):
    with pytest.raises(ValueError, match="needs a"):
        share_of_marks(rule, F(1))


def test_the_list_of_rules_is_closed_and_every_rule_is_in_the_examples():
    assert {rule.kind for rule in RULES.values()} == set(SCORING_RULES)


@given(st.sampled_from(sorted(RULES)), VALUES)
def test_a_share_is_never_less_than_nothing_nor_more_than_everything(name, value):
    assert 0 <= share_of_marks(RULES[name], value) <= 1


@given(st.sampled_from(RISING), VALUES, VALUES)
def test_a_better_value_never_gets_less_under_a_rising_rule(name, one, other):
    low, high = sorted((one, other))
    assert share_of_marks(RULES[name], low) <= share_of_marks(RULES[name], high)


@given(st.sampled_from(SINKING), VALUES, VALUES)
def test_a_smaller_value_never_gets_less_under_a_falling_rule(name, one, other):
    low, high = sorted((one, other))
    assert share_of_marks(RULES[name], low) >= share_of_marks(RULES[name], high)


@given(
    st.sampled_from(sorted(RULES)),
    VALUES,
    st.fractions(min_value=0, max_value=50, max_denominator=20),
    st.fractions(min_value=-1, max_value=1, max_denominator=50),
)
def test_every_value_within_the_margin_lies_between_the_extremes(name, value, margin, turn):
    low, high = extremes(RULES[name], value, margin)
    assert low <= share_of_marks(RULES[name], value + margin * turn) <= high


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**4))
def test_rounding_goes_to_the_nearest_and_half_goes_up(amount):
    rounded = half_up(amount)
    assert -F(1, 2) <= amount - rounded < F(1, 2)


def test_half_a_hundredth_goes_up():
    assert [half_up(F(1, 2)), half_up(F(5, 2)), half_up(F(49, 100))] == [1, 3, 0]


@given(st.integers(0, 10**5), st.lists(st.integers(0, 10**4), min_size=1, max_size=12))
def test_apportioned_parts_add_up_exactly_and_stay_within_one_of_their_due(total, weights):
    parts = apportion(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    assert all(
        abs(part * whole - total * weight) < whole or not whole
        for part, weight in zip(parts, weights, strict=True)
    )
