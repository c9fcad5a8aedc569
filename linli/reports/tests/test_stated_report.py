"""The report on the 2020 project says point by point what is proven and what is not, and invents nothing."""

from __future__ import annotations

import pytest

from linli.evaluation.models import Evaluation
from linli.reports.composing import RENDERERS, composed
from linli.reports.declared import outline_of
from linli.reports.facts import facts_of
from linli.reports.tests.conftest import AT
from linli.reports.tree import Document, Gaps, from_plain, to_plain
from linli.rulebook.publishing import edition


def report_of(evaluation: Evaluation, outline: str = "source", lang: str = "zh") -> Document:
    plan = outline_of(edition("outlines", outline, AT.date()))
    return composed(facts_of(evaluation), plan, on=AT.date(), lang=lang, number="TY-2026-TEST1")


def texts(node: object) -> str:
    """Every text of a tree, run together."""
    if isinstance(node, str):
        return node
    if isinstance(node, dict):
        return "".join(
            texts(value)
            for name, value in node.items()
            if name not in ("_", "ref", "align", "form", "number")
        )
    return "".join(texts(value) for value in node) if isinstance(node, list) else ""


@pytest.mark.django_db
def test_claimed_points_are_unproven_and_the_range_is_honest(tongyuan):
    said = texts(to_plain(report_of(tongyuan)))
    assert "自称100分" in said
    assert "“项目绩效”自称60分，证实0分，60分没有证据" in said
    assert "“合计”自称100分，证实0分，100分没有证据" in said
    assert "得分在0分至100分之间" in said
    assert "其余40分（源报告未说明评什么）" in said


@pytest.mark.django_db
def test_every_gap_of_the_report_is_listed_with_its_number(tongyuan):
    document = report_of(tongyuan)
    refs = {ref for gap in document.gaps for ref in gap.refs.split("、")}
    expected = {"S133", *(f"S{number}" for number in range(141, 160))}
    assert expected - refs == set()
    assert any(isinstance(block, Gaps) and block.gaps == document.gaps for block in document.blocks)


@pytest.mark.django_db
def test_what_the_report_does_not_state_is_printed_as_not_stated(tongyuan):
    document = report_of(tongyuan)
    said = texts(to_plain(document))
    assert said.count("报告未说明") > 10
    money = next(table for table in document.tables() if table.name == "资金")
    assert [cell.text for cell in money.rows[-1][3:]] == ["报告未说明"] * 4
    assert "没有收录这句话" not in said
    assert "{" not in said


@pytest.mark.django_db
@pytest.mark.parametrize("outline", ["source", "ministry"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_composing_fetches_once_and_rendering_never_asks_the_database(
    tongyuan, outline, lang, django_assert_num_queries
):
    facts, plan = facts_of(tongyuan), outline_of(edition("outlines", outline, AT.date()))
    with django_assert_num_queries(0):
        document = composed(facts, plan, on=AT.date(), lang=lang)
        assert from_plain(to_plain(document)) == document
        for render in RENDERERS.values():
            assert len(render(document)) > 5000
    assert "没有收录" not in texts(to_plain(document))
    assert "No wording" not in texts(to_plain(document))
