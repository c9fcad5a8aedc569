"""A closed file is sealed: out of every list and out of the index, opened only with a purpose and a trace."""

from __future__ import annotations

from datetime import datetime

from linli.finding.indexing import drop
from linli.ground.said import Said
from linli.mediation.models import LEAD_RIGHT, SUPERVISE_RIGHT, Mediation
from linli.mediation.seating import noted
from linli.people.actors import Actor
from linli.trail.writing import act, append

SHORTEST_PURPOSE = 4
SEALED_CLASS = "P4"


def seal_up(mediation: Mediation, *, by: Actor, at: datetime) -> None:
    """Seal a closed mediation: the case itself becomes restricted (P4), so that no general list or page shows it."""
    case = mediation.case
    mediation.sealed_at = at
    mediation.save(update_fields=["sealed_at"])
    case.data_class = SEALED_CLASS
    case.save(update_fields=["data_class"])
    drop(kind="cases.case", key=case.pk, by=by, at=at)
    append(
        region=case.region_id,
        kind="mediation.seal",
        row_key=case.number,
        content={"case": case.number, "result": mediation.result, "on": str(mediation.ended_on)},
        at=at,
    )


def reader_kind(mediation: Mediation, by: Actor) -> str:
    """As what an actor opens a sealed file: mediator, head or supervisor; empty where it may not."""
    if not Mediation.objects.sealed_for(by).filter(pk=mediation.pk).exists():
        return ""
    if mediation.seats.filter(person=by.person_id, ended_at=None).exists():
        return "mediator"
    return "head" if by.may(LEAD_RIGHT) else "supervisor" if by.may(SUPERVISE_RIGHT) else ""


@act
def open_sealed(*, mediation: Mediation, purpose: str, by: Actor, at: datetime) -> Mediation:
    """Open a sealed file once: who, when, as what and for which purpose stay in the trail.

    Raises ``mediation.not_yours`` for anybody else, ``mediation.purpose_missing`` without a purpose in words.
    """
    kind = reader_kind(mediation, by)
    if not kind:
        raise Said("mediation.not_yours")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Said("mediation.purpose_missing", field="purpose")
    noted("mediation.open_sealed", mediation, by, at, {"as": kind, "purpose": purpose.strip()[:200]})
    return mediation


@act
def read_sealed(*, mediation: Mediation, what: str, by: Actor, at: datetime) -> Mediation:
    """Note each page or paper of a sealed file that is read after it was opened."""
    if not reader_kind(mediation, by):
        raise Said("mediation.not_yours")
    noted("mediation.read_sealed", mediation, by, at, {"what": what})
    return mediation
