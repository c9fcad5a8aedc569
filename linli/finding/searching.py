"""Keys of the rows that answer a search, as subqueries for the doors.

``Case.objects.visible_to(actor).filter(pk__in=matching_keys("cases.case", text, inside=actor.place))`` is one statement:
what may be seen is decided by the room of the row, what was asked by the index.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from linli.finding.models import MOST, Indexed


def matching_keys(kind: str, text: str, *, inside: str = "", limit: int = MOST) -> QuerySet[Any, Any]:
    """Numbers (primary keys) of the newest rows of a kind that answer the text; for ``pk__in``."""
    found = Indexed.objects.matching(text, kind=kind, inside=inside, limit=limit)
    return found.filter(number__isnull=False).order_by().values("number")


def matching_words(kind: str, text: str, *, inside: str = "", limit: int = MOST) -> QuerySet[Any, Any]:
    """The same for rows whose key is a word, such as an edition's code; for ``code__in``."""
    return Indexed.objects.matching(text, kind=kind, inside=inside, limit=limit).order_by().values("key")
