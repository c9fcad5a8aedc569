"""What the measures count, on a project whose money moved."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q, Sum

from linli.projects.finishing import AuditReport, enter_audit
from linli.projects.gates import publish_gate
from linli.projects.measures import MEASURES
from linli.projects.spending import correct_spending
from linli.projects.tests.story import BUDGET, document, moment
from linli.trail.models import LedgerEntry

BY_WORD = {measure.word: measure for measure in MEASURES}


def taken(word: str):
    """The value of a measure over everything: part and whole, or the sum, or the mean's rows."""
    measure = BY_WORD[word]
    rows = measure.population()
    if isinstance(measure.part, str):
        sums = rows.aggregate(part=Sum(measure.part), whole=Sum(measure.value))
        return sums["part"], sums["whole"]
    if measure.kind == "share":
        return rows.filter(measure.part).count(), rows.count()
    if measure.value:
        return list(rows.values_list(measure.value, flat=True))
    return rows.count()


def test_money_is_measured_by_fen_and_not_by_projects(story):
    story.received(4_000_000)
    story.spent(cents=1_000_000)
    assert taken("projects.received_share") == (4_000_000, BUDGET)
    assert taken("projects.execution_rate") == (1_000_000, BUDGET)
    assert taken("projects.spent_of_received") == (1_000_000, 4_000_000)
    assert taken("projects.first_spending_delay_days") == [8]


def test_an_entry_that_was_taken_back_is_not_counted(story):
    story.received()
    wrong = story.spent(paper=document(story.village, "voucher"))
    correct_spending(entry=wrong, reason="登错", on=date(2026, 2, 11), by=story.who("tao"), at=moment(2, 11))
    story.spent(number="记-002")
    assert taken("projects.vouchered_share") == (0, 1)
    assert sum(taken("projects.spent")) == 800_000


def test_a_voucher_file_proves_an_entry_and_an_audit_may_doubt_it(story):
    story.received()
    entry = story.spent(paper=document(story.village, "voucher"))
    story.spent(number="记-002", cents=1)
    assert taken("projects.vouchered_share") == (1, 2)
    assert taken("projects.spending_on_purpose_share") == (2, 2)
    story.accepted()
    report = AuditReport("审计局", "1号", date(2026, 6, 20), "qualified", (), (entry,))
    enter_audit(project=story.project, report=report, by=story.who("shen"), at=moment(6, 20))
    assert taken("projects.spending_on_purpose_share") == (1, 2)
    assert taken("projects.accepted_share") == (1, 1)


def test_a_gate_published_late_does_not_count(story):
    story.received()
    approval, receipt = story.project.gates.get(kind="approval"), story.project.gates.get(kind="receipt")
    publish_gate(gate=approval, by=story.who("sun"), at=moment(1, 22))
    publish_gate(gate=receipt, by=story.who("sun"), at=moment(6, 22))
    assert taken("projects.published_gates_share") == (1, 2)
    assert taken("projects.approved") == 1


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.word)
def test_every_path_of_a_measure_leads_somewhere(story, measure):
    story.received()
    story.spent()
    rows = measure.population()
    paths = {measure.on, measure.at, *measure.key.split("/"), *([measure.value] if measure.value else [])}
    list(rows.values(*paths))
    if isinstance(measure.part, Q):
        rows.filter(measure.part).exists()
    assert measure.title.en
    assert measure.definition.en


def test_every_counted_row_is_known_to_the_ledger_by_its_key(story):
    story.received()
    story.spent()
    for measure in MEASURES:
        keys = [
            "/".join(str(part) for part in row)
            for row in measure.population().values_list(*measure.key.split("/"))
        ]
        assert len(set(keys)) == len(keys)
        entered = set(LedgerEntry.objects.filter(kind=measure.row_kind).values_list("row_key", flat=True))
        assert set(keys) <= entered, measure.word
        assert keys, measure.word
