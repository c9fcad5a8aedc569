"""An evaluation's score comes from its readings; full marks need proof; others see it when its day has come."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from linli.evaluation.claiming import sheet_criteria
from linli.evaluation.comparing import compare
from linli.evaluation.evaluating import claim, find, leave_out, take_readings, use
from linli.evaluation.frames import frame_of
from linli.evaluation.models import Evaluation
from linli.evaluation.scores import inputs_of, score, submit
from linli.evaluation.tests.judging import (
    AT,
    PROJECT,
    attested,
    judged,
    know_test_measures,
    opened,
    publish_frame,
)
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import plain
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import HELIN


@pytest.fixture
def frame(work, monkeypatch, settings, tmp_path):
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path
    know_test_measures(monkeypatch)
    return publish_frame()


@pytest.mark.parametrize("code", sorted(sheet_paths("frames")))
def test_the_plain_sheet_of_every_shipped_frame_gives_the_same_criteria(code):
    shipped = frame_of(code)
    assert sheet_criteria(plain(shipped)) == shipped.criteria()


def test_a_whole_evaluation_is_scored_from_its_readings(work, frame):
    evaluation = judged(work, frame)
    last = evaluation.submission.score
    points = {mark.indicator: (mark.points, mark.weight, mark.gap) for mark in last.marks.all()}
    # The survey is left out, so 9,000 hundredths share 10,000. On time 80 of 90 per cent, stars 4 of 5, the rest full.
    assert points == {
        "on-time": (2964, 3334, ""), "stars": (1778, 2222, ""), "people": (1111, 1111, ""),
        "papers": (1111, 1111, ""), "growth": (1111, 1111, ""), "unstated": (0, 1111, "not_stated"),
    }  # fmt: skip
    assert last.proven == sum(mark.points for mark in last.marks.all())
    assert (last.claimed, last.without_evidence) == (10000, 10000 - last.proven)
    assert last.dropped == ["survey"]
    assert last.low <= last.proven <= last.high
    assert last.held is not None and 0 <= last.held <= 1000 == last.draws
    assert LedgerEntry.objects.filter(kind="evaluation.score", row_key=last.key, region=HELIN).exists()
    assert verify(HELIN).ok


def test_an_indicator_without_proof_gets_no_marks_and_a_named_gap(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    use(evaluation=evaluation, indicator="papers", reading=attested(work, period=None), by=by, at=AT)
    claim(evaluation=evaluation, part="papers", points=1000, source="自评表", by=by, at=AT)
    row = score(evaluation=evaluation, by=by, at=AT)
    papers = row.marks.get(indicator="papers")
    assert (papers.points, papers.claimed, papers.gap) == (0, 1000, "unproven")
    assert (row.proven, row.claimed, row.without_evidence) == (0, 1000, 1000)
    assert (row.low, row.high) == (0, 10000)
    assert {mark.gap for mark in row.marks.all()} == {"unproven", "missing", "not_stated"}


def test_a_wrong_kind_of_paper_is_no_proof(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    use(evaluation=evaluation, indicator="papers", reading=attested(work, kind="照片"), by=by, at=AT)
    assert score(evaluation=evaluation, by=by, at=AT).marks.get(indicator="papers").gap == "evidence_kind"


def test_a_claim_for_the_whole_stands_beside_what_is_proven(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    claim(evaluation=evaluation, points=10000, source="自评报告第5页", by=by, at=AT)
    row = score(evaluation=evaluation, by=by, at=AT)
    assert (row.proven, row.claimed, row.without_evidence) == (0, 10000, 10000)
    assert row.parts["on-time"]["claimed"] == 0
    for points, part in ((10001, ""), (-1, "papers"), (1001, "papers")):
        with pytest.raises(Said, match="impossible_claim"):
            claim(evaluation=evaluation, points=points, part=part, source="", by=by, at=AT)


def test_only_indicators_of_the_frame_are_filled_and_reasons_are_given(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    with pytest.raises(Said, match="unknown_indicator"):
        use(evaluation=evaluation, indicator="nothing", reading=attested(work), by=by, at=AT)
    with pytest.raises(Said, match="reason_missing"):
        leave_out(evaluation=evaluation, indicator="survey", reason=" ", by=by, at=AT)
    with pytest.raises(Said, match="not_a_frame"):
        opened(work, work.procedure)


def test_what_is_handed_in_takes_no_more_entries_and_a_stale_score_is_not_handed_in(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    with pytest.raises(Said, match="not_scored"):
        submit(evaluation=evaluation, by=by, at=AT)
    score(evaluation=evaluation, by=by, at=AT)
    take_readings(evaluation=evaluation, by=by, at=AT)
    with pytest.raises(Said, match="score_stale"):
        submit(evaluation=evaluation, by=by, at=AT)
    score(evaluation=evaluation, by=by, at=AT)
    submit(evaluation=evaluation, by=by, at=AT)
    with pytest.raises(Said, match="handed_in"):
        score(evaluation=evaluation, by=by, at=AT)


def test_nobody_enters_anything_into_the_evaluation_of_another(work, frame):
    evaluation = opened(work, frame)
    with pytest.raises(Said, match="not_yours"):
        score(evaluation=evaluation, by=work.village.actor("qu"), at=AT)
    with pytest.raises(Said, match="no_right"):
        score(evaluation=evaluation, by=work.village.actor("limin"), at=AT)


def test_an_evaluation_is_closed_to_others_until_it_is_handed_in_and_due(work, frame):
    evaluation = opened(work, frame, due_on=date(2026, 4, 1))

    def seen(login: str, on: date) -> bool:
        return Evaluation.objects.visible_to(work.village.actor(login), on).filter(pk=evaluation.pk).exists()

    by = work.village.actor("sun")
    assert seen("sun", date(2026, 3, 6)) and not seen("qu", date(2026, 4, 2))
    score(evaluation=evaluation, by=by, at=AT)
    submit(evaluation=evaluation, by=by, at=AT)
    assert not seen("qu", date(2026, 3, 31)) and seen("qu", date(2026, 4, 1))
    assert not seen("wangdong", date(2026, 4, 1)) and not seen("wang", date(2026, 4, 1))
    assert Evaluation.objects.unsealed(date(2026, 4, 1)).count() == 1


def test_several_evaluations_stand_side_by_side_with_their_agreement(work, frame):
    judged(work, frame)
    by = work.village.actor("ping")
    other = opened(work, frame, login="ping", kind="third_party")
    take_readings(evaluation=other, by=by, at=AT)
    score(evaluation=other, by=by, at=AT)
    submit(evaluation=other, by=by, at=AT)
    both = compare(PROJECT, 2026, actor=work.village.actor("qu"), on=date(2026, 3, 6))
    assert [side.evaluation.kind for side in both.sides] == ["self", "third_party"]
    (pair,) = both.agreements
    differences = [
        abs(both.sides[0].points[code] - both.sides[1].points[code]) for code in both.sides[0].points
    ]
    assert pair.distance == Fraction(sum(differences), len(differences))
    assert pair.kappa is not None and 0 < pair.kappa < 1
    assert compare(PROJECT, 2025, actor=work.village.actor("qu"), on=date(2026, 3, 6)).sides == ()


def test_scoring_again_gives_the_same_figures(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    take_readings(evaluation=evaluation, by=by, at=AT)
    one = score(evaluation=evaluation, by=by, at=AT)
    two = score(evaluation=evaluation, by=by, at=AT + timedelta(days=1))
    assert (one.proven, one.held, one.likely_low, one.parts) == (
        two.proven,
        two.held,
        two.likely_low,
        two.parts,
    )
    assert one.key != two.key
    assert inputs_of(evaluation).seed == 7


def test_problems_and_the_advice_that_answers_them_are_stated(work, frame):
    by = work.village.actor("sun")
    evaluation = opened(work, frame)
    problem = find(
        evaluation=evaluation, kind="problem", text="周末无人值守", indicator="on-time", by=by, at=AT
    )
    advice = find(evaluation=evaluation, kind="advice", text="周末轮值", answers=problem, by=by, at=AT)
    assert list(problem.advice.all()) == [advice]
    with pytest.raises(Said, match="advice_answers_nothing"):
        find(evaluation=evaluation, kind="advice", text="多宣传", by=by, at=AT)
    with pytest.raises(Said, match="reason_missing"):
        find(evaluation=evaluation, kind="practice", text=" ", by=by, at=AT)
