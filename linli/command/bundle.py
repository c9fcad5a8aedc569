"""``linli bundle PROJECT --year Y --out FILE.zip``: an evaluation's evidence in one file that verifies on its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from linli.command.answer import Answer
from linli.evaluation.bundle import Paper, make_bundle
from linli.ground.said import Said, Saying
from linli.ground.wording import say

HELP = """\
把项目某年已提交的评价、读数、佐证清单、存证证明和 verify.py 打成一个 zip；解压后运行 python3 -I -S verify.py 即可离线核验。
有已生成的报告时一并装入（report.docx）。不写 --as 时以系统身份打包已到公开日的评价。
Pack a project's handed-in evaluations of a year with readings, evidence lists, ledger proofs and verify.py into a zip.
Unpack it and run python3 -I -S verify.py to verify it offline. A composed report goes with it as report.docx."""
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """The project's number, the year, and the file."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("project", metavar="PROJECT", help="项目编号 / number or code of the project")
    parser.add_argument("--year", required=True, type=int, metavar="Y", help="年度 / year")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE.zip", help="写到哪里 / where to write it"
    )


def run(options: argparse.Namespace) -> Answer:
    """Write the bundle; repeating it over the same state gives a file of the same content."""
    from linli.command.acting import actor_of
    from linli.look.reader import site_moment
    from linli.people.actors import CLOCK

    out: Path = options.out
    if not out.resolve().parent.is_dir():
        raise Said("fault.no-file", file=str(out.resolve().parent))
    at = site_moment()
    by = actor_of(options, at) if options.account else CLOCK
    number = _number(options.project)
    papers = _papers(number, options.year)
    made = make_bundle(project=number, year=options.year, by=by, at=at, papers=papers)
    out.write_bytes(made.content)
    data = {"file": str(out), "sha256": made.sha256, "readings": made.readings}
    return Answer(
        data, (say(Saying("bundle.done", {"file": str(out), "readings": made.readings}), options.lang),)
    )


def _number(word: str) -> str:
    """The public number of a project named by its number or its code."""
    from django.db.models import Q

    from linli.projects.models import Project

    named = Q(case__number=word) | (Q(code=word) & ~Q(code=""))
    number = Project.objects.filter(named).values_list("case__number", flat=True).first()
    if number is None:
        raise Said("bundle.unknown_project", project=word)
    return str(number)


def _papers(project: str, year: int) -> list[Paper]:
    """The newest composed report on an evaluation that was handed in, as Word."""
    from linli.reports.composing import rendered, tree_of
    from linli.reports.models import Report

    report = Report.objects.of(project, year).filter(evaluation__submission__isnull=False).first()
    return [Paper("report.docx", rendered(tree_of(report), "docx"))] if report else []
