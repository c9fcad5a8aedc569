"""``linli review FILE``: findings on a self-evaluation report or table that others wrote."""

from __future__ import annotations

import argparse
from pathlib import Path

from linli.command.answer import Answer
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.reports.reviewing import review_file

HELP = """审阅别人写的绩效自评报告或自评表（.txt .docx .xlsx 和带文字的 .pdf），逐条列出问题、位置和原文。
有问题退出码为 1，没有问题为 0，读不了为 2。
Review somebody's self-evaluation report or table: findings with place and quotation; exit 1 with findings, 0 without."""
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE."""
    parser.add_argument("file", metavar="FILE", help="报告或自评表 / report or table: .txt .docx .xlsx .pdf")


def run(options: argparse.Namespace) -> Answer:
    """Review the file. Raises ``Said`` when it cannot be read."""
    lang = options.lang
    findings = [
        {
            "rule": remark.rule,
            "severity": remark.severity,
            "place": say(remark.place.saying(), lang),
            "quote": remark.quote,
            "message": say(remark.message(), lang),
        }
        for remark in review_file(Path(options.file))
    ]
    return Answer(findings, tuple(_lines(findings, lang)), 1 if findings else 0)


def _lines(findings: list[dict[str, str]], lang: str) -> list[str]:
    if not findings:
        return [say(Saying("review.clean"), lang)]
    lines = []
    for at, finding in enumerate(findings, 1):
        severity = say(Saying(f"review.severity.{finding['severity']}"), lang)
        lines.append(f"{at}. [{severity}] {finding['message']}  ({finding['rule']})")
        lines.append(f"   {finding['place']}：“{finding['quote']}”")
    return [*lines, say(Saying("review.count", {"count": len(findings)}), lang)]
