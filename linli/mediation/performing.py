"""Performance: each thing promised is done with its proof, or reminded of; the parties are revisited."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.ground.said import Said
from linli.mediation.formulas import stage
from linli.mediation.models import Agreement, Instalment, Mediation, Paper, Revisit
from linli.mediation.seating import locked, require_seat
from linli.mediation.telling import stages_rule, tell_mediators, tell_parties, tell_party
from linli.people.actors import Actor
from linli.records.models import Document
from linli.trail.writing import act, append, note


@act
def perform(
    *,
    instalment: Instalment,
    on: date,
    by: Actor,
    at: datetime,
    proof: Document | None = None,
    remark: str = "",
) -> Instalment:
    """Record that a promised thing was done on a day, with the paper that proves it (or a remark how it is known)."""
    agreement = instalment.agreement
    mediation = locked(agreement.mediation)
    require_seat(mediation, by)
    if agreement.effective_on is None:
        raise Said("mediation.not_in_force")
    if instalment.done_on is not None:
        raise Said("mediation.done_already", number=instalment.number)
    if not agreement.effective_on <= on <= timezone.localdate(at):
        raise Said("mediation.day_order", field="on")
    if proof is None and not remark.strip():
        raise Said("mediation.proof_missing", field="proof")
    instalment.done_on, instalment.proof, instalment.remark = on, proof, remark.strip()
    instalment.save(update_fields=["done_on", "proof", "remark"])
    if proof is not None:
        Paper.objects.create(
            mediation=mediation, document=proof, chapter="receipts", at=at, actor=by.actor_word
        )
    case = mediation.case
    append(
        region=case.region_id,
        kind="mediation.performance",
        row_key=f"{case.number}#{instalment.number}",
        content={
            "case": case.number, "instalment": instalment.number, "on": on.isoformat(), "cents": instalment.cents,
            "proof": proof.sha256 if proof else "",
        },
        at=at,
    )  # fmt: skip
    if not agreement.instalments.filter(done_on=None).exists():
        Agreement.objects.filter(pk=agreement.pk).update(performed_on=on)
    return instalment


@act
def revisit(*, revisit: Revisit, found: str, text: str, way: str, by: Actor, at: datetime) -> Revisit:
    """Record a revisit made: whether the agreement is kept, kept in part, or broken, and what the parties said."""
    mediation = locked(revisit.mediation)
    require_seat(mediation, by)
    if revisit.made_on is not None:
        raise Said("mediation.revisited_already", number=revisit.number)
    if found not in ("kept", "partly", "broken"):
        raise Said("mediation.unknown_word", field="found", code=found)
    if not text.strip():
        raise Said("mediation.record_missing", field="text")
    revisit.made_on, revisit.found, revisit.text = timezone.localdate(at), found, text.strip()
    revisit.way, revisit.actor = way, by.actor_word
    revisit.save()
    case = mediation.case
    append(
        region=case.region_id,
        kind="mediation.revisit",
        row_key=f"{case.number}#{revisit.number}",
        content={"case": case.number, "revisit": revisit.number, "found": found, "on": str(revisit.made_on)},
        at=at,
    )
    return revisit


@act
def remind_due(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Remind of everything that is due or late: once for each stage, never twice for the same. Returns how many."""
    today = timezone.localdate(at)
    done = _remind_instalments(today, by, at, limit) + _remind_courts(today, by, at, limit)
    done += _remind_revisits(today, by, at, limit)
    if done:
        note(
            verb="mediation.remind_due", kind="mediation.mediation", key=today.isoformat(), region="", by=by, at=at,
            facts={"count": done},
        )  # fmt: skip
    return done


def _stages(mediation: Mediation, on: date) -> list[int]:
    return stages_rule("remind_days", region=mediation.case.region_id, on=on)


def _remind_instalments(today: date, by: Actor, at: datetime, limit: int) -> int:
    rows = (
        Instalment.objects.waiting()
        .select_related("agreement__mediation__case", "debtor__person")
        .order_by("due_on")
    )
    count = 0
    for row in rows[:limit]:
        mediation = row.agreement.mediation
        earned = stage(row.due_on, today, _stages(mediation, today))
        if earned <= row.reminded:
            continue
        row.debtor.mediation = mediation
        late = today > row.due_on
        tell_party(row.debtor, "overdue" if late else "due", by=by, at=at, count=row.number, due=row.due_on)
        if late:
            tell_mediators(mediation, "overdue", by=by, at=at, count=row.number, due=row.due_on)
        Instalment.objects.filter(pk=row.pk).update(reminded=earned)
        count += 1
    return count


def _remind_courts(today: date, by: Actor, at: datetime, limit: int) -> int:
    rows = Agreement.objects.filter(court_state="", confirm_by__gte=today, mediation__sealed_at=None)
    count = 0
    for row in rows.select_related("mediation__case").order_by("confirm_by")[:limit]:
        assert row.confirm_by is not None
        earned = stage(row.confirm_by, today, _stages(row.mediation, today))
        if earned > row.confirm_reminded:
            tell_parties(row.mediation, "confirm", by=by, at=at, due=row.confirm_by)
            Agreement.objects.filter(pk=row.pk).update(confirm_reminded=earned)
            count += 1
    return count


def _remind_revisits(today: date, by: Actor, at: datetime, limit: int) -> int:
    rows = Revisit.objects.filter(made_on=None, reminded=0, planned_on__lte=today, mediation__sealed_at=None)
    rows = rows.select_related("mediation__case").order_by("planned_on")
    count = 0
    for row in rows[:limit]:
        tell_mediators(row.mediation, "revisit", by=by, at=at, due=row.planned_on)
        Revisit.objects.filter(pk=row.pk).update(reminded=1)
        count += 1
    return count
