"""The report on a project of ours: figures open their readings, money adds up, papers are issued once by hash."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from linli.evaluation.models import Reading
from linli.ground.said import Said
from linli.people.actors import VISITOR
from linli.records.keeping import open_file
from linli.reports.annexes import annex_pack
from linli.reports.composing import compose, issue, release, tree_of
from linli.reports.models import Report
from linli.reports.tests.conftest import LATER
from linli.reports.tests.test_stated_report import texts
from linli.reports.tree import to_plain
from linli.reports.webtree import page_of
from linli.rulebook.publishing import edition
from linli.trail.models import LedgerEntry


@pytest.fixture
def report(own, people) -> Report:
    outline = edition("outlines", "source", LATER.date())
    return compose(evaluation=own, outline=outline, by=people.actor("qu"), at=LATER)


def test_every_figure_opens_its_reading_or_account(own, report):
    tree = tree_of(report)
    keys = [known.ref.split(":")[1] for known in tree.references if known.ref.startswith("reading:")]
    assert len(keys) > 1
    assert Reading.objects.filter(key__in=keys).count() == len(keys)
    digests = {known.digest for known in tree.references if known.ref.startswith("reading:")}
    assert digests <= set(Reading.objects.values_list("evidence_digest", flat=True))
    assert {"score:proven", "money:spent"} <= {known.ref for known in tree.references}


def test_money_adds_up_and_missing_vouchers_are_a_gap(report):
    said = texts(to_plain(tree_of(report)))
    assert "三个等式成立" in said
    assert "支出20,500.50元" in said
    assert "2笔支出中有2笔没有附凭证" in said
    assert "报告未说明" not in said


def test_findings_are_printed_and_advice_names_its_problem(report):
    said = texts(to_plain(tree_of(report)))
    assert "居民代表参加验收。" in said
    assert "按季安排支出。（对应问题1）" in said


def test_the_paper_is_issued_by_hash_and_stands_in_the_ledger(report, people):
    by = people.actor("qu")
    paper = issue(report=report, by=by, at=LATER)
    again = issue(report=report, by=by, at=LATER)
    assert paper.sha256 == again.sha256
    content = open_file(document=paper.document, by=by, at=LATER)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    kinds = list(
        LedgerEntry.objects.filter(kind__startswith="reports.")
        .order_by("sequence")
        .values_list("kind", flat=True)
    )
    assert kinds == ["reports.report", "reports.paper", "reports.paper"]


def test_a_report_is_seen_by_its_place_and_after_release_by_everyone(report, people):
    on = LATER.date()
    assert Report.objects.visible_to(people.actor("qu"), on).exists()
    assert not Report.objects.visible_to(people.actor("wangdong"), on).exists()
    assert not Report.objects.visible_to(VISITOR, on).exists()
    with pytest.raises(Said):
        release(report=report, publication="publication:1", by=people.actor("wangli"), at=LATER)
    release(report=report, publication="publication:1", by=people.actor("qu"), at=LATER)
    assert Report.objects.visible_to(VISITOR, on).get() == report


def test_nobody_without_the_right_composes_or_issues(own, report, people):
    for act in (
        lambda: compose(evaluation=own, outline=report.outline, by=people.actor("limin"), at=LATER),
        lambda: issue(report=report, by=people.actor("wangdong"), at=LATER),
    ):
        with pytest.raises(Said):
            act()


def test_the_workbook_holds_numbers_as_numbers_in_yuan(report, people):
    paper = issue(report=report, by=people.actor("qu"), at=LATER, form="xlsx")
    book = load_workbook(io.BytesIO(open_file(document=paper.document, by=people.actor("qu"), at=LATER)))
    entries = book["基础数据-支出"]
    amounts = [row[3].value for row in entries.iter_rows(min_row=5, max_row=6)]
    assert amounts == [8000, 12500.5]
    assert entries["D5"].number_format == "#,##0.00"
    assert {"自称与证实", "资金", "指标得分", "指标体系", "缺口清单", "数字对照"} <= set(book.sheetnames)


def test_the_annex_pack_names_what_is_there_and_what_is_missing(report):
    tree = tree_of(report)
    states = {annex.title: annex.state for annex in tree.annexes}
    assert states["绩效评价指标体系"] == states["基础数据表"] == "made"
    assert states["访谈分析报告"] == "missing"
    content = annex_pack(tree, {}, {"report.docx": b"x"})
    index = zipfile.ZipFile(io.BytesIO(content)).read("index.csv").decode("utf-8-sig").splitlines()
    assert any(line.startswith("3,访谈分析报告,missing") for line in index)
    assert content == annex_pack(tree, {}, {"report.docx": b"x"})


def test_the_page_has_contents_anchors_and_charts_from_the_same_tree(report, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = page_of(tree_of(report))
    anchors = [part.anchor for part in page.parts if part.kind == "heading"]
    assert len(set(anchors)) == len(anchors) > 20
    assert any(part.kind == "chart" and "<svg" in part.chart.svg for part in page.parts)
    figures = [piece for part in page.parts for piece in part.pieces if piece.ref]
    assert any(piece.ref == "score:proven" and piece.number for piece in figures)
