"""The nouns of mediation, by what they belong to."""

from linli.mediation.models.dispute import (
    LEAD_RIGHT,
    ORIGINS,
    SUPERVISE_RIGHT,
    WORK_RIGHT,
    Agent,
    Mediation,
    Party,
    Seat,
    Tie,
)
from linli.mediation.models.outcome import Agreement, Instalment, Revisit
from linli.mediation.models.talks import Paper, Session, Signature, Statement

__all__ = [
    "LEAD_RIGHT", "ORIGINS", "SUPERVISE_RIGHT", "WORK_RIGHT", "Agent", "Agreement", "Instalment", "Mediation", "Paper",
    "Party", "Revisit", "Seat", "Session", "Signature", "Statement", "Tie",
]  # fmt: skip
