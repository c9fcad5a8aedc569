"""Two mediators at one agreement at the same moment, each on a connection of its own.

On SQLite the test's database lies in memory; it is copied to a file first, where two connections wait for each other.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from linli.cases.models import Case
from linli.ground.said import Said
from linli.mediation.agreeing import sign
from linli.mediation.models import Signature
from linli.mediation.seating import seat
from linli.mediation.tests.table import AT, drafted, feng, staff
from linli.notices.models import Notice
from linli.people.actors import Actor
from tests.cast import Village

COMMITTED = "postgresql" in settings.DATABASES["default"]["ENGINE"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=COMMITTED)]
Race = Callable[..., list[object]]


def _at_once(*calls: Callable[[], object]) -> list[object]:
    found: list[object] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], object]) -> None:
        gate.wait()
        try:
            found[number] = call()
        except Said as refusal:
            found[number] = refusal.code
        except Exception as fault:
            found[number] = repr(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def race(tmp_path: Path) -> Iterator[Race]:
    known = connections.settings["default"]
    name = known["NAME"]

    def run(*calls: Callable[[], object]) -> list[object]:
        if not COMMITTED and known["NAME"] == name:
            # A backup waits for ever where this connection still holds a writing statement; its pages do not.
            (tmp_path / "race.sqlite3").write_bytes(connection.connection.serialize())
            copy = sqlite3.connect(tmp_path / "race.sqlite3")
            copy.execute("PRAGMA journal_mode=WAL")
            copy.close()
            known["NAME"] = str(tmp_path / "race.sqlite3")
        return _at_once(*calls)

    yield run
    known["NAME"] = name


def test_two_mediators_sign_and_seal_at_once(published: None, village: Village, race: Race) -> None:
    agreement = drafted(village)
    mediation = agreement.mediation
    second, other = staff(village, "med2", "米调", "mediator")
    seat(mediation=mediation, person=second, role="co", by=feng(village), at=AT)
    own = {one.person_id: f"seat:{one.pk}" for one in mediation.seats.filter(ended_at=None)}
    for signer in ("party:1", "party:2"):
        sign(agreement=agreement, signer=signer, way="hand", by=feng(village), at=AT)

    def hand(signer: str, by: Actor) -> Callable[[], object]:
        def put() -> str:
            return sign(agreement=agreement, signer=signer, way="hand", by=by, at=AT).signer

        return put

    mine, theirs = own[village.person("feng").pk], own[second.pk]
    assert race(hand(mine, feng(village)), hand(theirs, other)) == [mine, theirs]
    sealed = race(hand("committee", feng(village)), hand("committee", other))
    assert sorted(map(str, sealed)) == ["committee", "mediation.in_force_already"]

    def count() -> tuple[int, int, str]:
        hands = Signature.objects.filter(mediation=mediation, about="agreement").count()
        return (
            hands,
            Notice.objects.filter(template="mediation.agreed").count(),
            Case.objects.get(pk=mediation.pk).step,
        )

    assert race(count) == [(5, 2, "agreed")]
