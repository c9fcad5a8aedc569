"""Judicial confirmation (司法确认): both parties together, within the rule's days of the agreement's first day in force.

人民调解法 art. 33: thirty days. The day is counted here and nowhere else.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from linli.ground.clock import Due, due_day
from linli.ground.said import Said
from linli.mediation.models import Agreement
from linli.mediation.seating import locked, noted, require_seat
from linli.mediation.telling import number_rule, sheet_of
from linli.people.actors import Actor
from linli.rulebook.reading import calendar
from linli.trail.writing import act, append

ENDS = ("confirmed", "rejected", "withdrawn")


def countdown(*, region: str, effective_on: date) -> Due:
    """The last day to ask the court together, with its explanation; counted from the day the agreement came into force."""
    days = number_rule("confirmation_days", region=region, on=effective_on)
    return due_day(start=effective_on, days=days, unit="natural", calendar=calendar())


@act
def ask_court(*, agreement: Agreement, court: str, on: date, by: Actor, at: datetime) -> Agreement:
    """Record that both parties asked a court together, in time. Some matters no court confirms."""
    mediation = locked(agreement.mediation)
    require_seat(mediation, by)
    if agreement.effective_on is None or agreement.confirm_by is None:
        raise Said("mediation.not_in_force")
    if agreement.court_state:
        raise Said("mediation.court_asked_already")
    if not court.strip():
        raise Said("mediation.court_missing", field="court")
    if not agreement.effective_on <= on <= agreement.confirm_by:
        raise Said("mediation.court_too_late", field="on", due=agreement.confirm_by)
    agreement.court, agreement.court_asked_on, agreement.court_state = court.strip(), on, "asked"
    agreement.save(update_fields=["court", "court_asked_on", "court_state"])
    _entered(agreement, at)
    return agreement


@act
def waive_court(*, agreement: Agreement, reason: str, by: Actor, at: datetime) -> Agreement:
    """Record that no court is asked: the parties do not wish it (empty reason), or the matter is one no court confirms."""
    mediation = locked(agreement.mediation)
    require_seat(mediation, by)
    if agreement.court_state:
        raise Said("mediation.court_asked_already")
    if reason:
        sheet_of(mediation).title_of("unconfirmable", reason)
    agreement.court_state = "waived"
    agreement.save(update_fields=["court_state"])
    noted("mediation.waive_court", mediation, by, at, {"reason": reason})
    return agreement


@act
def record_court(
    *, agreement: Agreement, state: str, on: date, by: Actor, at: datetime, number: str = ""
) -> Agreement:
    """Record what the court decided, with its document's number."""
    require_seat(locked(agreement.mediation), by)
    if agreement.court_state != "asked" or agreement.court_asked_on is None:
        raise Said("mediation.court_not_asked")
    if state not in ENDS:
        raise Said("mediation.unknown_word", field="state", code=state)
    if on < agreement.court_asked_on:
        raise Said("mediation.day_order", field="on")
    agreement.court_state, agreement.court_decided_on, agreement.court_number = state, on, number.strip()
    agreement.save(update_fields=["court_state", "court_decided_on", "court_number"])
    _entered(agreement, at)
    return agreement


def court_due(agreement: Agreement) -> date | None:
    """The day by which the court should decide, while it is asked."""
    if agreement.court_state != "asked" or agreement.court_asked_on is None:
        return None
    days = number_rule("court_days", region=agreement.region_id, on=agreement.court_asked_on)
    return agreement.court_asked_on + timedelta(days=days)


def _entered(agreement: Agreement, at: datetime) -> None:
    case = agreement.mediation.case
    append(
        region=case.region_id,
        kind="mediation.court",
        row_key=f"{case.number}#{agreement.court_state}",
        content={
            "case": case.number, "state": agreement.court_state, "asked": str(agreement.court_asked_on),
            "decided": str(agreement.court_decided_on or ""),
        },
        at=at,
    )  # fmt: skip
