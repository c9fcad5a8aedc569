"""An evaluation for the tests: a small frame over the test measures, read, attested, claimed, scored, handed in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from linli.evaluation import catalogue
from linli.evaluation.evaluating import Terms, claim, leave_out, open_evaluation, take_readings, use
from linli.evaluation.frames import Frame
from linli.evaluation.models import Evaluation, Reading
from linli.evaluation.readings import Asked, Proof, attest, derive
from linli.evaluation.scores import score, submit
from linli.evaluation.taking import Span
from linli.evaluation.tests.work import MEASURES, YEAR, Work
from linli.ground.sheets import load_text, plain
from linli.people.actors import SETUP, Actor
from linli.records.keeping import keep
from linli.rulebook.models import Edition
from linli.rulebook.publishing import publish
from tests.cast import BEGIN, HELIN

AT = BEGIN + timedelta(days=60)
PROJECT = "HL-2026-TRIAL"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
INDICATOR = """
      definition: 测试
      reads: {{kind: {reads}, word: {word}}}
      unit: "{unit}"
      target: {target}
      rule: {{kind: proportion}}
      direction: rising
      evidence: [{evidence}]
      possible: {{low: 0}}
"""


def _part(
    code: str, weight: int, reads: str, word: str, unit: str, target: int, evidence: str = "记录"
) -> str:
    asked = INDICATOR.format(reads=reads, word=word, unit=unit, target=target, evidence=evidence)
    return f"  - code: {code}\n    title: {code}\n    weight: {weight}\n    indicator:{asked}"


FRAME = (
    """
code: trial
edition: 1
since: 2020-01-01
title: 测试指标体系
source: 测试
grades:
  - {title: 优, at_least: 90}
  - {title: 良, at_least: 80}
  - {title: 中, at_least: 60}
  - {title: 差, at_least: 0}
parts:
"""
    + _part("on-time", 30, "measure", "test.on_time", "%", 90)
    + _part("stars", 20, "measure", "test.mean_stars", "分", 5)
    + _part("people", 10, "measure", "test.people", "人", 4)
    + _part("papers", 10, "attested", "test.papers", "份", 2, "验收报告")
    + _part("growth", 10, "attested", "test.growth", "%", 10)
    + _part("survey", 10, "survey", "test.survey", "%", 90)
    + "  - {code: unstated, title: 未说明, weight: 10, not_stated: true}\n"
)


def publish_frame() -> Edition:
    sheet = load_text(FRAME, Frame, source="trial")
    return publish(
        kind="frames", code=sheet.code, body=plain(sheet), title={"zh": "测试"}, valid_from=date(2020, 1, 1), by=SETUP,
        at=BEGIN,
    )  # fmt: skip


def know_test_measures(monkeypatch) -> None:
    """Let the catalogue know the test measures for one test."""
    for measure in MEASURES:
        monkeypatch.setitem(catalogue.CATALOGUE, measure.word, measure)


def paper(by: Actor, name: str = "验收报告.pdf", note: bytes = b""):
    return keep(
        content=PDF + note,
        name=name,
        kind="acceptance",
        region=HELIN,
        data_class="P0",
        retain_until=None,
        by=by,
        at=AT,
    )


def attested(
    work: Work, value: str | None = "2", *, period: Span | None = YEAR, kind: str = "验收报告", **facts
) -> Reading:
    by = work.village.actor("sun")
    asked = Asked(word="test.papers", region=HELIN, span=YEAR, unit="份", **facts)
    proofs = [Proof(paper(by), kind, period)]
    return attest(asked=asked, value=None if value is None else Decimal(value), proofs=proofs, by=by, at=AT)


def grown(work: Work, one: Reading, two: Reading) -> Reading:
    formula = {"op": "change", "of": [{"reading": one.key}, {"reading": two.key}]}
    asked = Asked(word="test.growth", region=HELIN, span=YEAR, unit="%")
    return derive(asked=asked, formula=formula, by=work.village.actor("sun"), at=AT)


def opened(
    work: Work, frame: Edition, *, login: str = "sun", kind: str = "self", seed: int = 7, **facts
) -> Evaluation:
    known: dict[str, Any] = {"due_on": date(2026, 3, 1), "evaluator": "禾邻社区居民委员会"}
    terms = Terms(
        project=PROJECT, region=HELIN, frame=frame, span=YEAR, kind=kind, seed=seed, **(known | facts)
    )
    return open_evaluation(terms=terms, by=work.village.actor(login), at=AT)


def judged(work: Work, frame: Edition) -> Evaluation:
    """A whole self-evaluation, handed in: measured, attested and derived readings, claims, one indicator left out."""
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    taken = {reading.word: reading for reading in take_readings(evaluation=evaluation, by=by, at=AT)}
    typed = attested(work)
    use(evaluation=evaluation, indicator="papers", reading=typed, by=by, at=AT)
    growth = grown(work, taken["test.people"], typed)
    use(evaluation=evaluation, indicator="growth", reading=growth, by=by, at=AT)
    leave_out(evaluation=evaluation, indicator="survey", reason="本年未做调查", by=by, at=AT)
    claim(evaluation=evaluation, points=10000, source="自评报告", by=by, at=AT)
    claim(evaluation=evaluation, part="unstated", points=1000, source="自评报告", by=by, at=AT)
    score(evaluation=evaluation, by=by, at=AT)
    submit(evaluation=evaluation, by=by, at=AT)
    return Evaluation.objects.get(pk=evaluation.pk)
