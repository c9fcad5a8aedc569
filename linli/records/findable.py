"""What documents are found by: title and file name. The clock puts new ones in, so that handing in stays quick."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet

from linli.finding.indexing import Findable, Row, reindex
from linli.finding.models import Indexed
from linli.people.actors import Actor
from linli.records.models import Document
from linli.trail.writing import act

KIND = "records.document"


def drawn(document: Document) -> Row:
    """The row of a document, at its own data class."""
    name = document.name.rpartition(".")[0] or document.name
    return Row(document.pk, document.region, document.data_class, (document.title, name))


def rows() -> QuerySet[Document]:
    """Documents that have not been erased."""
    return Document.objects.at_hand()


DOCUMENTS = Findable("records.document", KIND, rows, drawn)
FINDABLES = (DOCUMENTS,)


@act
def put_new(*, by: Actor, at: datetime, most: int = 2000) -> int:
    """Make the documents findable that came in since the last time; returns how many."""
    last = Indexed.objects.of_kind(KIND).aggregate(last=Max("number"))["last"] or 0
    done, _ = reindex(findable=DOCUMENTS, after=max(0, last - 50), by=by, at=at, most=most)
    return done
