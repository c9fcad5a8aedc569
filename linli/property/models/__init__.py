"""Nouns of owners and property."""

from linli.property.models.contracts import Contract, ContractEvent, HandoverItem
from linli.property.models.owners import CommitteeMember, Filing, OwnersAssembly, OwnersCommittee
from linli.property.models.supervision import Finding, Inspection, Mark, Recheck, Rectification

__all__ = [
    "CommitteeMember",
    "Contract",
    "ContractEvent",
    "Filing",
    "Finding",
    "HandoverItem",
    "Inspection",
    "Mark",
    "OwnersAssembly",
    "OwnersCommittee",
    "Recheck",
    "Rectification",
]
