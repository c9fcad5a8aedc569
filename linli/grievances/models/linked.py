"""What is linked to a grievance: who joined it, its group, texts for everybody, referrals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.grievances.models.told import Grievance
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Building, Region


class Joining(models.Model):
    """Somebody else has the same trouble (我也遇到): no case of their own, every answer of this one."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"channel": "P1", "actor": "P2"}

    grievance = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="joinings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grievance", "person"], name="joined_once_per_person")]

    def __str__(self) -> str:
        return f"joined {self.grievance_id}"


class GroupDemandQuerySet(models.QuerySet["GroupDemand"]):
    """Group demands."""

    def visible_to(self, actor: Actor) -> GroupDemandQuerySet:
        """Those of which the actor may open at least one case: what is hidden case by case stays hidden together."""
        return self.filter(
            models.Exists(Grievance.objects.visible_to(actor).filter(group=models.OuterRef("pk")))
        )


class GroupDemand(models.Model):
    """Several persons, one class, one place, within days (群体诉求): the row that links their cases."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"number": "P1", "class_code": "P1", "spot": "P2"}

    number = models.CharField(max_length=40, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=10)
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=80, blank=True)
    main = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    raised_on = models.DateField()
    persons = models.PositiveIntegerField()
    cases = models.PositiveIntegerField()

    objects = models.Manager.from_queryset(GroupDemandQuerySet)()

    def __str__(self) -> str:
        return self.number


class PublicReply(models.Model):
    """A text proposed for everybody: what the check found in it, who wrote it, who let it out or refused."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "text": "P2", "found": "P1", "proposed_by": "P2", "proposed_post": "P1", "decided_by": "P2", "decided_post": "P1",
        "reason": "P2",
    }  # fmt: skip

    grievance = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="public_replies")
    text = models.TextField()
    found = models.JSONField(default=list, help_text="kinds of places the check asks a person to look at")
    proposed_by = models.CharField(max_length=60)
    proposed_post = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_post = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_released = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grievance"], condition=Q(decided_at=None), name="one_open_public_reply"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"public reply of {self.grievance_id}"


class Referral(models.Model):
    """Handed on to a body that can help (转介): legal aid or assistance, with consent, until its outcome is known."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "kind": "P3", "body": "P3", "purpose": "P3", "actor": "P2", "outcome": "P3", "note": "P3",
    }  # fmt: skip

    grievance = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=30)
    body = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=60)
    follow_up_on = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"referral of {self.grievance_id}"

    def is_overdue(self, on: date) -> bool:
        """Nobody asked after it by the day set."""
        return self.closed_on is None and self.follow_up_on < on
