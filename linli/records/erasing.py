"""Erasing documents: the bytes and every personal word go, the row that says so stays."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from linli.people.actors import Actor
from linli.records import storing
from linli.records.models import Document, StoredFile
from linli.trail.writing import act, note


def _discard(sha256: str) -> bool:
    """Delete bytes nobody uses any more. The row's lock keeps a new document of the same file from losing them."""
    with transaction.atomic():
        file = StoredFile.objects.select_for_update().get(sha256=sha256)
        return file.erased_at is not None and storing.remove(sha256)


@act
def erase(*, document: Document, by: Actor, at: datetime, reason: str) -> Document:
    """Erase a document: title, name, person and file. ``reason`` is a word such as ``retention`` or ``request``.

    The bytes are deleted after the commit, once no other document uses them; repeating the act changes nothing.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.file is None:
        return document
    file = StoredFile.objects.select_for_update().get(pk=document.file.pk)
    document.file = None
    document.title = document.name = document.person_key = ""
    document.erased_at, document.erased_for = at, reason
    document.save(update_fields=["file", "title", "name", "person_key", "erased_at", "erased_for"])
    if not file.documents.exists():
        file.erased_at = at
        file.save(update_fields=["erased_at"])
        transaction.on_commit(partial(_discard, file.sha256))
    note(
        verb="records.erase", kind="records.document", key=document.key, region=document.region, by=by, at=at,
        data_class=document.data_class, facts={"reason": reason, "kind": document.kind},
    )  # fmt: skip
    return document


@act
def erase_expired(*, by: Actor, at: datetime, most: int = 500) -> int:
    """Erase the documents whose last day has passed, ``most`` at a time; returns how many.

    Bytes that an interrupted erasure left behind are deleted as well.
    """
    expired = Document.objects.expired(timezone.localdate(at)).order_by("retain_until", "pk")[:most]
    count = 0
    for document in expired:
        erase(document=document, by=by, at=at, reason="retention")
        count += 1
    left = StoredFile.objects.filter(erased_at__isnull=False).order_by("-erased_at")
    for sha256 in left.values_list("sha256", flat=True)[:most]:
        if storing.place(sha256).exists():
            transaction.on_commit(partial(_discard, sha256))
    return count
