"""What moves money: allocation orders, receipts, spending entries, returns. Appended, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.projects.models.project import BudgetLine, FundSource, Project
from linli.records.models import Document


class Allocation(models.Model):
    """An order that hands money of a source from a level to the next (资金拨付文件), with its voucher.

    ``leaves_source`` marks the order by which the giving level lets the money go: those make up what is
    allocated; the others pass the same money on.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "order_number": "P0", "from_level": "P0", "to_level": "P0", "payer": "P0", "payee": "P0",
        "entered": "P0", "reference": "P0", "actor": "P1",
    }  # fmt: skip

    source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="allocations")
    key = models.CharField(max_length=40, unique=True)
    order_number = models.CharField(max_length=60, blank=True)
    from_level = models.CharField(max_length=12, blank=True)
    to_level = models.CharField(max_length=12, blank=True)
    payer = models.CharField(max_length=80)
    payee = models.CharField(max_length=80)
    amount_cents = models.BigIntegerField()
    on = models.DateField(null=True, blank=True)
    leaves_source = models.BooleanField()
    entered = models.CharField(max_length=10, default="recorded")
    reference = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="allocation_has_an_amount"),
            models.CheckConstraint(
                condition=Q(entered="stated") | Q(on__isnull=False), name="a_recorded_allocation_has_a_day"
            ),
            models.UniqueConstraint(
                fields=["source", "order_number"], condition=~Q(order_number=""), name="one_order_per_number"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Receipt(models.Model):
    """The unit confirms that money has arrived (到账确认): amount, day, bank receipt number."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"key": "P0", "bank_reference": "P1", "actor": "P1"}

    source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="receipts")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=40, unique=True)
    amount_cents = models.BigIntegerField()
    on = models.DateField()
    bank_reference = models.CharField(max_length=60, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="receipt_has_an_amount")]

    def __str__(self) -> str:
        return self.key


class ExpenditureQuerySet(models.QuerySet["Expenditure"]):
    """Spending entries."""

    def standing(self) -> ExpenditureQuerySet:
        """Entries that were not taken back by a red entry, and no red entries themselves."""
        red = Expenditure.objects.filter(corrects=models.OuterRef("pk"))
        return self.filter(~models.Exists(red), corrects=None)


class Expenditure(models.Model):
    """A spending entry: voucher, line, source, payee, purpose, invoice. A red entry takes one back, whole.

    Payee and item are accounting records with their own long retention; they stay out of the ledger's digest.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0", "voucher_number": "P1", "payee": "P2", "purpose": "P0", "item": "P1", "invoice_number": "P1",
        "invoice_key": "P1", "reason": "P1", "actor": "P1",
    }  # fmt: skip

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="expenditures")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=40, unique=True)
    on = models.DateField()
    voucher_number = models.CharField(max_length=40)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="expenditures")
    source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="expenditures")
    payee = models.CharField(max_length=80)
    purpose = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    amount_cents = models.BigIntegerField(help_text="negative in a red entry")
    invoice_number = models.CharField(max_length=60, blank=True)
    invoice_key = models.CharField(max_length=70, null=True, blank=True, unique=True)
    paper = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(ExpenditureQuerySet)()

    class Meta:
        ordering = ["project", "number"]
        indexes = [models.Index(fields=["on", "project"], name="expenditure_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_expenditure_per_number"),
            models.CheckConstraint(
                condition=Q(corrects=None, amount_cents__gt=0)
                | Q(corrects__isnull=False, amount_cents__lt=0),
                name="only_a_red_entry_is_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def word(self) -> str:
        """The word under which evidence names the entry."""
        return f"projects.expenditure:{self.key}"


class Return(models.Model):
    """Unspent balance given back: amount, day, order, to which level."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "key": "P0",
        "order_number": "P0",
        "to_level": "P0",
        "actor": "P1",
    }

    source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="returns")
    key = models.CharField(max_length=40, unique=True)
    amount_cents = models.BigIntegerField()
    on = models.DateField()
    order_number = models.CharField(max_length=60, blank=True)
    to_level = models.CharField(max_length=12)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="return_has_an_amount")]

    def __str__(self) -> str:
        return self.key
