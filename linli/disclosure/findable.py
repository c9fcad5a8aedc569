"""What publications are found by: title, item, and the words shown; all of it public."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.disclosure.declared import item_of
from linli.disclosure.models import Publication
from linli.finding.indexing import Findable, Row

KIND = "disclosure.publication"


def drawn(publication: Publication) -> Row:
    """The row of a publication."""
    shown = [row["value"]["zh"] for row in publication.body["rows"]]
    return Row(
        publication.pk,
        publication.region_id,
        "P0",
        (publication.title, item_of(publication.item).title.zh, *shown),
    )


def rows() -> QuerySet[Publication]:
    """All publications; who may still see one is decided by the page."""
    return Publication.objects.select_related("item")


FINDABLES = (Findable("disclosure.publication", KIND, rows, drawn),)
