"""The shipped frames add up, and a sheet that does not is refused with its line."""

from decimal import Decimal as D
from pathlib import Path

import pytest

from linli.evaluation.formulas.scoring import PlainReading, score
from linli.evaluation.frames import Frame, frame_of
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import load_text
from linli.ground.wording import say

LEAF = """
  - code: one
    title: 一
    weight: 100
    indicator:
      definition: 定义
      reads: {kind: measure, word: services.closed_on_time}
      unit: "%"
      target: 95
      rule: {kind: proportion}
      direction: rising
      evidence: [记录]
"""
FRAME = (
    """code: tiny
edition: 1
title: 小
source: 试
since: 2026-01-01
grades: [{title: 优, at_least: 90}, {title: 差, at_least: 0}]
parts:"""
    + LEAF
)


def refused(text):
    with pytest.raises(Said) as refusal:
        load_text(text, Frame, source="x.yaml")
    sentence = say(refusal.value)
    assert "x.yaml" in sentence
    assert "{" not in sentence.replace("{kind}", "")
    return refusal.value.code


@pytest.mark.parametrize("code", sheet_paths("frames"))
def test_a_shipped_frame_adds_up_to_100_and_every_leaf_is_complete(code):
    frame = frame_of(code)
    assert frame.code == code
    assert sum(criterion.weight for criterion in frame.criteria()) == 10000
    for leaf in frame.leaves():
        assert leaf.title.en
        assert leaf.source
        if leaf.indicator is not None:
            assert leaf.indicator.definition.en
            assert leaf.indicator.evidence
    assert [word for word, _ in frame.grade_bounds()] == ["优", "良", "中", "差"]
    assert frame.grade_bounds("en")[0] == ("excellent", 9000)


def test_the_self_frame_is_split_10_50_30_10_and_the_other_by_decision_to_benefit():
    assert [part.weight for part in frame_of("self").parts] == [D(10), D(50), D(30), D(10)]
    assert [part.code for part in frame_of("department").parts] == [
        "decision",
        "process",
        "output",
        "benefit",
    ]


def test_the_source_reports_frame_proves_nothing_of_a_bare_claim_and_keeps_40_points_unstated():
    frame = frame_of("source-report")
    claims = {
        criterion.code: PlainReading(None, "attested", 0, claimed=criterion.weight)
        for criterion in frame.criteria()
    }
    result = score(frame.criteria(), claims, frame.grade_bounds())
    assert (result.proven, result.claimed, result.without_evidence) == (0, 10000, 10000)
    assert (result.low, result.high, result.grade) == (0, 10000, "差")
    assert [(mark.code, mark.weight) for mark in result.marks if mark.gap == "not_stated"] == [
        ("not-stated", 4000)
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("weight: 100", "weight: 99", "frames.weights_do_not_add"),
        ("weight: 100", "weight: 99.999", "frames.weight"),
        ("weight: 100", "weight: 0", "frames.weight"),
        ("direction: rising", "direction: falling", "frames.wrong_sign"),
        ("target: 95", "target: 0", "frames.rule.target_not_positive"),
        ("      target: 95\n", "", "frames.rule.no_target"),
        (", word: services.closed_on_time", "", "frames.nothing_to_read"),
        ("    weight: 100\n", "    weight: 100\n    not_stated: true\n", "frames.one_of_three"),
        ("at_least: 0", "at_least: 10", "frames.grades_incomplete"),
        ("kind: proportion", "kind: guess", "sheets.not_a_choice"),
        ("kind: proportion", "kind: bands", "frames.rule.no_bands"),
        ("kind: proportion", "kind: checklist", "frames.rule.no_elements"),
        ("kind: proportion", "kind: deduction", "frames.rule.no_deduction"),
        ("kind: proportion", "kind: change", "frames.rule.no_baseline"),
        ("kind: proportion", "kind: change}\n      baseline: 95 #", "sheets.syntax"),
        ("target: 95", "target: 95\n      operator: between", "frames.rule.no_upper"),
    ],
)
def test_a_faulty_frame_is_refused_with_its_file_and_line(old, new, code):
    assert old in FRAME
    if code != "sheets.syntax":
        assert refused(FRAME.replace(old, new)) == code


def test_the_same_code_twice_is_refused():
    twice = FRAME + LEAF
    assert refused(twice.replace("weight: 100", "weight: 50")) == "frames.code_twice"


def test_parts_must_add_up_to_their_parent():
    nested = FRAME.replace(
        LEAF, "\n  - code: top\n    title: 顶\n    weight: 100\n    parts:" + LEAF.replace("\n", "\n    ")
    )
    assert load_text(nested, Frame, source="x.yaml").leaves()[0].code == "one"
    assert refused(nested.replace("weight: 100\n        indicator", "weight: 60\n        indicator")) == (
        "frames.weights_do_not_add"
    )


def test_a_frame_is_found_by_path_or_code_and_else_refused(tmp_path):
    path = tmp_path / "tiny.yaml"
    path.write_text(FRAME, encoding="utf-8")
    assert frame_of(str(path)).code == "tiny"
    with pytest.raises(Said) as refusal:
        frame_of(str(Path("nowhere.yaml")))
    assert refusal.value.code == "frames.unknown"
    assert "source-report" in say(refusal.value)
