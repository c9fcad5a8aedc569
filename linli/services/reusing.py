"""A paper handed in once is offered again while it is valid (材料一次提交、多次复用)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from linli.ground.clock import month_later
from linli.ground.said import Said
from linli.people.models import Person
from linli.records.models import Document
from linli.services.declared import Material, ServiceItem


@dataclass(frozen=True)
class Paper:
    """A paper handed in under a material's code: fresh bytes, or a document that is already kept."""

    code: str
    name: str = ""
    content: bytes = b""
    document: Document | None = None


@dataclass(frozen=True)
class Earlier:
    """A kept paper that may be used again, and the last day on which it may."""

    code: str
    document: Document
    until: date


def earlier_papers(sheet: ServiceItem, person: Person, on: date) -> dict[str, Earlier]:
    """The newest kept paper of the person for every material of the sheet that allows it; one statement.

    A paper counts under the same material's code, whichever item it was handed in for; ``valid_months`` of the
    sheet counts from the day it was kept. Only for the person and for staff who fill in for them.
    """
    wanted = {m.code: m for m in sheet.materials if m.valid_months and m.source != "shared"}
    if not wanted:
        return {}
    rows = Document.objects.at_hand().filter(person_key=person.key, kind__in=wanted).select_related("file")
    found: dict[str, Earlier] = {}
    for row in rows.order_by("pk"):
        until = valid_until(wanted[row.kind], row)
        if until >= on:
            found[row.kind] = Earlier(row.kind, row, until)
    return found


def valid_until(material: Material, document: Document) -> date:
    """The last day on which a kept paper stands for the material."""
    return month_later(timezone.localdate(document.kept_at), material.valid_months)


def require_reusable(sheet: ServiceItem, person: Person, papers: Sequence[Paper], on: date) -> None:
    """Refuse a kept paper that is another person's, of another kind, erased, or no longer valid."""
    for paper in papers:
        document = paper.document
        if document is None:
            continue
        material = sheet.material(paper.code)
        is_own = document.person_key == person.key and document.kind == paper.code
        if not is_own or document.is_erased or not material.valid_months:
            raise Said("services.paper_not_yours", field=f"paper_{paper.code}")
        if valid_until(material, document) < on:
            raise Said("services.paper_not_yours", field=f"paper_{paper.code}")


def keep_longer(documents: Sequence[Document], until: date) -> None:
    """A paper used again is kept as long as the newest matter it serves."""
    keys = [row.pk for row in documents if row.retain_until is not None and row.retain_until < until]
    if keys:
        Document.objects.filter(pk__in=keys).update(retain_until=until)
