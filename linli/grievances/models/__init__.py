"""The nouns of grievances."""

from linli.grievances.models.hotline import HotlineBatch, HotlineOrder
from linli.grievances.models.linked import GroupDemand, Joining, PublicReply, Referral
from linli.grievances.models.screening import Conflict, ConflictLook, ScreeningRound
from linli.grievances.models.told import Grievance, Revisit

__all__ = [
    "Conflict", "ConflictLook", "Grievance", "GroupDemand", "HotlineBatch", "HotlineOrder", "Joining", "PublicReply",
    "Referral", "Revisit", "ScreeningRound",
]  # fmt: skip
