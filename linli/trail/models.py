"""Rows of the trail. All are append-only; triggers of the same meaning stand behind them on both engines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """An act that left no passage: who did what to which row, when, in which post, for which place."""

    APPEND_ONLY: ClassVar[bool] = True

    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12)
    region = models.CharField(max_length=12)
    data_class = models.CharField(max_length=2, default="P0")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["region", "-id"], name="audit_by_region"),
            models.Index(fields=["kind", "key", "-id"], name="audit_by_row"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind}:{self.key}"


class LedgerHead(models.Model):
    """The last entry of one region's chain; its row is the lock under which the chain grows."""

    region = models.CharField(max_length=12, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.region}#{self.sequence}"


class LedgerEntry(models.Model):
    """One official row's digest in the chain of the region that owns the act (see ``verifying`` for the rule)."""

    APPEND_ONLY: ClassVar[bool] = True

    region = models.CharField(max_length=12)
    sequence = models.BigIntegerField()
    at = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    row_key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10, default="sha256")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "sequence"], name="one_entry_per_sequence"),
        ]
        indexes = [models.Index(fields=["kind", "row_key"], name="ledger_by_row")]

    def __str__(self) -> str:
        return f"{self.region}#{self.sequence} {self.kind}:{self.row_key}"


class Checkpoint(models.Model):
    """A signed Merkle root over a region's chain up to ``sequence``."""

    APPEND_ONLY: ClassVar[bool] = True

    region = models.CharField(max_length=12)
    sequence = models.BigIntegerField()
    root = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    made_at = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "sequence"], name="one_checkpoint_per_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.region}#{self.sequence} {self.root[:12]}"
