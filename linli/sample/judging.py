"""Three evaluations of the 2025 project: its own, which claims more than it shows, an outside one, and finance's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from linli.evaluation.claiming import sheet_leaves
from linli.evaluation.evaluating import Terms, claim, find, open_evaluation, take_readings, use
from linli.evaluation.models import Evaluation
from linli.evaluation.readings import Asked, Proof, Sampled, attest, survey
from linli.evaluation.scores import score, submit
from linli.ground.sheets import Both
from linli.people.actors import Actor
from linli.records.keeping import keep
from linli.rulebook.publishing import edition
from linli.sample import cast, goals, hours, papers
from linli.sample.diary import Story
from linli.sample.goals import YEAR
from linli.sample.pilot import Pilot

Leaf = Mapping[str, Any]
DUE = date(2026, 2, 10)
# indicator: value typed, whether its papers are there
SELF = {
    "output-quantity": ("100", True),
    "output-quality": ("88", True),
    "output-cost": ("1.1", True),
    "benefit-lasting": ("4", True),
}
OUTSIDE = {
    "approval-basis": ("5", True), "approval-procedure": ("3", True), "goals-sound": ("3", True), "goals-clear": ("3", True),
    "budget-argued": ("3", True), "budget-split": ("2", True), "proper-use": ("2", True), "rules-exist": ("2", True),
    "rules-kept": ("3", True), "delivered": ("100", True), "quality": ("88", True), "saving": ("1.1", True),
}  # fmt: skip
FINANCE = OUTSIDE | {"budget-argued": ("4", False), "rules-kept": ("4", True), "quality": ("90", True)}


@dataclass(frozen=True)
class Party:
    """Who evaluates, under which frame, with which typed values, and what is claimed beside them."""

    kind: str
    frame: str
    post: str
    body: str
    typed: dict[str, tuple[str, bool]]
    claims: dict[str, int]
    surveyed: bool = False


PARTIES = (
    Party("self", "self", "committee_director", "禾邻社区居民委员会", SELF,
          {"execution": 986, "output-quality": 1500, "benefit-open": 800, "benefit-lasting": 700, "satisfaction": 1000}),
    Party("third_party", "department", "evaluator", "清正绩效评价事务所", OUTSIDE, {}, True),
    Party("finance", "department", "finance_officer", "清溪区财政局", FINANCE, {}),
)  # fmt: skip


def story(pilot: Pilot, party: Party, first: date) -> Story:
    """Open, read, attest, claim, find, score and hand in, over some days."""
    by = pilot.who(party.post)
    at = hours.moment(first, 9)
    yield at
    evaluation = _opened(pilot, party, by, at)
    at = hours.moment(first, 14)
    yield at
    take_readings(evaluation=evaluation, by=by, at=at)
    for leaf in sheet_leaves(evaluation.frame.body):
        if leaf["code"] in party.typed:
            _typed(evaluation, leaf, party.typed[leaf["code"]], by, at)
        elif leaf["code"] == "satisfaction" and party.surveyed:
            _surveyed(evaluation, leaf, by, at)
    for part, points in party.claims.items():
        claim(evaluation=evaluation, part=part, points=points, source="单位自评表", by=by, at=at)
    _found(evaluation, by, at)
    score(evaluation=evaluation, by=by, at=at)
    at = hours.moment(first, 16)
    yield at
    submit(evaluation=evaluation, by=by, at=at)


def _opened(pilot: Pilot, party: Party, by: Actor, at: datetime) -> Evaluation:
    project = pilot.now
    terms = Terms(
        project=project.case.number, region=cast.HELIN, frame=edition("frames", party.frame, at.date()), span=YEAR,
        kind=party.kind, evaluator=party.body, due_on=DUE, goals=goals.newest(project) if party.frame == "self" else None,
    )  # fmt: skip
    return open_evaluation(terms=terms, by=by, at=at)


def _typed(evaluation: Evaluation, leaf: Leaf, said: tuple[str, bool], by: Actor, at: datetime) -> None:
    """A value typed by a named officer, with the papers that the indicator asks for."""
    value, has_papers = said
    asked = _asked(evaluation, leaf)
    kinds = leaf["indicator"]["evidence"] if has_papers else ()
    reading = attest(
        asked=asked, value=Decimal(value), proofs=[_proof(kind, leaf, by, at) for kind in kinds], by=by, at=at
    )
    use(evaluation=evaluation, indicator=leaf["code"], reading=reading, by=by, at=at)


def _surveyed(evaluation: Evaluation, leaf: Leaf, by: Actor, at: datetime) -> None:
    """The outside evaluator asked at the doors."""
    sampled = Sampled(
        answers=186,
        margin=Decimal("4.2"),
        formula="分层抽样，正态近似，含有限总体修正",
        weighting="按楼栋户数加权",
    )
    proofs = [_proof(kind, leaf, by, at) for kind in leaf["indicator"]["evidence"]]
    reading = survey(
        asked=_asked(evaluation, leaf), value=Decimal("88.7"), sampled=sampled, proofs=proofs, by=by, at=at
    )
    use(evaluation=evaluation, indicator=leaf["code"], reading=reading, by=by, at=at)


def _asked(evaluation: Evaluation, leaf: Leaf) -> Asked:
    indicator = leaf["indicator"]
    unit = indicator["unit"]
    word = indicator["reads"]["word"]
    shown = unit["zh"] if isinstance(unit, dict) else unit
    return Asked(
        word=word, region=cast.HELIN, span=YEAR, unit=shown, title=_both(leaf["title"]), source="评价取证"
    )


def _both(words: Mapping[str, str]) -> Both:
    return Both(words["zh"], words.get("en", ""))


def _proof(kind: str, leaf: Leaf, by: Actor, at: datetime) -> Proof:
    title = _both(leaf["title"]).zh
    document = keep(
        content=papers.report(kind, (title, "期间：2025年1月至12月", "示范社区存档")), name=f"{kind}.pdf", kind="evidence",
        region=cast.HELIN, data_class="P0", retain_until=None, by=by, at=at,
    )  # fmt: skip
    return Proof(document, kind, YEAR)


def _found(evaluation: Evaluation, by: Actor, at: datetime) -> None:
    """Good practice, problems, and advice that answers them."""
    who: dict[str, Any] = {"evaluation": evaluation, "by": by, "at": at}
    find(kind="practice", text="诉求由首接窗口跟到回访，居民知道找谁。", **who)
    for problem, advice in (
        ("两笔支出没有归档凭证。", "报账前由信息员核对凭证照片，缺一张退一笔。"),
        ("长效管护只落实了四项，设备维修经费没有列支。", "在2026年居委会经费中单列设备维修。"),
    ):
        found = find(kind="problem", text=problem, **who)
        find(kind="advice", text=advice, answers=found, **who)
