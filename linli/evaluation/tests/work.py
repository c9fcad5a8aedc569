"""Work for the tests of evaluation: cases filed, closed and rated by acts in three communities under two streets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q

from linli.cases.handling import rate
from linli.cases.models import Case, Rating
from linli.cases.moving import advance
from linli.cases.opening import Opening, open_case
from linli.cases.procedures import Procedure
from linli.evaluation.taking import Span
from linli.ground.measuring import Kind, Measure
from linli.ground.sheets import Both, load_text, plain
from linli.people.actors import SETUP
from linli.rulebook.models import Edition
from linli.rulebook.publishing import publish
from tests.cast import BEGIN, HELIN, LIUWAN, WANGSHAN, Village, settle

SHEET = """
code: counted
title: 计数办理
kind: test.counted
basis: 测试
start: filed
limit: {days: 3, unit: natural}
steps:
  - {code: filed, title: 已提交, public: 等受理, post: clerk}
  - {code: doing, title: 办理, public: 在办, post: clerk}
  - {code: done, title: 已办结, public: 办好了, final: true, outcome: granted}
moves:
  - {code: accept, title: 受理, source: [filed], target: doing, posts: [clerk, system_clock], done: 受理, effect: start_clock}
  - {code: finish, title: 办结, source: [doing], target: done, posts: [clerk, system_clock], done: 办结}
"""
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def closed_cases():
    return Case.objects.filter(kind="test.counted", closed_on__isnull=False)


def ratings():
    return Rating.objects.filter(case__kind="test.counted")


def measure_of_cases(word: str, kind: Kind, **facts) -> Measure:
    """A measure over closed cases; the last passage of a case is its entry in the ledger."""
    known: dict[str, Any] = {
        "population": closed_cases, "on": "closed_on", "at": "region_id", "key": "number",
        "row_kind": "cases.passage", "row_key": "number#passages_count",
    }  # fmt: skip
    return Measure(
        word=word, title=Both(word, word), definition=Both("测试用", "for tests"), unit="%" if kind == "share" else "件",
        source="测试", kind=kind, **(known | facts),
    )  # fmt: skip


def measure_of_ratings(word: str, kind: Kind) -> Measure:
    return measure_of_cases(
        word, kind, population=ratings, on="on", at="case__region_id", key="case__number", value="stars",
        row_kind="cases.rating", row_key="case__number",
    )  # fmt: skip


ON_TIME = measure_of_cases("test.on_time", "share", part=Q(closed_on__lte=F("due_on")))
CLOSED = measure_of_cases("test.closed", "count")
STARS = measure_of_ratings("test.mean_stars", "mean")
MIDDLE = measure_of_ratings("test.median_stars", "median")
SUM = measure_of_ratings("test.sum_stars", "sum")
PEOPLE = measure_of_cases("test.people", "distinct", value="person_id")
RATE = measure_of_cases("test.per_thousand", "rate", per="residents")
HOMES = measure_of_cases("test.per_hundred", "rate", per="households", part=Q(closed_on__lte=F("due_on")))
LATE_MIDDLE = measure_of_cases(
    "test.late_median", "median", value="passages_count", part=Q(closed_on__gt=F("due_on"))
)
STARS_PER_MOVE = measure_of_cases(
    "test.stars_per_move", "share", population=ratings, on="on", at="case__region_id", part="stars",
    value="case__passages_count", key="case__number/stars", row_kind="cases.rating", row_key="case__number",
)  # fmt: skip
MEASURES = (STARS_PER_MOVE, ON_TIME, CLOSED, STARS, MIDDLE, SUM, PEOPLE, RATE, HOMES, LATE_MIDDLE)


@dataclass(frozen=True)
class Work:
    village: Village
    procedure: Edition
    cases: tuple[Case, ...]


def publish_counted() -> Edition:
    sheet = load_text(SHEET, Procedure, source="counted")
    return publish(
        kind="procedures", code=sheet.code, body=plain(sheet), title={"zh": "计数"}, valid_from=date(2020, 1, 1),
        by=SETUP, at=BEGIN,
    )  # fmt: skip


def one_case(
    village: Village, procedure: Edition, where: str, who: str, *, on: datetime, days: int, stars: int | None
) -> Case:
    """File, accept and close a case after some days; its person rates it where stars are given."""
    opening = Opening(
        procedure=procedure, subject="test", title="测试", region=village.regions[where], channel="counter",
        person=village.person(who),
    )  # fmt: skip
    case = open_case(opening=opening, by=SETUP, at=on)
    advance(case, "accept", by=SETUP, at=on)
    advance(case, "finish", by=SETUP, at=on + timedelta(days=days))
    if stars is not None:
        rate(case=case, stars=stars, by=village.resident(who), at=on + timedelta(days=days + 1))
    return case


PLAN = (
    (HELIN, "wang", 1, 5), (HELIN, "wang", 2, 4), (HELIN, "zhao", 5, 2), (HELIN, "chen", 3, 5), (HELIN, "mu", 4, None),
    (LIUWAN, "liu", 9, 1), (LIUWAN, "liu", 8, None), (LIUWAN, "wang", 1, 3),
    (WANGSHAN, "gao", 2, 4),
)  # fmt: skip


def do_work() -> Work:
    village, procedure = settle(), publish_counted()
    cases = tuple(
        one_case(village, procedure, where, who, on=BEGIN + timedelta(days=number), days=days, stars=stars)
        for number, (where, who, days, stars) in enumerate(PLAN)
    )
    return Work(village, procedure, cases)
