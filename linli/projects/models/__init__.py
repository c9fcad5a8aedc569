"""Nouns of project money."""

from linli.projects.models.money import Allocation, Expenditure, Receipt, Return
from linli.projects.models.project import BudgetLine, FundSource, Programme, Project
from linli.projects.models.proof import Acceptance, Audit, Gate, Statement

__all__ = [
    "Acceptance",
    "Allocation",
    "Audit",
    "BudgetLine",
    "Expenditure",
    "FundSource",
    "Gate",
    "Programme",
    "Project",
    "Receipt",
    "Return",
    "Statement",
]
