"""The ledger: order, chain, tampering, append-only, checkpoints."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from linli.ground.merkle import verify_inclusion
from linli.trail.checkpoints import leaves, make_checkpoint, prove
from linli.trail.models import LedgerEntry, LedgerHead
from linli.trail.triggers import missing, names
from linli.trail.verifying import verify
from linli.trail.writing import act, append, attempt, writing

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETUP = SimpleNamespace(actor_word="setup", post="system_clock", place="")
A, B = "990101001001", "990101001201"

pytestmark = pytest.mark.django_db


@act
def enter(*, region: str, key: str, by: object, at: datetime) -> None:
    append(region=region, kind="test.row", row_key=key, content={"key": key}, at=at)


def fill(count: int, region: str = A) -> None:
    for number in range(count):
        enter(region=region, key=str(number), by=SETUP, at=AT)


def test_entries_follow_each_other_per_region():
    fill(3)
    fill(2, B)
    assert list(LedgerEntry.objects.filter(region=A).values_list("sequence", flat=True)) == [1, 2, 3]
    assert LedgerHead.objects.get(region=B).sequence == 2
    verdict = verify()
    assert (verdict.entries, verdict.ok, verdict.first_fault) == (5, True, None)


def test_an_act_that_fails_leaves_no_entry():
    @act
    def fails(*, by: object, at: datetime) -> None:
        append(region=A, kind="test.row", row_key="x", content={}, at=at)
        raise ValueError

    with pytest.raises(ValueError):
        fails(by=SETUP, at=AT)
    assert not LedgerEntry.objects.exists()


def test_inner_acts_join_the_outer_one_and_append_at_its_end():
    with writing():
        enter(region=B, key="1", by=SETUP, at=AT)
        enter(region=A, key="2", by=SETUP, at=AT)
        assert not LedgerEntry.objects.exists()
    assert list(LedgerEntry.objects.order_by("id").values_list("region", flat=True)) == [A, B]


def test_a_refused_attempt_takes_its_entries_back():
    with writing():
        enter(region=A, key="kept", by=SETUP, at=AT)
        with pytest.raises(ValueError), attempt():
            enter(region=A, key="lost", by=SETUP, at=AT)
            raise ValueError
    assert list(LedgerEntry.objects.values_list("row_key", flat=True)) == ["kept"]


def test_outside_an_act_nothing_is_appended():
    with pytest.raises(RuntimeError):
        append(region=A, kind="test.row", row_key="x", content={}, at=AT)


@pytest.mark.parametrize(
    "statement", ["UPDATE trail_ledgerentry SET digest = 'x'", "DELETE FROM trail_ledgerentry"]
)
def test_the_database_refuses_to_change_or_delete_an_entry(statement):
    fill(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_every_append_only_model_has_its_triggers():
    assert missing() == []


def unguarded(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        for name in names(LedgerEntry):
            on = " ON trail_ledgerentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE trail_ledgerentry SET digest = %s WHERE sequence = 2", "changed"),
        ("UPDATE trail_ledgerentry SET row_key = %s WHERE sequence = 2", "changed"),
        ("UPDATE trail_ledgerentry SET previous = %s WHERE sequence = 3", "follow"),
        ("DELETE FROM trail_ledgerentry WHERE sequence = 2 AND digest <> %s", "missing"),
        ("DELETE FROM trail_ledgerentry WHERE sequence = 4 AND digest <> %s", "head"),
    ],
)
def test_tampering_behind_the_triggers_is_found(statement, fault):
    fill(4)
    unguarded(statement, "0" * 64)
    verdict = verify()
    assert not verdict.ok and fault in (verdict.first_fault or "")


def test_a_checkpoint_signs_the_root_and_proves_an_entry():
    fill(5)
    point = make_checkpoint(region=A, by=SETUP, at=AT)
    assert point is not None
    entry = LedgerEntry.objects.get(region=A, sequence=3)
    proof = [bytes.fromhex(step) for step in prove(entry, point)]
    assert verify_inclusion(leaves(A, 5)[2], 2, 5, proof, bytes.fromhex(point.root), point.algorithm)
    assert make_checkpoint(region=A, by=SETUP, at=AT) == point
    assert verify(A).ok


def test_a_region_without_entries_has_no_checkpoint():
    assert make_checkpoint(region=A, by=SETUP, at=AT) is None
