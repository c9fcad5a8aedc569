"""Readings, goals, evaluations and their scores. Every row is appended; what follows is a new row."""

from linli.evaluation.models.evaluation import EVALUATION_KINDS, Actual, Claim, Evaluation, Finding
from linli.evaluation.models.goal import DeclaredIndicator, GoalApproval, GoalDeclaration
from linli.evaluation.models.reading import READ, READING_KINDS, EvidenceList, Reading, new_key
from linli.evaluation.models.score import Mark, Score, Submission

__all__ = [
    "EVALUATION_KINDS",
    "READ",
    "READING_KINDS",
    "Actual",
    "Claim",
    "DeclaredIndicator",
    "Evaluation",
    "EvidenceList",
    "Finding",
    "GoalApproval",
    "GoalDeclaration",
    "Mark",
    "Reading",
    "Score",
    "Submission",
    "new_key",
]
