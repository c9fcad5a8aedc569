"""The real project of 2020, entered exactly as its report states it, and judged by what it shows: nothing."""

from __future__ import annotations

from datetime import date

from linli.evaluation.evaluating import Terms, claim, open_evaluation, take_readings
from linli.evaluation.scores import score, submit
from linli.evaluation.taking import Span
from linli.people.actors import SETUP
from linli.projects.models import Project
from linli.projects.stated import enter_stated
from linli.projects.stating import stated_sheet
from linli.rulebook.publishing import edition
from linli.sample import hours
from linli.sample.diary import Story

SHEET = "tongyuan_2020"
YEAR = Span(date(2020, 1, 1), date(2020, 12, 31))
# Points the report claims, by part of the frame "source-report" ("" is the whole); hundredths.
CLAIMS = {"": ("self_score", 10_000), "performance": ("performance_part", 6_000)}


def story(on: date) -> Story:
    """Enter the project, then evaluate it under the report's own split of points."""
    at = hours.moment(on, 9)
    yield at
    project: Project = enter_stated(sheet=stated_sheet(SHEET), by=SETUP, at=at)
    at = hours.moment(on, 10)
    yield at
    terms = Terms(
        project=project.case.number, region=project.region_code, frame=edition("frames", "source-report", on), span=YEAR,
        kind="self", evaluator=project.unit_name, due_on=on,
    )  # fmt: skip
    evaluation = open_evaluation(terms=terms, by=SETUP, at=at)
    take_readings(evaluation=evaluation, by=SETUP, at=at)
    for part, (point, points) in CLAIMS.items():
        claim(evaluation=evaluation, part=part, points=points, source=f"报告自述（{point}）", by=SETUP, at=at)
    score(evaluation=evaluation, by=SETUP, at=at)
    submit(evaluation=evaluation, by=SETUP, at=at)
