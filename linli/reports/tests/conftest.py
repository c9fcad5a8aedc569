"""Two evaluations: the 2020 project as its report states it, and a small project of our own with papers and money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from linli.cases import declared as of_cases
from linli.disclosure import declared as of_disclosure
from linli.evaluation import declared as of_evaluation
from linli.evaluation import evaluating, scores
from linli.evaluation.models import Evaluation
from linli.evaluation.readings import Asked, Proof, attest
from linli.evaluation.taking import Span
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP, Actor
from linli.projects import declared as of_projects
from linli.projects.models import Project
from linli.projects.stated import enter_stated
from linli.projects.stating import stated_sheet
from linli.projects.tests.story import begin, document
from linli.reports import declared as of_reports
from linli.rulebook.declared import publish_rules
from linli.rulebook.parsing import forget
from linli.rulebook.publishing import edition, publish
from tests.cast import BEGIN, HELIN, Village, settle

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


def publish_sheets() -> None:
    """The sheets that projects, evaluations and reports use."""
    publish_rules(by=SETUP, at=BEGIN)
    kinds: tuple[Any, ...] = (of_cases, of_disclosure, of_projects, of_evaluation, of_reports)
    for kind in kinds:
        for code, path in sheet_paths(kind.KIND).items():
            sheet = load_file(path, kind.SCHEMA)
            assert kind.faults(sheet, source=code) == []
            publish(
                kind=kind.KIND, code=code, body=plain(sheet), title={"zh": kind.title(sheet).zh, "en": kind.title(sheet).en},
                valid_from=kind.validity(sheet)[0], by=SETUP, at=BEGIN,
            )  # fmt: skip


class _Undo(Exception):
    """Leaves the transaction of a module's evaluations without keeping them."""


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Evaluation, Evaluation, Village]]:
    """Both evaluations, done once for a module and undone after it; each test runs on top."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                publish_sheets()
                village = settle()
                yield stated_evaluation(), own_evaluation(village), village
                raise _Undo
        except _Undo:
            forget()


@pytest.fixture
def tongyuan(told: tuple[Evaluation, Evaluation, Village], db: None) -> Evaluation:
    return told[0]


@pytest.fixture
def own(told: tuple[Evaluation, Evaluation, Village], db: None) -> Evaluation:
    return told[1]


@pytest.fixture
def people(told: tuple[Evaluation, Evaluation, Village], db: None) -> Village:
    return told[2]


def stated_evaluation() -> Evaluation:
    """The stated project entered and evaluated."""
    project = enter_stated(sheet=stated_sheet("tongyuan_2020"), by=DISTRICT, at=AT)
    return evaluated(project)


LATER = datetime(2027, 1, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def own_evaluation(village: Village) -> Evaluation:
    """A project of ours with money, vouchers, acceptance and a self-evaluation: well proven, not perfect."""
    story = begin(village)
    story.received()
    story.spent()
    story.spent(number="记-002", cents=1_250_050, item="台账柜")
    story.accepted()
    by = village.actor("qu")
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    terms = evaluating.Terms(
        project=story.project.case.number, region=HELIN, frame=edition("frames", "self", LATER.date()), span=year,
        kind="self", evaluator="清溪区民政局", due_on=LATER.date(),
    )  # fmt: skip
    made = evaluating.open_evaluation(terms=terms, by=by, at=LATER)
    evaluating.take_readings(evaluation=made, by=by, at=LATER)
    asked = Asked("projects.outputs_delivered", HELIN, year, "%")
    proof = Proof(document(village, "acceptance_report"), "验收报告", year)
    reading = attest(asked=asked, value=Decimal(100), proofs=[proof], by=by, at=LATER)
    for code in ("output-quantity", "output-quality"):
        evaluating.use(evaluation=made, indicator=code, reading=reading, by=by, at=LATER)
    problem = evaluating.find(evaluation=made, kind="problem", text="下半年支出进度慢。", by=by, at=LATER)
    evaluating.find(evaluation=made, kind="advice", text="按季安排支出。", answers=problem, by=by, at=LATER)
    evaluating.find(evaluation=made, kind="practice", text="居民代表参加验收。", by=by, at=LATER)
    scores.score(evaluation=made, by=by, at=LATER)
    scores.submit(evaluation=made, by=by, at=LATER)
    return made
