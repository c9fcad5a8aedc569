"""What the reviewer finds in papers we wrote: clean ones, poor ones, and clean ones with one fault put in."""

import re
from pathlib import Path
from typing import Any

import pytest

from linli.reports.reviewing import review_file
from linli.reports.tests.papers import CLEAN, CLEAN_FORM, POOR, rules

SOURCE = Path(__file__).parents[4] / "shared" / "input" / "tongyuan-2020-evaluation-report.txt"


def text_file(folder, text, name="report.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def word_file(folder, text, *tables):
    import docx

    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    path = folder / "report.docx"
    document.save(str(path))
    return path


def excel_file(folder, rows):
    import openpyxl

    book: Any = openpyxl.Workbook()
    book.active.title = "自评表"
    for row in rows:
        book.active.append(row)
    path = folder / "form.xlsx"
    book.save(path)
    return path


def pdf_file(folder, text):
    import pylopdf_fonts_zh_cn
    import typst

    source = folder / "report.typ"
    body = "\n\n".join(f'#"{line}"' for line in text.replace('"', "”").splitlines() if line)
    source.write_text(f"#set page(width: 16cm)\n{body}", encoding="utf-8")
    path = folder / "report.pdf"
    fonts = [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
    typst.compile(str(source), output=str(path), font_paths=fonts)
    return path


def test_a_clean_quantified_report_gives_no_finding(tmp_path):
    assert review_file(text_file(tmp_path, CLEAN)) == ()


def test_the_clean_report_gives_no_finding_as_a_word_file_with_its_table(tmp_path):
    assert review_file(word_file(tmp_path, CLEAN, CLEAN_FORM)) == ()


def test_the_clean_report_gives_no_finding_as_a_pdf(tmp_path):
    assert review_file(pdf_file(tmp_path, CLEAN)) == ()


def test_a_clean_form_gives_no_finding(tmp_path):
    assert review_file(excel_file(tmp_path, CLEAN_FORM)) == ()


POOR_RULES = {
    "leftover",
    "goal.unquantified",
    "goal.met_without_value",
    "goal.admitted_vague",
    "score.full_without_evidence",
    "score.share_unexplained",
    "score.weakness_contradicts",
    "evaluation.self_only",
    "limits.no_consequence",
    "money.as_effect",
    "money.paid_not_spent",
    "money.no_execution_rate",
    "cost_benefit.no_number",
    "survey.no_numbers",
    "advice.no_owner",
    "acceptance.not_stated",
    "audit.not_stated",
    "chapter.missing",
    "annex.missing",
}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
        lambda text: text.replace("，", ",").replace("。", ". ").replace("；", "; ").replace("：", ":"),
        lambda text: re.sub(r"(?m)^([一二三四五六七八])、", r"第\1部分 ", text),
        lambda text: re.sub(r"(?m)^（([一二三四])）", r"(\1)", text),
        lambda text: re.sub(r"(?m)^[一二三四五六七八]、", "## ", text),
        lambda text: re.sub(
            r"(?m)^（[一二三四]）", "1.1 ", re.sub(r"(?m)^[一二三四五六七八]、", "1. ", text)
        ),
    ],
    ids=["as written", "full-width digits", "English punctuation", "parts", "brackets", "marks", "decimal"],
)
def test_a_poor_report_is_seen_through_in_any_dress(tmp_path, change):
    assert rules(review_file(text_file(tmp_path, change(POOR)))) >= POOR_RULES


def test_a_poor_report_is_seen_through_in_word_and_pdf(tmp_path):
    assert rules(review_file(word_file(tmp_path, POOR))) >= POOR_RULES
    assert rules(review_file(pdf_file(tmp_path, POOR))) >= POOR_RULES


def test_every_quotation_is_short_and_stands_in_the_paper_at_its_place(tmp_path):
    lines = POOR.splitlines()
    for finding in review_file(text_file(tmp_path, POOR)):
        assert 0 < len(finding.quote) <= 60
        shown = lines[finding.place.number - 1] if finding.place.kind == "line" else POOR
        assert finding.quote in shown


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("综合得分为92.6分", "综合得分为96.6分", "score.parts_do_not_add"),
        ("效益30分，得26.5分", "效益25分，得26.5分", "score.over_weight"),
        ("决策20分，得18.5分；", "", "score.share_unexplained"),
        ("效益30分，得26.5分", "效益40分，得26.5分", "score.weights_not_100"),
        ("评价等级为“优”", "评价等级为“良”", "score.wrong_grade"),
        ("（大写：壹拾捌万元整）", "（大写：壹拾伍万元整）", "money.capital_disagrees"),
        ("四、成本效益分析。", "四、成本效益分析。项目总投入20万元。", "money.disagrees"),
        ("实际支出175320元", "实际支出195320元", "money.spent_over_income"),
        ("预算执行率97.4%", "预算执行率107.4%", "value.impossible"),
        ("满意度88.6%", "满意度188.6%", "value.impossible"),
        ("居民满意度不低于90%", "居民满意度≤90%", "goal.wrong_sign"),
        ("居民诉求解决率83.2%，", "居民投诉件数≥30件，", "goal.wrong_sign"),
        ("按时办结率96.1%。", "按时办结率96.1%。群众得到实惠，成效显著。", "effect.unmeasured"),
        ("发放问卷320份，回收有效问卷297份，访谈居民代表、窗口人员和商户16人", "", "chapter.empty"),
        (
            "满意度误差为正负4.7个百分点；有2件档案与系统记录不一致，因此这2件未计入按时办结，相应指标扣0.4分",
            "资料不全",
            "limits.no_consequence",
        ),
        (
            "附件3：访谈分析报告\n访谈16人，提到次数最多的是“周末能办事”（11人）和“自助机字小”（7人）。\n",
            "",
            "annex.missing",
        ),
        ("\n办件3284件", "\n办件____件", "leftover"),
        ("大厅面积126平方米；办件", "大厅面积XX平方米；办件", ""),
    ],
)
def test_one_fault_put_into_the_clean_report_is_found(tmp_path, old, new, rule):
    if rule == "chapter.empty":
        text = re.sub(r"2\.社会调查。.*\n", "2.社会调查。\n", CLEAN)
    elif rule == "leftover":
        text = CLEAN.replace("办件3284件；支出", "办件____件；支出")
    else:
        text = CLEAN.replace(old, new)
    assert text != CLEAN
    found = rules(review_file(text_file(tmp_path, text)))
    assert found == set() if not rule else rule in found


def test_a_list_of_annexes_is_not_the_annexes(tmp_path):
    body = CLEAN[: CLEAN.index("附件1")]
    listed = "报告后附以下佐证材料\n1.绩效评价指标体系；\n2.基础数据表；\n3.访谈分析报告；\n4.问卷分析报告；\n5.①相关规划；②立项申请、批复；③绩效目标申报表；④竣工验收报告、审计报告。\n"
    findings = [f for f in review_file(text_file(tmp_path, body + listed)) if f.rule.startswith("annex")]
    assert {f.rule for f in findings} == {"annex.listed_but_absent"}
    assert len(findings) == 9


def changed(row, column, value):
    rows = [list(cells) for cells in CLEAN_FORM]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("row", "column", "value", "rule"),
    [
        (4, 5, "25", "score.weights_not_100"),
        (11, 6, "100", "score.parts_do_not_add"),
        (5, 6, "16", "score.over_weight"),
        (4, 6, "15", "score.full_though_unmet"),
        (6, 4, "", "score.full_without_evidence"),
        (6, 4, "较好完成", "score.full_without_value"),
        (6, 3, "不断提高", "goal.unquantified"),
        (4, 3, "180000元", "money.as_output"),
        (10, 3, "≤90%", "goal.wrong_sign"),
        (7, 3, "≥845元", "goal.wrong_sign"),
        (10, 4, "108%", "value.impossible"),
        (2, 5, "99.4%", "execution.wrong_rate"),
        (2, 6, "10", "execution.wrong_points"),
        (3, 4, "备注", "table.column_missing"),
        (8, 7, "#REF!", "leftover"),
    ],
)
def test_one_fault_put_into_the_form_is_found_with_row_and_column(tmp_path, row, column, value, rule):
    findings = review_file(excel_file(tmp_path, changed(row, column, value)))
    assert rule in rules(findings)
    place = next(finding.place for finding in findings if finding.rule == rule)
    assert place.kind == "cell"
    assert place.sheet == "自评表"
    assert place.row in (row + 1, len(CLEAN_FORM))


def test_copied_values_and_one_row_that_carries_too_much_are_found(tmp_path):
    rows = [list(cells) for cells in CLEAN_FORM]
    for cells in rows[4:11]:
        cells[3] = cells[4] = "88"
    rows[4][5], rows[5][5] = "36", "-6"
    assert rules(review_file(excel_file(tmp_path, rows))) >= {"table.copied", "goal.too_heavy"}


def test_spending_lines_that_do_not_add_up_are_found_in_a_word_table(tmp_path):
    rows = (
        ("用途", "凭证号", "金额（元）"),
        ("改造", "4-17", "98600"),
        ("设备", "5-09", "61220"),
        ("合计", "", "175320"),
    )
    findings = review_file(word_file(tmp_path, CLEAN, rows))
    assert rules(findings) == {"money.lines_do_not_add"}


def test_a_table_drawn_with_bars_in_a_text_file_is_read_as_a_table(tmp_path):
    drawn = "\n".join("|".join(cells) for cells in changed(4, 5, "25"))
    assert "score.weights_not_100" in rules(review_file(text_file(tmp_path, drawn)))


@pytest.mark.skipif(not SOURCE.exists(), reason="the source report lies outside the repository")
def test_the_source_report_gives_what_its_own_weak_points_ask_for():
    findings = review_file(SOURCE)
    assert rules(findings) >= POOR_RULES - {"chapter.missing", "annex.missing"} | {
        "annex.listed_but_absent",
        "chapter.empty",
        "money.slow_admitted",
    }
    assert sum(f.rule == "annex.listed_but_absent" for f in findings) == 9
    whole = SOURCE.read_text(encoding="utf-8")
    assert all(finding.quote in whole for finding in findings)
