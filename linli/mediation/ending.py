"""How a mediation ends without agreement, is prolonged, and how a file is closed and sealed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.mediation.models import Instalment, Mediation
from linli.mediation.sealing import seal_up
from linli.mediation.seating import locked, noted, require_open, require_seat
from linli.mediation.telling import number_rule, sheet_of, tell_parties
from linli.people.actors import Actor
from linli.records.models import Document
from linli.trail.writing import act, append


@act
def extend(*, mediation: Mediation, days: int, by: Actor, at: datetime) -> Mediation:
    """Prolong the time to mediate with the consent of both sides, by at most the rule's days at once."""
    mediation = locked(mediation)
    require_seat(mediation, by)
    most = number_rule("extension_days", region=mediation.case.region_id, on=timezone.localdate(at))
    if not 0 < days <= most:
        raise Said("mediation.extension_range", field="days", most=most)
    words = MoveWords(verb="mediation.ending.extend", extend_days=days)
    advance(mediation.case, "extend", by=by, at=at, words=words)
    noted("mediation.extend", mediation, by, at, {"days": days})
    return mediation


@act
def fail(*, mediation: Mediation, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Mediation:
    """End without agreement (人民调解法 art. 26): the parties are told of the other routes; the file is sealed."""
    mediation = locked(mediation)
    require_seat(mediation, by)
    return _end(mediation, "fail", "failed", reason, by, at, seen)


@act
def stop(*, mediation: Mediation, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Mediation:
    """End because a party wishes it, at any time (art. 23)."""
    mediation = locked(mediation)
    require_open(mediation, by)
    if not mediation.parties.filter(Q(stop_asked_at__isnull=False) | Q(agrees=False)).exists():
        raise Said("mediation.nobody_stops")
    return _end(mediation, "stop", "stopped", reason, by, at, seen)


def _end(
    mediation: Mediation, move: str, result: str, reason: str, by: Actor, at: datetime, seen: int | None
) -> Mediation:
    if not reason.strip():
        raise Said("mediation.reason_missing", field="reason")
    advance(mediation.case, move, by=by, at=at, words=MoveWords(verb=f"mediation.ending.{move}", seen=seen))
    mediation.result, mediation.ended_on, mediation.ending = result, timezone.localdate(at), reason.strip()
    mediation.save(update_fields=["result", "ended_on", "ending"])
    tell_parties(mediation, "ended", by=by, at=at, result=sheet_of(mediation).title_of("results", result).zh)
    seal_up(mediation, by=by, at=at)
    return mediation


@act
def close(
    *, mediation: Mediation, by: Actor, at: datetime, reason: str = "", seen: int | None = None
) -> Mediation:
    """Close an agreed mediation: performed in full, or not (then with a reason). Then its file is sealed."""
    mediation = locked(mediation)
    require_seat(mediation, by)
    waiting = Instalment.objects.filter(agreement__mediation=mediation, done_on=None).exists()
    if waiting and not reason.strip():
        raise Said("mediation.still_open", field="reason")
    move = "close_unperformed" if waiting else "close_performed"
    advance(mediation.case, move, by=by, at=at, words=MoveWords(verb="mediation.ending.close", seen=seen))
    mediation.ending = reason.strip()
    mediation.save(update_fields=["ending"])
    tell_parties(mediation, "closed", by=by, at=at)
    seal_up(mediation, by=by, at=at)
    return mediation


@act
def keep_file(*, mediation: Mediation, document: Document, by: Actor, at: datetime) -> Mediation:
    """Name the composed case file (one PDF) as the file of this mediation; the ledger keeps its hash.

    Before sealing by its mediators; afterwards by whoever may open the sealed file.
    """
    mediation = locked(mediation)
    if mediation.sealed_at is None:
        require_seat(mediation, by)
    elif not Mediation.objects.sealed_for(by).filter(pk=mediation.pk).exists():
        raise Said("mediation.not_yours")
    mediation.file, mediation.filed_on = document, timezone.localdate(at)
    mediation.save(update_fields=["file", "filed_on"])
    case = mediation.case
    append(
        region=case.region_id,
        kind="mediation.file",
        row_key=f"{case.number}#{document.key}",
        content={"case": case.number, "sha256": document.sha256, "on": mediation.filed_on.isoformat()},
        at=at,
    )
    return mediation
