"""What the clock tells: filings not handed in, contracts near the day by which renewal must be refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from linli.notices.leaving import leave
from linli.notices.models import Notice
from linli.people.actors import Actor
from linli.property.models import Contract, ContractEvent, OwnersCommittee
from linli.trail.writing import act

AHEAD = timedelta(days=7)
CONTRACT_AHEAD = timedelta(days=30)


@act
def remind(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Tell the residents' committee of filings due within a week or overdue, and of contracts whose notice day nears.

    Each is told once: the notice's own link says what was told. Returns how many notices were left.
    """
    today = timezone.localdate(at)
    told = 0
    near = OwnersCommittee.objects.unfiled().filter(filing_due_on__lte=today + AHEAD)
    for row in near.select_related("assembly__estate")[:limit]:
        state = "overdue" if row.filing_due_on < today else "near"
        values = {"estate": row.assembly.estate.name, "due": row.filing_due_on}
        place = row.assembly.estate.community_id
        told += _once("property.filing_due", f"committee:{row.key}:{state}", place, values, by, at)
    followed = ContractEvent.objects.filter(contract=OuterRef("pk"))
    ending = Contract.objects.running(today).filter(~Exists(followed), notice_by__lte=today + CONTRACT_AHEAD)
    for contract in ending.select_related("company")[:limit]:
        values = {"company": contract.company.name, "due": contract.notice_by, "ends": contract.to_on}
        told += _once(
            "property.contract_ends", f"contract:{contract.number}", contract.region_id, values, by, at
        )
    return told


def _once(template: str, link: str, place: str, values: dict[str, object], by: Actor, at: datetime) -> int:
    if Notice.objects.filter(template=template, link=link).exists():
        return 0
    leave(template=template, values=values, link=link, by=by, at=at, to_post=("committee_director", place))
    return 1
