"""What applications are found by: number, item, applicant and address, plain answers. Nothing sealed, nothing of P3."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.finding.indexing import Findable, Row
from linli.services.answering import texts
from linli.services.declared import ServiceItem
from linli.services.models import Application

KIND = "cases.case"


def drawn(application: Application) -> Row:
    """The row of an application's case, at the case's data class."""
    case, sheet = application.case, application.sheet
    who = [case.person.name, case.person.address] if case.person else []
    found = [case.number, sheet.name.zh, sheet.short.zh, *who, *texts(sheet, application.answers)]
    return Row(case.pk, case.region_id, case.data_class, tuple(found))


def rows() -> QuerySet[Application]:
    """Applications whose answers have not been erased."""
    return Application.objects.get_queryset().filter(erased_at=None).select_related("case__person", "item")


def texts_of_item(sheet: ServiceItem) -> list[str]:
    """What an item of the catalogue is found by: its names, what comes of it, the papers it asks for."""
    papers = [material.name.zh for material in sheet.materials]
    code = sheet.code.replace("_", " ")
    return [sheet.name.zh, sheet.short.zh, sheet.name.en, code, sheet.result.zh, *papers]


FINDABLES = (Findable("services.application", KIND, rows, drawn, version=2),)
