"""Contracts with property companies and professional service bodies, what befalls them, and what is handed over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Estate, Region
from linli.records.models import Document

KINDS = ["property", "professional"]
EVENTS = ["renewed", "owners_end", "company_refuses", "ended", "handed_over"]


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts."""

    def within(self, first: str, last: str) -> ContractQuerySet:
        """Of a region's subtree."""
        return self.filter(region_id__gte=first, region_id__lte=last)

    def running(self, on: date) -> ContractQuerySet:
        """In force on a day: begun, not over, not ended early."""
        ended = ContractEvent.objects.filter(contract=OuterRef("pk"), kind="ended", on__lte=on)
        return self.filter(~Exists(ended), from_on__lte=on, to_on__gte=on)

    def visible_to(self, actor: Actor) -> ContractQuerySet:
        """Registers of the place for posts that read them; the contracts of one's own body."""
        allowed = Q(pk__in=[])
        if actor.may("property.read"):
            first, last = actor.span
            allowed |= Q(region_id__gte=first, region_id__lte=last)
        if actor.may("property.own") and actor.organisation_id:
            allowed |= Q(company=actor.organisation_id) | Q(client=actor.organisation_id)
        return self.filter(allowed)


class Contract(models.Model):
    """A service contract as signed; what comes later is a ``ContractEvent``.

    Area in hundredths of a square metre; ``fee_cents`` is fen per square metre and month for a property contract,
    fen for the whole term for a professional one. ``notice_by`` is the last day to say that it is not renewed.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P0", "kind": "P0", "subject": "P0", "terms": "P0", "private_terms": "P1", "actor": "P1", "notice_rule": "P0",
    }  # fmt: skip

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    estate = models.ForeignKey(Estate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(max_length=120)
    area_centiares = models.BigIntegerField(null=True, blank=True)
    fee_cents = models.BigIntegerField()
    terms = models.TextField(help_text="items and quality that everybody may read")
    private_terms = models.TextField(blank=True, help_text="what only the parties and their supervisors read")
    signed_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    notice_by = models.DateField()
    notice_rule = models.CharField(max_length=200)
    paper = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(ContractQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="contract_kind_known"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="contract_dates_in_order"),
            models.CheckConstraint(condition=Q(fee_cents__gte=0), name="contract_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(area_centiares=None) | Q(area_centiares__gt=0), name="contract_area_positive"
            ),
            models.CheckConstraint(
                condition=~Q(kind="property") | Q(estate__isnull=False), name="property_contract_has_estate"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ContractEvent(models.Model):
    """Something that befell a contract: renewed, notice of its end given by a side, ended, handed over."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "reason": "P1", "actor": "P1"}

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16)
    on = models.DateField()
    effect_on = models.DateField(help_text="day from which it holds: last day of service, first of renewal")
    is_timely = models.BooleanField(help_text="as early as the rule asks")
    reason = models.CharField(max_length=200, blank=True)
    renewed_by = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=EVENTS), name="contract_event_known")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.kind}"


class HandoverItem(models.Model):
    """A line of the handover list (移交清单) when a company leaves: what, how many, in which state, taken by whom."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "what": "P1",
        "state": "P1",
        "note": "P1",
        "taken_by": "P1",
        "actor": "P1",
    }

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="handover")
    what = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, help_text="whole, worn, missing")
    note = models.CharField(max_length=120, blank=True)
    taken_by = models.CharField(max_length=80, help_text="body that takes it over")
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["whole", "worn", "missing"]), name="handover_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.what}"
