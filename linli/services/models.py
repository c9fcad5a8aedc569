"""An application's own facts beside its case, and what comes of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.people.models import Household, Person
from linli.people.sealing import unseal
from linli.places.models import Facility, Region
from linli.records.models import Document
from linli.rulebook.models import Edition, Rule
from linli.services.declared import ServiceItem, item_of

RowT = TypeVar("RowT", bound=models.Model)


class OfCase(models.QuerySet[RowT]):
    """Rows that belong to a case under the field ``case``."""

    def visible_to(self, actor: Actor) -> Self:
        """Those whose case the actor may open."""
        return self.filter(case__in=Case.objects.visible_to(actor))


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications."""

    def of(self, person: Person | int) -> ApplicationQuerySet:
        """Applications about a person."""
        return self.filter(case__person=person)

    def for_item(self, code: str) -> ApplicationQuerySet:
        """Applications for one item, in any edition."""
        return self.filter(case__subject=code)

    def closed(self) -> ApplicationQuerySet:
        """Whose case is closed."""
        return self.filter(case__closed_on__isnull=False)

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """Those whose case the actor may open (see ``Case.objects.visible_to``)."""
        return self.filter(case__in=Case.objects.visible_to(actor))


class ApplicationManager(models.Manager["Application"]):
    """Applications come with their case and item."""

    def get_queryset(self) -> ApplicationQuerySet:
        return ApplicationQuerySet(self.model, using=self._db).select_related("case", "item")

    def of(self, person: Person | int) -> ApplicationQuerySet:
        """Applications about a person."""
        return self.get_queryset().of(person)

    def for_item(self, code: str) -> ApplicationQuerySet:
        """Applications for one item, in any edition."""
        return self.get_queryset().for_item(code)

    def closed(self) -> ApplicationQuerySet:
        """Whose case is closed."""
        return self.get_queryset().closed()

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """Those whose case the actor may open."""
        return self.get_queryset().visible_to(actor)


class Application(models.Model):
    """What a person applied for, in which edition of the item, with the answers given (erasable)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "answers": "P3", "sources": "P1", "mandate": "P2", "mandate_note": "P2", "assisted_by": "P1", "decision": "P2",
        "reason_class": "P2",
    }  # fmt: skip

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, help_text="by question code; sealed answers are encrypted")
    sources = models.JSONField(default=dict, help_text="where a prefilled answer came from, by question code")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household_size = models.PositiveSmallIntegerField(null=True, blank=True)
    agent = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mandate = models.CharField(max_length=10, blank=True, help_text="written or recorded")
    mandate_note = models.CharField(max_length=200, blank=True)
    mandate_paper = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_urgent = models.BooleanField(default=False)
    needs_visit = models.BooleanField(default=False, help_text="the item asks for a visit to the home")
    is_assisted = models.BooleanField(default=False, help_text="entered by staff for the applicant")
    assisted_by = models.CharField(max_length=60, blank=True)
    read_back_at = models.DateTimeField(null=True, blank=True)
    requested_cents = models.BigIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, blank=True, help_text="granted, refused or empty")
    decided_on = models.DateField(null=True, blank=True)
    reason_class = models.CharField(max_length=30, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agent=None, mandate="")
                | Q(agent__isnull=False, mandate__in=["written", "recorded"]),
                name="an_agent_has_a_mandate",
            ),
            models.CheckConstraint(
                condition=Q(is_assisted=False) | Q(read_back_at__isnull=False) & ~Q(assisted_by=""),
                name="assisted_entry_was_read_back",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None)
                | Q(decision__in=["granted", "refused"], decided_on__isnull=False),
                name="a_decision_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(requested_cents=None) | Q(requested_cents__gte=0),
                name="requested_sum_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.case_id}"

    @property
    def sheet(self) -> ServiceItem:
        """The item as it stood when the application was filed."""
        return item_of(self.item)

    def answer(self, code: str) -> Any:
        """One answer in clear: only for pages that state their purpose. ``None`` where it was not given or erased."""
        value = self.answers.get(code)
        if isinstance(value, dict):
            return unseal(value["sealed"])
        return value


class Supplement(models.Model):
    """What was told to be handed in (一次性告知): everything at once. A second telling states the new fact."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"missing": "P2", "new_fact": "P2", "asked_by": "P1"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    missing = models.JSONField(help_text="material codes")
    new_fact = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(OfCase["Supplement"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_telling_per_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_on=None), name="one_open_telling_per_case"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(new_fact=""), name="told_again_only_for_a_new_fact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} told {self.number}"


class Visit(models.Model):
    """A visit to the home for an application; what was seen lies here, erasable, the ledger keeps its commitment."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"visitors": "P2", "found": "P3", "salt": "P0"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    visitors = models.JSONField(help_text="names of those who went")
    neighbours_asked = models.PositiveSmallIntegerField(default=0)
    agrees = models.BooleanField(help_text="what was seen agrees with the application")
    found = models.TextField()
    salt = models.CharField(max_length=32)

    objects = models.Manager.from_queryset(OfCase["Visit"])()

    def __str__(self) -> str:
        return f"visit {self.case_id} {self.on}"


class Grant(models.Model):
    """A sum granted, by which post, under which ceiling."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"cycle": "P2", "basis": "P0", "post": "P0", "actor": "P1"}

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()
    cycle = models.CharField(max_length=8, default="once", help_text="once or monthly")
    ceiling = models.ForeignKey(Rule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    post = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    on = models.DateField()
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(OfCase["Grant"])()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_grant_is_positive"),
            models.CheckConstraint(condition=Q(cycle__in=["once", "monthly"]), name="a_grant_has_a_cycle"),
        ]

    def __str__(self) -> str:
        return f"grant {self.case_id}"


class Payment(models.Model):
    """What was paid of a grant, when, under which reference of the payer."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"reference": "P2", "actor": "P1"}

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="payments")
    cents = models.BigIntegerField()
    paid_on = models.DateField()
    reference = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_payment_is_positive"),
            models.UniqueConstraint(fields=["grant", "reference"], name="one_payment_per_reference"),
        ]

    def __str__(self) -> str:
        return f"payment of {self.grant_id}"


class Certificate(models.Model):
    """A proof issued: public number and check code; the text is erasable, the ledger keeps its salted commitment."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P1", "kind": "P1", "body": "P2", "salt": "P0", "commitment": "P0", "issued_by": "P1", "post": "P0",
    }  # fmt: skip

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=40)
    body = models.TextField()
    salt = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)
    issued_by = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    valid_to = models.DateField()

    objects = models.Manager.from_queryset(OfCase["Certificate"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("issued_on")), name="certificate_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def check_code(self) -> str:
        """Eight signs printed beside the number: whoever reads both can have the paper verified."""
        return self.commitment[:8].upper()


class ProofRefusal(models.Model):
    """A proof asked for that may not be issued, and where the person was sent. Counts the burden, names nobody."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P0", "post": "P0", "actor": "P1"}

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    post = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["region", "on"], name="proof_refusal_by_region")]

    def __str__(self) -> str:
        return f"{self.kind} refused {self.on}"


class BookingQuerySet(OfCase["Booking"]):
    """Bookings."""

    def active(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def overlapping(self, facility: Facility, from_at: datetime, until_at: datetime) -> Self:
        """Active bookings of a facility that share a moment with a span (its end is free for the next)."""
        return self.active().filter(facility=facility, from_at__lt=until_at, until_at__gt=from_at)

    def on_day(self, facility: Facility, on: date) -> Self:
        """Active bookings of a facility on a local day."""
        return self.active().filter(facility=facility, on=on).order_by("from_at")


class Booking(models.Model):
    """A facility booked from a moment to a moment. Two active bookings never overlap (``booking_guard``)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"purpose": "P1"}

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    on = models.DateField()
    people = models.PositiveIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(BookingQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["facility", "from_at"], name="booking_by_facility")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="booking_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"booking {self.case_id}"


class LibraryCard(models.Model):
    """A reader's card. What is borrowed on it is the reader's own business (P2)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"number": "P2", "issued_by": "P1"}

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    guardian_agreed = models.BooleanField(default=False)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=60)
    valid_to = models.DateField()

    objects = models.Manager.from_queryset(OfCase["LibraryCard"])()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("issued_on")), name="card_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"
