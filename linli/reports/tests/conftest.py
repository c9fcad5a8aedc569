"""Two evaluations: the 2020 project as its report states it, and a small project of our own with papers and money."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from linli.evaluation import evaluating, scores
from linli.evaluation.models import Evaluation
from linli.evaluation.taking import Span
from linli.people.actors import Actor
from linli.projects.models import Project
from linli.projects.stated import enter_stated
from linli.projects.stating import stated_sheet
from linli.rulebook.publishing import edition

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DISTRICT = Actor("t1", "district_civil", "530113000000", "经办")


def evaluated(project: Project) -> Evaluation:
    """The self-evaluation of the stated project, with the claims of its report and nothing else."""
    terms = evaluating.Terms(
        project=project.case.number, region=project.region_code, frame=edition("frames", "source-report", AT.date()),
        span=Span(date(2020, 1, 1), date(2020, 12, 31)), kind="self", evaluator="昆明市东川区民政局", due_on=AT.date(),
    )  # fmt: skip
    made = evaluating.open_evaluation(terms=terms, by=DISTRICT, at=AT)
    evaluating.claim(evaluation=made, points=10000, source="S134", by=DISTRICT, at=AT)
    evaluating.claim(evaluation=made, points=6000, source="S135", part="performance", by=DISTRICT, at=AT)
    scores.score(evaluation=made, by=DISTRICT, at=AT)
    scores.submit(evaluation=made, by=DISTRICT, at=AT)
    return made


@pytest.fixture
def tongyuan(published: None) -> Evaluation:
    project = enter_stated(sheet=stated_sheet("tongyuan_2020"), by=DISTRICT, at=AT)
    return evaluated(project)
