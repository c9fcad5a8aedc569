"""From a goal that can be measured to a report that proves itself on any computer.

The community declares its goals: "improve governance capacity" is refused, a number with a unit is accepted. In
March it evaluates itself from the records of the winter. One figure is opened down to the cases behind it. The report
goes out as Word and PDF; the proof bundle is checked by a bare Python, and again after one byte of it was changed.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.somebody import Somebody
from tests.journeys.winter import NAME

pytestmark = pytest.mark.journey

VAGUE = "提升治理能力"


def test_a_report_proves_itself_and_a_changed_byte_is_found(site, comes, tmp_path):
    site.goes_on("winter", "cases")
    site.day_comes(date(2026, 1, 21))
    sun = comes("sun").signs_in()
    project = declares_goals(sun)
    approves_goals(comes("qu").signs_in(), project)

    site.goes_on("winter", "spending")
    site.day_comes(date(2026, 3, 2))
    evaluation = evaluates(sun, project)
    opens_a_figure_down_to_its_rows(sun, evaluation)
    hands_in(sun, evaluation)
    bundle = downloads_everything(sun, evaluation, tmp_path)

    assert verify(bundle).returncode == 0
    changes_one_byte(bundle)
    found = verify(bundle)
    assert found.returncode != 0
    assert found.stdout.strip() or found.stderr.strip(), "the check says what is wrong"
    assert site.ledger_is_whole()


def declares_goals(sun: Somebody) -> str:
    sun.opens("/desk/projects/").presses(NAME).presses("提交绩效目标")
    project = sun.path.replace("/goals/declaration/", "/")
    goal(sun, 2).get_by_label("目标（写清做什么）").fill(VAGUE)
    goal(sun, 2).get_by_label("目标值").fill("")
    sun.presses("提交绩效目标").sees("处要改，改了再提交").shows("vague")
    quoted = sun.page.locator("#found q", has_text=VAGUE)
    assert quoted.count() >= 1, "the linter quotes the words it refuses"

    goal(sun, 2).get_by_label("目标（写清做什么）").fill("全年12场夜读活动的实际完成率")
    goal(sun, 2).get_by_label("目标值").fill("100")
    goal(sun, 9).get_by_label("满意度调查方案").fill("2026年12月入户抽样120户，街道组织，匿名问卷")
    sun.presses("提交绩效目标").sees("绩效目标已申报。", "等批复").shows("declared")
    return project


def goal(who: Somebody, number: int):
    return who.page.get_by_role("group", name=f"目标 {number}", exact=True)


def approves_goals(qu: Somebody, project: str) -> None:
    qu.opens(project).presses("批复绩效目标").sees("全年12场夜读活动的实际完成率").shows("approving")
    qu.presses("批复绩效目标").opens(project + "goals/").sees("已批复")


def evaluates(sun: Somebody, project: str) -> str:
    """Opens a self-evaluation by the approved goals, takes the figures from the records, scores."""
    sun.opens(project).presses("开始评价").chooses("哪一种评价", "单位自评")
    sun.writes("评价期首日", "2026-01-01").writes("评价期末日", "2026-02-28").writes("交卷截止", "2026-03-02")
    sun.ticks("按批复的绩效目标评").presses("开始").sees("评价已开始").shows("opened")
    evaluation = sun.path
    sun.presses("从记录取数").sees("每个数后面的记录都存下来了")
    sun.presses("评分").sees("已评分：没有依据的，一分不给。", "有据得分", "没有依据的分", "合理区间")
    return evaluation if sun.shows("scored") else ""


def opens_a_figure_down_to_its_rows(sun: Somebody, evaluation: str) -> None:
    """Timeliness rests on three cases; each row leads to its case."""
    row = sun.opens(evaluation).page.locator("table.tree tr", has_text="时效")
    with sun.page.expect_navigation():
        row.get_by_role("link", name="3 条依据").click()
    sun.sees("这个数后面的记录", "计入 3 条，全部 3 条", "账本位置").shows("reading")
    with sun.page.expect_navigation():
        sun.page.locator("section.rowsbehind table a").first.click()
    sun.sees("临时救助", "已办结")


def hands_in(sun: Somebody, evaluation: str) -> None:
    sun.opens(evaluation).presses("交卷").sees("交卷以后什么都不能再改").presses("交卷").sees(
        "评价已交，分数封定。"
    )


def downloads_everything(sun: Somebody, evaluation: str, folder: Path) -> Path:
    """Word and PDF of the report, then the proof bundle; returns the unpacked bundle."""
    sun.opens(evaluation).presses("生成报告").presses("生成").sees("报告已生成。").shows("report")
    report = sun.path
    word, pdf = sun.downloads("Word", folder), sun.opens(report).downloads("PDF", folder)
    assert word.read_bytes()[:2] == b"PK" and "word/document.xml" in zipfile.ZipFile(word).namelist()
    assert pdf.read_bytes()[:5] == b"%PDF-"
    packed = sun.opens(report).presses("核验包").shows("bundle").downloads("下载核验包", folder)
    unpacked = folder / "bundle"
    zipfile.ZipFile(packed).extractall(unpacked)
    return next(unpacked.rglob("verify.py")).parent


def verify(bundle: Path) -> subprocess.CompletedProcess[str]:
    """The check that travels with the bundle, run as a stranger would: no package, no site, no network."""
    command = [sys.executable, "-I", "-S", "verify.py"]
    return subprocess.run(command, cwd=bundle, capture_output=True, text=True, timeout=120, check=False)


def changes_one_byte(bundle: Path) -> None:
    """One figure in one row behind the readings, from one digit to another."""
    target = max(
        (one for one in bundle.rglob("*") if one.is_file() and one.name != "verify.py" and one.suffix in (".json", ".csv", ".jsonl")),
        key=lambda one: one.stat().st_size,
    )  # fmt: skip
    content = bytearray(target.read_bytes())
    at = next(place for place, byte in enumerate(content) if chr(byte).isdigit())
    content[at] = ord("1") if content[at] != ord("1") else ord("2")
    target.write_bytes(content)
