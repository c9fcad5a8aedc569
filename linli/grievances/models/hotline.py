"""Orders of the hotline above (12345) and the batches they came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.grievances.models.told import Grievance
from linli.places.models import Region


class HotlineBatch(models.Model):
    """One import of orders from the hotline above: its file's digest, and what it did."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"name": "P1", "digest": "P0", "actor": "P2", "faults": "P1"}

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=60)
    filed = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    faults = models.JSONField(default=list, help_text="sheet, row, column and code of each row left out")

    def __str__(self) -> str:
        return f"batch {self.pk}"


class HotlineOrder(models.Model):
    """An order of the hotline above (12345): its own number, deadline and rates beside ours."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P1", "caller": "P2", "phone_sealed": "P2", "return_reason": "P2", "answer": "P2",
    }  # fmt: skip

    grievance = models.OneToOneField(
        Grievance, primary_key=True, on_delete=models.PROTECT, related_name="order"
    )
    number = models.CharField(max_length=40, unique=True)
    called_at = models.DateTimeField()
    their_due_at = models.DateTimeField()
    their_due_on = models.DateField()
    caller = models.CharField(max_length=60, blank=True)
    phone_sealed = models.TextField(blank=True)
    batch = models.ForeignKey(
        HotlineBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    answered_back_at = models.DateTimeField(null=True, blank=True)
    answered_back_in_time = models.BooleanField(null=True, blank=True)
    is_responded = models.BooleanField(null=True, blank=True)
    is_resolved = models.BooleanField(null=True, blank=True)
    is_satisfied = models.BooleanField(null=True, blank=True)
    rated_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number
