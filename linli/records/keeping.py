"""Taking a file in, opening it, and naming what it proves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.records import images, papers, storing
from linli.records.limits import limits, require_size
from linli.records.models import CLASSES, SENSITIVE, Document, Evidence, StoredFile
from linli.records.naming import clean_name
from linli.records.sniffing import PDF, PHOTOS, sniff
from linli.trail.writing import act, append, note


def _admitted(content: bytes) -> tuple[bytes, str, list[str]]:
    """The bytes to store, their type and remarks; refuses what is too large, unknown or harmful."""
    allowed = limits()
    require_size(len(content), allowed.archive_bytes)
    media_type = sniff(content)
    if media_type in PHOTOS:
        require_size(len(content), allowed.photo_bytes)
        return images.renewed(content, media_type), media_type, []
    if media_type != "application/zip":
        require_size(len(content), allowed.paper_bytes)
    return content, media_type, papers.examine(content) if media_type == PDF else []


@dataclass(frozen=True)
class Incoming:
    """A file as it came in. ``kind`` is the caller's word for the paper; without a title its name stands for one."""

    content: bytes
    name: str
    kind: str
    title: str = ""


def _stored(wanted: Mapping[str, tuple[bytes, str]], at: datetime) -> dict[str, StoredFile]:
    """Bytes first, then the rows, by hash. Writing a row locks it and takes an erasure back; under that lock the
    bytes are looked at again, since an erasure may have just taken them away."""
    rows = [
        StoredFile(sha256=sha256, size=len(content), media_type=media_type, created_at=at)
        for sha256, (content, media_type) in sorted(wanted.items())
    ]
    kept = StoredFile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sha256"], update_fields=["erased_at"]
    )
    for content, _ in wanted.values():
        storing.write(content)
    return {row.sha256: row for row in kept}


@act
def keep_all(
    files: Sequence[Incoming],
    *,
    region: str,
    data_class: str,
    retain_until: date | None,
    by: Actor,
    at: datetime,
    person_key: str = "",
) -> list[Document]:
    """Keep files that came in together, in their order. A file's type is read from its content; photos are written
    anew without position and metadata.

    ``region`` is a 12-digit code, ``data_class`` P0 to P4, ``retain_until`` the last day they are kept (``None``: for
    good). Raises ``Said("records....")`` with a sentence for every file that is not taken; then none is.
    """
    if data_class not in CLASSES:
        raise Said("records.unknown_class", data_class=data_class)
    admitted = [_admitted(file.content) for file in files]
    hashes = [storing.write(content) for content, _, _ in admitted]
    wanted = {sha256: (one[0], one[1]) for sha256, one in zip(hashes, admitted, strict=True)}
    stored = _stored(wanted, at)
    rows = []
    for file, sha256, (_, media_type, remarks) in zip(files, hashes, admitted, strict=True):
        shown = clean_name(file.name, media_type)
        rows.append(
            Document(
                title=(file.title.strip() or shown)[:120],
                name=shown,
                kind=file.kind,
                file=stored[sha256],
                sha256=sha256,
                region=region,
                data_class=data_class,
                person_key=person_key,
                remarks=remarks,
                retain_until=retain_until,
                kept_by=by.actor_word,
                kept_post=by.post,
                kept_at=at,
            )
        )
    documents = Document.objects.bulk_create(rows)
    for document in documents:
        _note("records.keep", document, by, at, {"kind": document.kind, "sha256": document.sha256})
    return documents


@act
def keep(
    *,
    content: bytes,
    name: str,
    kind: str,
    region: str,
    data_class: str,
    retain_until: date | None,
    by: Actor,
    at: datetime,
    title: str = "",
    person_key: str = "",
) -> Document:
    """Keep one file, as ``keep_all`` does."""
    [document] = keep_all(
        [Incoming(content, name, kind, title)],
        region=region,
        data_class=data_class,
        retain_until=retain_until,
        by=by,
        at=at,
        person_key=person_key,
    )
    return document


def _note(verb: str, document: Document, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    note(
        verb=verb, kind="records.document", key=document.key, region=document.region, by=by, at=at,
        data_class=document.data_class, facts=facts,
    )  # fmt: skip


@act
def open_file(*, document: Document, by: Actor, at: datetime, through: str = "") -> bytes:
    """The bytes of a document, checked against their hash. Opening sensitive papers (P3, P4) is noted.

    ``through`` is the word of a row (such as ``case:NUMBER``) by which the calling room has already let the actor
    in; without it the document itself must be visible to the actor. Raises ``records.not_visible``,
    ``records.erased``, ``records.bytes_lost`` and ``records.bytes_changed``.
    """
    if not through and not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise Said("records.not_visible")
    if document.is_erased or document.file is None:
        raise Said("records.erased")
    content = storing.read(document.file.sha256)
    if document.data_class in SENSITIVE:
        _note("records.open", document, by, at, {"through": through})
    return content


@act
def attach(
    *,
    document: Document,
    about: str,
    kind: str,
    by: Actor,
    at: datetime,
    period_from: date | None = None,
    period_to: date | None = None,
) -> Evidence:
    """Name a document as evidence of a row, for a period of days (both included). The ledger keeps its hash.

    Attaching the same document to the same row as the same kind again gives the evidence that is there.
    """
    if document.is_erased:
        raise Said("records.erased")
    if period_from and period_to and period_to < period_from:
        raise Said("records.period_order", field="period_to")
    evidence, is_new = Evidence.objects.get_or_create(
        document=document,
        about=about,
        kind=kind,
        defaults={
            "period_from": period_from,
            "period_to": period_to,
            "attached_by": by.actor_word,
            "attached_at": at,
        },
    )
    if is_new:
        content: dict[str, object] = {
            "document": document.key,
            "sha256": document.sha256,
            "about": about,
            "kind": kind,
            "period": [day.isoformat() if day else "" for day in (period_from, period_to)],
        }
        append(region=document.region, kind="records.evidence", row_key=evidence.pk, content=content, at=at)
    return evidence
