"""What is missing, each named once: readings without value or proof, claims without trace, papers not there.

Numbers such as S150 are those of the list of facts a report must carry; they are printed where the project is only
known from a report, so that each gap can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from linli.evaluation.claiming import WHOLE
from linli.reports.annexes import states_of
from linli.reports.declared import Outline
from linli.reports.facts import Point, points_text
from linli.reports.speech import Speech
from linli.reports.tree import Gap

LACKING = "S150"


def gaps_of(speech: Speech, outline: Outline) -> tuple[Gap, ...]:
    """Every gap in the order in which a reader asks: what was said of limits, scores, money and proof, annexes."""
    return (
        *_own_limits(speech),
        *_claims(speech),
        *_indicators(speech),
        *_records(speech),
        *_annexes(speech, outline),
        *_open_fields(speech),
    )


def _ref(speech: Speech, ref: str) -> str:
    return ref if speech.facts.is_stated else ""


def _own_limits(speech: Speech) -> Iterator[Gap]:
    facts = speech.facts
    if facts.evaluation.kind == "self":
        yield Gap("self_evaluation", speech.words("gap_self"), _ref(speech, "S133"))
    for said in facts.said("limit"):
        yield Gap("stated_limit", speech.words("gap_stated_limit", text=speech.text(said.text)), said.refs)
    for said in facts.said("problem") + facts.said("measure"):
        yield Gap(
            "stated_problem", speech.words("gap_stated_problem", text=speech.text(said.text)), said.refs
        )


def _claims(speech: Speech) -> Iterator[Gap]:
    for point in speech.facts.points:
        if not point.is_leaf and point.without > 0 and f"claim:{point.code}" in speech.facts.sources:
            name = speech.words("whole") if point.code == WHOLE else speech.quoted(point.title)
            text = speech.words(
                "gap_claim",
                part=name,
                claimed=points_text(point.claimed),
                proven=points_text(point.proven),
                without=points_text(point.without),
            )
            yield Gap(
                "claim_unproven", text, _ref(speech, "S134" if point.code == WHOLE else "S135"), point.without
            )


def _indicators(speech: Speech) -> Iterator[Gap]:
    for point in speech.facts.leaves:
        if point.gap and point.gap != "not_applicable":
            yield _of_indicator(speech, point)
        if point.gap == "not_applicable":
            text = speech.words("gap_left_out", title=speech.quoted(point.title), reason=point.reason)
            yield Gap("not_applicable", text)


def _of_indicator(speech: Speech, point: Point) -> Gap:
    text = speech.words(
        "gap_indicator",
        title=speech.quoted(point.title),
        why=speech.words(f"gap.{point.gap}"),
        weight=points_text(point.weight),
    )
    return Gap(point.gap, text, _ref(speech, LACKING if point.gap == "not_stated" else ""), point.weight)


def _records(speech: Speech) -> Iterator[Gap]:
    """What a source report may not omit: spending lines, acceptance, survey, audit, a second opinion, monitoring."""
    facts = speech.facts
    has_survey = any(point.read and point.read.kind == "surveyed" for point in facts.leaves)
    checks = (
        ("spending", bool(facts.spent)),
        ("receipt", bool(facts.money.total.received) and not facts.is_stated),
        ("acceptance", bool(facts.dated["acceptance"])),
        ("survey", has_survey),
        ("other_evaluation", bool(set(facts.other_kinds) - {"self"}) or facts.evaluation.kind != "self"),
        ("audit", bool(facts.dated["audit"])),
    )
    for code, is_there in checks:
        if not is_there:
            yield Gap(code, speech.words(f"gap_{code}"), _ref(speech, LACKING))
    without = sum(1 for row in facts.spent if not row.has_voucher)
    if without:
        yield Gap("vouchers", speech.words("gap_vouchers", count=without, whole=len(facts.spent)))


def _annexes(speech: Speech, outline: Outline) -> Iterator[Gap]:
    for state in states_of(speech, outline):
        for item in state.items:
            if not item.is_original:
                code = "gap_annex_stated" if speech.facts.is_stated else "gap_annex"
                if speech.facts.is_stated or not item.is_made:
                    yield Gap("annex", speech.words(code, title=item.title), _ref(speech, item.ref))


def _open_fields(speech: Speech) -> Iterator[Gap]:
    fields = speech.facts.project.not_stated
    if fields:
        names = [speech.words(f"field.{word}") for word in fields]
        yield Gap("not_stated", speech.words("gap_fields", fields=names), LACKING)
