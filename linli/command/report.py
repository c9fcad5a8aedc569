"""``linli report PROJECT --year Y --outline ministry|source --out FILE``: the report as Word, PDF or workbook."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from linli.command.answer import Answer
from linli.ground.said import Said, Saying
from linli.ground.wording import say

if TYPE_CHECKING:
    from linli.evaluation.models import Evaluation

HELP = "生成评价报告，文件结尾决定形式（.docx .pdf .xlsx） / make the evaluation report; the ending decides the form"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """The project by its number, code or the sheet it was entered from; year, outline, file."""
    parser.add_argument("project", metavar="PROJECT", help="项目编号或代码 / number or code of the project")
    parser.add_argument("--year", type=int, required=True, help="评价年度 / year evaluated")
    parser.add_argument("--outline", default="source", help="提纲 ministry 或 source / outline")
    parser.add_argument("--out", required=True, metavar="FILE", help="输出文件 / file to write")


def run(options: argparse.Namespace) -> Answer:
    """Compose the report on the newest evaluation of the year and write it; nothing in the database changes."""
    from django.utils import timezone

    from linli.reports.composing import composed, rendered
    from linli.reports.declared import outline_of
    from linli.reports.facts import facts_of
    from linli.rulebook.publishing import edition

    target = Path(options.out)
    evaluation = _evaluation(options.project, options.year)
    on = timezone.localdate(evaluation.scores.order_by("-id").values_list("at", flat=True).first())
    outline = outline_of(edition("outlines", options.outline, on))
    document = composed(facts_of(evaluation), outline, on=on, lang=options.lang)
    content = rendered(document, target.suffix.lstrip(".").lower())
    target.write_bytes(content)
    data = {
        "file": str(target),
        "sha256": sha256(content).hexdigest(),
        "figures": len(document.references),
        "gaps": len(document.gaps),
    }
    return Answer(data, (say(Saying("reports.written", data), options.lang),))


def _evaluation(project: str, year: int) -> Evaluation:
    """The newest scored evaluation of a project's year, handed in ones first."""
    from django.db.models import Q

    from linli.evaluation.models import Evaluation
    from linli.projects.models import Project

    found = (
        Project.objects.select_related("case")
        .filter(Q(case__number=project) | Q(code=project) | Q(stated_from=project))
        .first()
    )
    if found is None:
        raise Said("reports.no_project", project=project)
    rows = Evaluation.objects.of(found.case.number, year).filter(scores__isnull=False).distinct()
    row = rows.filter(submission__isnull=False).last() or rows.last()
    if row is None:
        raise Said("reports.no_evaluation", project=project, year=year)
    return row
