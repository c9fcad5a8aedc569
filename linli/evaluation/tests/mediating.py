"""A year's mediation for the measures: one agreement performed and confirmed, one that fails."""

from __future__ import annotations

from datetime import timedelta

from linli.mediation.confirming import ask_court, record_court
from linli.mediation.ending import fail
from linli.mediation.models import Instalment
from linli.mediation.performing import perform
from linli.mediation.tests.table import AT, accepted, day, feng, in_force
from tests.cast import Village


def mediate(village: Village) -> None:
    """One dispute settled, confirmed by the court and performed in full; another without agreement."""
    agreement, later = in_force(village), AT + timedelta(days=45)
    for one in Instalment.objects.filter(agreement=agreement).select_related("agreement__mediation__case"):
        perform(instalment=one, on=day(9), remark="当面付清", by=feng(village), at=later)
    ask_court(agreement=agreement, court="清溪区人民法院", on=day(10), by=feng(village), at=later)
    record_court(agreement=agreement, state="confirmed", on=day(20), by=feng(village), at=later)
    fail(mediation=accepted(village), reason="分歧太大", by=feng(village), at=later)
