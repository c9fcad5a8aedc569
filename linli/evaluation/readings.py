"""Readings: taken from measures, given by surveys, attested by a named person, derived by a formula.

Nothing here changes a reading. Taken again is a new one, and ``difference`` says which records came or changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils import timezone

import linli
from linli.evaluation.catalogue import measure_of
from linli.evaluation.evidencing import evidence_rows, keep_list, rows_of
from linli.evaluation.models import Reading, new_key
from linli.evaluation.recounting import (
    OPERATIONS,
    PLACES,
    EvidenceRow,
    Taken,
    decimal_text,
    derived_value,
    in_key_order,
    readings_in,
    recount,
)
from linli.evaluation.taking import Span, counting_of, take_one
from linli.ground.measuring import Measure
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.actors import Actor
from linli.records.keeping import attach
from linli.records.models import Document, Evidence
from linli.trail.models import LedgerEntry
from linli.trail.writing import act, append, moment

RIGHT = "evaluation.evaluate"
KIND = "evaluation.reading"
EVIDENCE_KIND = "records.evidence"


@dataclass(frozen=True)
class Asked:
    """What is read: its word, its title and unit, where and for which days, and for which frame edition."""

    word: str
    region: str
    span: Span
    unit: str = ""
    title: Both = Both("")
    definition: Both = Both("")
    source: str = ""
    rule_edition: str = ""


@dataclass(frozen=True)
class Proof:
    """A paper that proves a value: the document, its kind, and the days it speaks of."""

    document: Document
    kind: str
    period: Span | None = None


@dataclass(frozen=True)
class Sampled:
    """How a surveyed value came about: answers, the half of its interval, formula and weighting."""

    answers: int
    margin: Decimal
    formula: str
    weighting: str
    confidence: str = "95%"


@dataclass(frozen=True)
class Change:
    """What makes two readings of the same span differ: keys of the rows that came, went, or changed."""

    before: Decimal | None
    after: Decimal | None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Value:
    """The numbers of a reading that is about to be written."""

    value: Fraction | None
    rows: Sequence[EvidenceRow]
    taken: Taken | None = None
    count: int | None = None
    kinds: list[str] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def take_unstored(measure: Measure, *, region: str, span: Span) -> tuple[Taken, list[EvidenceRow]]:
    """The value of a measure with the rows behind it, counted twice: by the database and from the rows.

    Raises ``RuntimeError`` where the two differ: then the declaration is wrong.
    """
    counted = take_one(measure, span=span, region=region)
    rows = evidence_rows(measure, span=span, region=region)
    if recount(counting_of(measure), rows, base=counted.base, per=measure.per) != counted:
        raise RuntimeError(f"{measure.word}: the evidence does not give the value")
    return counted, rows


@act
def take(*, word: str, region: str, span: Span, by: Actor, at: datetime, rule_edition: str = "") -> Reading:
    """Take a measure of the catalogue for a region and span, and keep the rows that made it."""
    return take_measure(
        measure=measure_of(word), region=region, span=span, by=by, at=at, rule_edition=rule_edition
    )


@act
def take_measure(
    *, measure: Measure, region: str, span: Span, by: Actor, at: datetime, rule_edition: str = ""
) -> Reading:
    """Take a measure, see ``take``."""
    counted, rows = take_unstored(measure, region=region, span=span)
    asked = Asked(
        measure.word,
        region,
        span,
        measure.unit,
        measure.title,
        measure.definition,
        measure.source,
        rule_edition,
    )
    facts = {
        "counting": counting_of(measure),
        "per": measure.per,
        "edition": measure.edition,
        "row_kind": measure.row_kind,
    }
    return _write("measured", asked, _Value(counted.value, rows, counted, facts=facts), by, at)


@act
def attest(
    *, asked: Asked, value: Decimal | None, proofs: Sequence[Proof], by: Actor, at: datetime
) -> Reading:
    """Type a value, with the papers of the period that prove it. Papers of other days, or of no stated days, are
    kept beside it and prove nothing; without any that counts the reading is unproven.
    """
    return _papered("attested", asked, value, proofs, {}, by, at)


@act
def survey(
    *, asked: Asked, value: Decimal | None, sampled: Sampled, proofs: Sequence[Proof], by: Actor, at: datetime
) -> Reading:
    """Enter a surveyed value with its answers, margin, formula and weighting; its papers are the survey's report."""
    if sampled.answers < 1 or sampled.margin < 0:
        raise Said("evaluation.survey_empty", field="answers")
    about = {
        "answers": sampled.answers,
        "confidence": sampled.confidence,
        "formula": sampled.formula,
        "weighting": sampled.weighting,
    }
    return _papered("surveyed", asked, value, proofs, {"margin": sampled.margin, "survey": about}, by, at)


@act
def derive(*, asked: Asked, formula: Mapping[str, Any], by: Actor, at: datetime) -> Reading:
    """Work a value out of other readings by the closed grammar of ``recounting.derived_value``.

    It is proven only where each of the readings is. Readings that the formula names must be there and open to ``by``.
    """
    keys = readings_in(formula)
    sources = {row.key: row for row in Reading.objects.visible_to(by).filter(key__in=keys)}
    if not keys or keys != set(sources):
        raise Said("evaluation.formula_readings", known="、".join(OPERATIONS))
    try:
        value = derived_value(formula, {key: row.exact for key, row in sources.items()})
    except (ValueError, ZeroDivisionError) as fault:
        raise Said("evaluation.formula_wrong", known="、".join(OPERATIONS)) from fault
    entries = dict(LedgerEntry.objects.filter(kind=KIND, row_key__in=keys).values_list("row_key", "sequence"))
    rows = [
        EvidenceRow(
            key, row.last_on.isoformat(), row.region, int(row.evidence_count > 0), None, entries.get(key)
        )
        for key, row in sources.items()
    ]
    count = len(rows) if all(row.part for row in rows) else 0
    facts = {"formula": dict(formula), "row_kind": KIND}
    return _write("derived", asked, _Value(value, rows, count=count, facts=facts), by, at)


def difference(before: Reading, after: Reading) -> Change:
    """What came, went or changed between two readings of the same thing, place and span."""
    if (before.word, before.region, before.first_on, before.last_on) != (
        after.word,
        after.region,
        after.first_on,
        after.last_on,
    ):
        raise Said("evaluation.not_the_same_span")
    old = {row.key: row for row in rows_of(before.evidence)}
    new = {row.key: row for row in rows_of(after.evidence)}
    return Change(
        before.value,
        after.value,
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        tuple(sorted(key for key in old.keys() & new.keys() if old[key] != new[key])),
    )


def content(reading: Reading) -> dict[str, Any]:
    """The reading as plain values: what the ledger's digest covers and what the proof bundle holds."""
    plain = {name: getattr(reading, name) for name in _PLAIN_FIELDS}
    return plain | {
        "value": decimal_text(None if reading.value is None else Fraction(reading.value)),
        "margin": decimal_text(None if reading.margin is None else Fraction(reading.margin)),
        "first_on": reading.first_on.isoformat(),
        "last_on": reading.last_on.isoformat(),
        "taken_at": local_moment(reading.taken_at),
    }


def local_moment(at: datetime) -> str:
    """A moment in the site's own zone, so that it is written the same before and after it was stored."""
    return moment(timezone.localtime(at, timezone.get_default_timezone()))


_PLAIN_FIELDS = (
    "key", "kind", "word", "counting", "per", "region", "unit", "whole", "part", "total", "base", "evidence_count",
    "evidence_digest", "evidence_kinds", "edition", "rule_edition", "formula", "about", "algorithm", "code_version",
    "actor", "post", "place",
)  # fmt: skip


def _papered(
    kind: str,
    asked: Asked,
    value: Decimal | None,
    proofs: Sequence[Proof],
    facts: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Reading:
    """A typed value with papers: they become evidence of the reading, in the records and in its own list."""
    if value is not None and (Fraction(value) * 10**PLACES).denominator != 1:
        raise Said("evaluation.too_many_decimals", field="value")
    by.require(RIGHT, asked.region)
    key = new_key()
    rows, kinds = [], set()
    for proof in proofs:
        paper = _attached(key, proof, by, at)
        counts = _is_of(asked.span, proof.period)
        day = proof.period.last if proof.period else timezone.localdate(at)
        rows.append(
            EvidenceRow(
                f"{paper.document.key}:{proof.kind}", day.isoformat(), asked.region, int(counts),
                f"sha256:{paper.document.sha256}", None,
            )
        )  # fmt: skip
        kinds |= {proof.kind} if counts else set()
    count = sum(1 for row in rows if row.part)
    exact = None if value is None else Fraction(value)
    written = _Value(exact, in_key_order(rows), count=count, kinds=sorted(kinds), facts={"key": key, **facts})
    return _write(kind, asked, written, by, at)


def _attached(key: str, proof: Proof, by: Actor, at: datetime) -> Evidence:
    period = proof.period
    return attach(
        document=proof.document,
        about=f"{KIND}:{key}",
        kind=proof.kind,
        by=by,
        at=at,
        period_from=period.first if period else None,
        period_to=period.last if period else None,
    )


def _is_of(span: Span, period: Span | None) -> bool:
    """Whether a paper speaks of days of the span."""
    return period is not None and period.first <= span.last and period.last >= span.first


def _write(kind: str, asked: Asked, written: _Value, by: Actor, at: datetime) -> Reading:
    """Append the reading, its evidence list and its ledger entry."""
    by.require(RIGHT, asked.region)
    facts = dict(written.facts)
    edition = int(facts.pop("edition", 0))
    about = _about(asked, facts)
    kept = keep_list(asked.word, edition, in_key_order(written.rows))
    counts = written.taken
    reading = Reading.objects.create(
        kind=kind,
        word=asked.word,
        region=asked.region,
        first_on=asked.span.first,
        last_on=asked.span.last,
        unit=asked.unit,
        value=_decimal(written.value),
        whole=counts.whole if counts else None,
        part=counts.part if counts else None,
        total=counts.total if counts else None,
        base=counts.base if counts else None,
        evidence=kept,
        evidence_count=kept.count if written.count is None else written.count,
        evidence_digest=kept.digest,
        evidence_kinds=written.kinds,
        edition=edition,
        rule_edition=asked.rule_edition,
        about=about,
        algorithm=settings.LINLI_DIGEST,
        code_version=linli.__version__,
        taken_at=at,
        taken_on=timezone.localdate(at),
        actor=by.actor_word,
        post=by.post,
        place=by.place,
        **facts,
    )
    append(region=asked.region, kind=KIND, row_key=reading.key, content=content(reading), at=at)
    return reading


def _about(asked: Asked, facts: dict[str, Any]) -> dict[str, Any]:
    """Title, definition and source as they stood, which ledger rows the evidence is, and a survey's method."""
    return {
        "title": {"zh": asked.title.zh, "en": asked.title.en},
        "definition": {"zh": asked.definition.zh, "en": asked.definition.en},
        "source": asked.source,
        "row_kind": facts.pop("row_kind", EVIDENCE_KIND),
        "survey": facts.pop("survey", None),
    }


def _decimal(value: Fraction | None) -> Decimal | None:
    text = decimal_text(value)
    return None if text is None else Decimal(text)
