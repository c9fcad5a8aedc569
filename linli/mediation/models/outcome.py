"""What was agreed, what was promised in it, and whether it was kept."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.mediation.models.dispute import Mediation, Party
from linli.places.models import Region
from linli.records.models import Document


class Agreement(models.Model):
    """What was agreed: written (人民调解法 art. 29) or oral with a record (art. 28); in force by art. 29 and 30."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "form": "P1", "facts": "P3", "terms": "P3", "performance": "P3", "number": "P1", "salt": "P0", "court": "P3",
        "court_state": "P1", "court_number": "P3",
    }  # fmt: skip

    mediation = models.OneToOneField(
        Mediation, primary_key=True, on_delete=models.PROTECT, related_name="agreement"
    )
    form = models.CharField(max_length=8, help_text="written or oral")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    facts = models.TextField(help_text="main facts, matters in dispute and each side's responsibility")
    terms = models.JSONField(default=list, help_text="the matters agreed, one text for each")
    performance = models.TextField(blank=True, help_text="way and deadline of performance")
    amount_cents = models.BigIntegerField(null=True, blank=True, help_text="fen agreed on")
    copies = models.PositiveSmallIntegerField(
        help_text="originals: one for each party and one for the committee"
    )
    salt = models.CharField(max_length=32)
    drafted_at = models.DateTimeField()
    effective_on = models.DateField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    is_performed_at_once = models.BooleanField(default=False)
    performed_on = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True, help_text="last day to ask the court together")
    confirm_reminded = models.PositiveSmallIntegerField(default=0)
    court_state = models.CharField(
        max_length=10, blank=True, help_text="asked, confirmed, rejected, withdrawn, waived"
    )
    court = models.CharField(max_length=80, blank=True)
    court_asked_on = models.DateField(null=True, blank=True)
    court_decided_on = models.DateField(null=True, blank=True)
    court_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "sequence"], name="one_agreement_per_number"),
            models.CheckConstraint(condition=Q(form__in=["written", "oral"]), name="agreement_form_known"),
            models.CheckConstraint(
                condition=Q(effective_on=None, effective_at=None, confirm_by=None)
                | Q(effective_on__isnull=False, effective_at__isnull=False, confirm_by__isnull=False),
                name="agreement_in_force_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(court_state__in=["", "asked", "confirmed", "rejected", "withdrawn", "waived"]),
                name="agreement_court_state_known",
            ),
            models.CheckConstraint(
                condition=Q(court_decided_on=None) | Q(court_decided_on__gte=F("court_asked_on")),
                name="court_decides_after_it_was_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["confirm_by"], condition=Q(court_state=""), name="agreement_by_confirmation")
        ]

    def __str__(self) -> str:
        return f"agreement {self.mediation_id}"


class InstalmentQuerySet(models.QuerySet["Instalment"]):
    """Instalments."""

    def waiting(self) -> InstalmentQuerySet:
        """Not done yet, of an agreement in force and a file still open."""
        return self.filter(
            done_on=None, agreement__effective_on__isnull=False, agreement__mediation__sealed_at=None
        )

    def overdue(self, *, on: date) -> InstalmentQuerySet:
        """Waiting past its day."""
        return self.waiting().filter(due_on__lt=on)

    def of(self, party: Party) -> InstalmentQuerySet:
        """Those a party owes or is owed."""
        return self.filter(Q(debtor=party) | Q(creditor=party))


class Instalment(models.Model):
    """One thing promised in an agreement: what, by whom to whom, until when; done when, and what proves it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"what": "P3", "remark": "P3"}

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    debtor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    proof = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=200, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    objects = models.Manager.from_queryset(InstalmentQuerySet)()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_instalment_per_number"),
            models.CheckConstraint(
                condition=Q(cents=None) | Q(cents__gt=0), name="instalment_amount_is_positive"
            ),
            models.CheckConstraint(condition=~Q(debtor=F("creditor")), name="nobody_owes_themselves"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="instalment_by_due")]

    def __str__(self) -> str:
        return f"instalment {self.agreement_id}.{self.number}"


class Revisit(models.Model):
    """A revisit after the agreement (回访): planned for a day, then made, with what was found."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"found": "P1", "text": "P3", "way": "P1", "actor": "P2"}

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="revisits")
    number = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    made_on = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=10, blank=True, help_text="visit, phone")
    found = models.CharField(max_length=10, blank=True, help_text="kept, partly, broken")
    text = models.TextField(blank=True)
    actor = models.CharField(max_length=60, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["mediation", "number"], name="one_mediation_revisit_per_number"),
            models.CheckConstraint(
                condition=Q(made_on=None, found="")
                | Q(made_on__isnull=False, found__in=["kept", "partly", "broken"]),
                name="revisit_made_has_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"revisit {self.mediation_id}.{self.number}"
