"""After the last life: nothing accepted is missing, nothing stands half, the ledger is whole. Prints JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db.models import Count, F  # noqa: E402

from linli.cases.models import Case, Hand, Passage  # noqa: E402
from linli.finding.models import Indexed  # noqa: E402
from linli.grievances.models import Grievance  # noqa: E402
from linli.notices.models import Notice  # noqa: E402
from linli.trail.models import LedgerEntry  # noqa: E402
from linli.trail.verifying import verify  # noqa: E402


def main() -> None:
    cases = Case.objects.filter(kind="grievances.grievance")
    half = {
        "case without grievance": cases.exclude(pk__in=Grievance.objects.values("pk")).count(),
        "case without holder": cases.exclude(pk__in=Hand.objects.values("case")).count(),
        "passages differ": cases.annotate(made=Count("passages")).exclude(made=F("passages_count")).count(),
        "passages without ledger": Passage.objects.count()
        - LedgerEntry.objects.filter(kind="cases.passage").count(),
        "case not findable": cases.count() - Indexed.objects.filter(kind="cases.case").count(),
        "notices differ": cases.count() - Notice.objects.filter(template="grievance.received").count(),
    }
    verdict = verify()
    json.dump(
        {
            "numbers": list(cases.values_list("number", flat=True)),
            "half": {name: count for name, count in half.items() if count},
            "ledger": verdict.ok,
            "fault": verdict.first_fault,
            "entries": verdict.entries,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
