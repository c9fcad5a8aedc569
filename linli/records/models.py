"""Files, the documents that use them, and the evidence that documents are."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from linli.people.actors import Actor
from linli.people.models import Person

CLASSES = ("P0", "P1", "P2", "P3", "P4")
SENSITIVE = ("P3", "P4")


class StoredFile(models.Model):
    """Bytes once. The row stays when the bytes are erased, so that digests given elsewhere stay explained."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"sha256": "P0", "media_type": "P0"}

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="a_stored_file_is_not_empty"),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="a_stored_file_has_a_whole_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class DocumentQuerySet(models.QuerySet["Document"]):
    def at_hand(self) -> Self:
        """Not erased."""
        return self.filter(erased_at=None)

    def expired(self, on: date) -> Self:
        """Kept longer than their retention date allows."""
        return self.at_hand().filter(retain_until__lt=on)

    def visible_to(self, actor: Actor) -> Self:
        """Documents that the actor's role reaches by class and place, its own, and what it handed in itself.

        Reach "in hand" is decided by the case a document belongs to: the caller then opens it *through* that case.
        """
        first, last = actor.span
        reached = Q(kept_by=actor.actor_word)
        for data_class in CLASSES:
            reach = actor.sees(data_class)
            if reach == "all":
                reached |= Q(data_class=data_class)
            elif reach == "place":
                reached |= Q(data_class=data_class, region__gte=first, region__lte=last)
        if actor.person_id is not None:
            own = Person.objects.filter(Q(pk=actor.person_id) | Q(guardian_id=actor.person_id)).values("key")
            reached |= Q(person_key__in=own)
        return self.filter(reached)


def new_key() -> str:
    """A public word for a document that says nothing and cannot be guessed."""
    return secrets.token_hex(8)


class Document(models.Model):
    """A file with a title, a kind, a place, a data class and a day until which it is kept.

    Erasing empties title, name, person and file, and leaves who kept what kind of paper when.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "title": "P2", "name": "P2", "kind": "P0", "region": "P0", "data_class": "P0",
        "person_key": "P2", "sha256": "P0", "remarks": "P0", "kept_by": "P1", "kept_post": "P0", "erased_for": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=16, unique=True, default=new_key)
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64)
    region = models.CharField(max_length=12)
    data_class = models.CharField(max_length=2)
    person_key = models.CharField(max_length=16, blank=True)
    remarks = models.JSONField(
        default=list, help_text="words from looking into the file, e.g. embedded_files"
    )
    retain_until = models.DateField(null=True, help_text="none: kept for good")
    kept_by = models.CharField(max_length=60)
    kept_post = models.CharField(max_length=60)
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_for = models.CharField(max_length=60, blank=True)

    objects = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["region", "kind", "-id"], name="document_by_region"),
            models.Index(fields=["retain_until"], condition=Q(erased_at=None), name="document_by_retention"),
            models.Index(fields=["person_key"], condition=~Q(person_key=""), name="document_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(data_class__in=CLASSES), name="a_document_has_a_known_data_class"
            ),
            models.CheckConstraint(condition=Exact(Length("region"), 12), name="a_document_lies_in_a_region"),
            models.CheckConstraint(
                condition=Q(erased_at=None, file__isnull=False)
                | Q(erased_at__isnull=False, file=None, title="", name="", person_key=""),
                name="an_erased_document_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.key}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


class Evidence(models.Model):
    """A document proves something: about which row (a word such as ``projects.expenditure:NUMBER``), which period."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"about": "P0", "kind": "P0", "attached_by": "P1"}

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="evidence")
    about = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    attached_by = models.CharField(max_length=60)
    attached_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "kind"], name="evidence_by_row")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "about", "kind"], name="a_document_proves_a_thing_once"
            ),
            models.CheckConstraint(
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=F("period_from")),
                name="evidence_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.kind}"
