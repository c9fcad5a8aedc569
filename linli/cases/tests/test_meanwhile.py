"""Two officers at one case at the same moment, each on a connection of its own: one goes first, nothing is doubled.

On PostgreSQL the rows stand committed in the test's own database. On SQLite the test's database lies in memory, where
two connections would not wait for each other as they do on a file: so it is copied to one, and raced there.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from linli.cases.bodies import OutsideLink
from linli.cases.extending import ask_extension, decide_extension
from linli.cases.linking import accept_lead, link
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.outside import answer_link, make_link
from linli.cases.tests.sheets import publish_cooperation
from linli.ground.said import Said
from linli.people.actors import VISITOR
from linli.rulebook.publishing import edition
from linli.trail.verifying import verify
from tests.cast import BEGIN, Village

COMMITTED = "postgresql" in settings.DATABASES["default"]["ENGINE"]
pytestmark = pytest.mark.django_db(transaction=COMMITTED)
DAY = timedelta(days=1)
Race = Callable[..., list[str]]


def _run(call: Callable[[], object], found: list[Any], number: int, start: threading.Barrier) -> None:
    try:
        start.wait()
        call()
        found[number] = "done"
    except Said as refusal:
        found[number] = refusal.code
    except Exception as fault:
        found[number] = repr(fault)
    finally:
        connections.close_all()


def _at_once(*calls: Callable[[], object]) -> list[str]:
    found: list[Any] = [None] * len(calls)
    start = threading.Barrier(len(calls))
    threads = [
        threading.Thread(target=_run, args=(call, found, number, start)) for number, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def race(tmp_path: Path) -> Iterator[Race]:
    """Runs calls at once, each in a thread with its own connection; gives what became of each, in their order."""
    known = connections.settings["default"]
    name = known["NAME"]

    def run(*calls: Callable[[], object]) -> list[str]:
        if not COMMITTED and known["NAME"] == name:
            file = tmp_path / "race.sqlite3"
            file.write_bytes(connection.connection.serialize())
            with contextlib.closing(sqlite3.connect(file)) as copy:
                copy.execute("PRAGMA journal_mode=WAL")
            known["NAME"] = str(file)
        return _at_once(*calls)

    yield run
    known["NAME"] = name


@pytest.fixture
def led(village: Village) -> Case:
    """A linked matter of four bodies in the clerk's hands."""
    publish_cooperation()
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)), subject="G03", title="三号楼停水",
        region=village.helin, channel="counter", person=village.person("wang"),
    )  # fmt: skip
    case = open_case(opening=opening, by=village.actor("limin"), at=BEGIN)
    link(case=case, question="请查停水原因", by=village.actor("limin"), at=BEGIN)
    return case


def _part(case: Case, **body: str) -> Case:
    part = case.cooperations.get(**body, part__isnull=False).part
    assert part is not None
    return part


def test_of_two_advances_at_once_one_moves_and_the_other_is_told(led: Case, village: Village, race: Race):
    part, manager = _part(led, post="property_manager"), village.actor("ma")

    def accept() -> None:
        advance(Case.objects.get(pk=part.pk), "accept", by=manager, at=BEGIN, words=MoveWords(seen=1))

    assert sorted(race(accept, accept)) == ["cases.moved_meanwhile", "done"]
    assert (
        race(lambda: _expect(Passage.objects.filter(case=part, move="accept").count(), 1), _whole)
        == ["done"] * 2
    )


def test_of_two_approvals_at_once_one_extends(led: Case, village: Village, race: Race):
    ask_extension(case=led, days=5, reason="等检测", by=village.actor("limin"), at=BEGIN)
    district = village.actor("qu")

    def grant() -> None:
        decide_extension(case=Case.objects.get(pk=led.pk), grant=True, by=district, at=BEGIN)

    assert sorted(race(grant, grant)) == ["cases.extension_none", "done"]
    assert race(lambda: _expect(Case.objects.get(pk=led.pk).extended_days, 5), _whole) == ["done"] * 2


def test_a_link_answered_twice_at_once_takes_one_answer(led: Case, village: Village, race: Race):
    part = _part(led, name="供水公司")
    made, _ = make_link(part=part, question="请告知恢复时间", by=village.actor("limin"), at=BEGIN)

    def answer() -> None:
        answer_link(link=OutsideLink.objects.get(pk=made.pk), text="今晚恢复", by=VISITOR, at=BEGIN)

    assert sorted(race(answer, answer)) == ["cases.link_used", "done"]
    assert (
        race(lambda: _expect(Passage.objects.filter(case=part, move="answer").count(), 1), _whole)
        == ["done"] * 2
    )


def test_a_matter_closed_while_a_part_is_answered_leaves_both_whole(led: Case, village: Village, race: Race):
    part, manager = _part(led, post="property_manager"), village.actor("ma")
    wang = village.resident("wang")
    Case.objects.filter(pk=led.pk).update(channel="portal", filed_by=wang.actor_word)

    def close() -> None:
        advance(Case.objects.get(pk=led.pk), "withdraw", by=wang, at=BEGIN + DAY)

    def answer() -> None:
        advance(Case.objects.get(pk=part.pk), "answer", by=manager, at=BEGIN + DAY, words=MoveWords("已修好"))

    outcome = race(close, answer)
    assert outcome[0] == "done" and outcome[1] in {"done", "cases.closed"}

    def look() -> None:
        closed = Case.objects.get(pk=part.pk)
        _expect(Case.objects.get(pk=led.pk).outcome, "withdrawn")
        _expect(closed.outcome, "answered" if outcome[1] == "done" else "called_off")
        _expect(closed.passages.count(), closed.passages_count)

    assert race(look, _whole) == ["done"] * 2


def test_a_lead_accepting_while_the_matter_is_withdrawn_waits_its_turn(
    led: Case, village: Village, race: Race
):
    part, street, wang = _part(led, post="street_officer"), village.actor("jie"), village.resident("wang")

    def close() -> None:
        advance(Case.objects.get(pk=led.pk), "withdraw", by=wang, at=BEGIN + DAY)

    def accept() -> None:
        accept_lead(part=Case.objects.get(pk=part.pk), by=street, at=BEGIN + DAY)

    outcome = race(close, accept)
    assert outcome[0] == "done" and outcome[1] in {"done", "cases.closed"}, "nobody waits crosswise"


def _expect(found: object, wanted: object) -> None:
    assert found == wanted, (found, wanted)


def _whole() -> None:
    assert verify().ok
