"""The programme, the project with its facts, its budget lines and its sources of money with running totals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region
from linli.projects.formulas import Account
from linli.rulebook.models import Edition, PolicyDocument


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes."""

    def open_to(self, region: str, on: date) -> ProgrammeQuerySet:
        """Programmes that a region may apply under on a day."""
        chain = [region[:length].ljust(12, "0") for length in (2, 4, 6, 9, 12)]
        return self.filter(
            Q(apply_until=None) | Q(apply_until__gte=on), region_id__in=chain, announced_on__lte=on
        )


class Programme(models.Model):
    """A notice that calls for projects (试点通知): policy document, year, batch, quota, and the fund that pays."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"code": "P0", "title": "P0", "level": "P0"}

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    policy = models.ForeignKey(
        PolicyDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", help_text="where the issuer stands"
    )
    level = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    batch = models.PositiveSmallIntegerField(null=True, blank=True)
    quota = models.PositiveIntegerField(null=True, blank=True, help_text="projects that may be approved")
    fund = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announced_on = models.DateField(null=True, blank=True)
    apply_until = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(ProgrammeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["region", "-id"], name="programme_by_region")]

    def __str__(self) -> str:
        return self.title


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects, with their case."""

    def visible_to(self, actor: Actor) -> ProjectQuerySet:
        """Project files an actor may open: the right to read them, inside its place (domain §3.6)."""
        if not actor.may("projects.read"):
            return self.none()
        first, last = actor.span
        return self.filter(case__region_id__gte=first, case__region_id__lte=last)

    def public(self) -> ProjectQuerySet:
        """Projects that were published: what the portal and everybody may see (P0)."""
        return self.filter(published_on__isnull=False)

    def within(self, first: str, last: str) -> ProjectQuerySet:
        """Projects of a region's subtree, by index range."""
        return self.filter(case__region_id__gte=first, case__region_id__lte=last)

    def recorded(self) -> ProjectQuerySet:
        """Projects whose course was recorded here, not entered from a report about the past."""
        return self.filter(entered="recorded")

    def carrying_out(self) -> ProjectQuerySet:
        """Projects that have money and are not finished."""
        return self.filter(first_received_on__isnull=False, closed_on=None)


class Project(models.Model):
    """A project paid by public money: what it is for, what it promises, and how far it is. Its course is its case.

    ``entered`` says whether its course was ``recorded`` here or is ``stated`` by a report; what a report leaves
    open is null or empty here and its field's word stands in ``not_stated``.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "code": "P0", "name": "P0", "unit_name": "P0", "themes": "P0", "purpose": "P0", "need": "P1", "content": "P0",
        "general_goals": "P0", "yearly_goal": "P0", "beneficiaries": "P0", "risks": "P1", "upkeep": "P1",
        "entered": "P0", "not_stated": "P0", "references": "P0", "approved_number": "P0", "stated_from": "P0",
    }  # fmt: skip

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=80)
    themes = models.JSONField(default=list)
    purpose = models.TextField(blank=True)
    need = models.TextField(blank=True)
    content = models.TextField(blank=True)
    general_goals = models.JSONField(default=list)
    yearly_goal = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    beneficiaries = models.PositiveIntegerField(null=True, blank=True)
    risks = models.TextField(blank=True)
    upkeep = models.TextField(blank=True)
    budget_cents = models.BigIntegerField(null=True, blank=True, help_text="sum of its budget lines")

    entered = models.CharField(max_length=10, default="recorded")
    stated_from = models.CharField(
        max_length=60, blank=True, help_text="code of the sheet it was entered from"
    )
    not_stated = models.JSONField(default=list, help_text="words of the fields a report leaves open")
    references = models.JSONField(default=dict, help_text="field word to the reference it was taken from")

    approved_on = models.DateField(null=True, blank=True)
    approved_number = models.CharField(max_length=60, blank=True)
    first_received_on = models.DateField(null=True, blank=True)
    first_spent_on = models.DateField(null=True, blank=True)
    first_spending_delay_days = models.IntegerField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(ProjectQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["year", "case"], name="project_by_year"),
            models.Index(fields=["approved_on"], name="project_by_approval"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_project_per_code"),
            models.UniqueConstraint(
                fields=["stated_from"], condition=~Q(stated_from=""), name="a_report_enters_a_project_once"
            ),
            models.CheckConstraint(
                condition=Q(entered__in=["recorded", "stated"]), name="project_entered_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(budget_cents=None) | Q(budget_cents__gte=0), name="project_budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def region_code(self) -> str:
        """The 12-digit code of its community."""
        return self.case.region_id

    @property
    def is_stated(self) -> bool:
        """Entered from a report about the past."""
        return self.entered == "stated"


class BudgetLine(models.Model):
    """A line of the budget with its purpose. Never more is spent on it than its amount: the database holds it."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"title": "P0", "purpose": "P0", "basis": "P1"}

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=200, blank=True, help_text="how the amount was reckoned")
    applied_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField(help_text="as approved; before approval as applied for")
    spent_cents = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_budget_line_per_number"),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(
                condition=Q(spent_cents__gte=0, spent_cents__lte=F("amount_cents")),
                name="no_spending_above_the_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def left_cents(self) -> int:
        """What may still be spent on the line, in fen."""
        return self.amount_cents - self.spent_cents


class FundSource(models.Model):
    """One source of one project: fund, level, year, batch, and the running totals of its money in fen.

    The checks are the three identities with no negative part: spent + returned ≤ received ≤ allocated ≤ approved.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {"level": "P0"}

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sources")
    number = models.PositiveSmallIntegerField()
    fund = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, help_text="level of government that gives the money")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    batch = models.PositiveSmallIntegerField(null=True, blank=True)
    applied_cents = models.BigIntegerField(null=True, blank=True)
    approved_cents = models.BigIntegerField(null=True, blank=True)
    allocated_cents = models.BigIntegerField(default=0)
    received_cents = models.BigIntegerField(default=0)
    spent_cents = models.BigIntegerField(default=0)
    returned_cents = models.BigIntegerField(default=0)
    approved_on = models.DateField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=0, help_text="how often its totals changed")

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_source_per_number"),
            models.CheckConstraint(
                condition=Q(
                    allocated_cents__gte=0, received_cents__gte=0, spent_cents__gte=0, returned_cents__gte=0
                ),
                name="source_totals_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(approved_cents=None) | Q(allocated_cents__lte=F("approved_cents")),
                name="allocated_within_approved",
            ),
            models.CheckConstraint(
                condition=Q(received_cents__lte=F("allocated_cents")), name="received_within_allocated"
            ),
            models.CheckConstraint(
                condition=Q(received_cents__gte=F("spent_cents") + F("returned_cents")),
                name="spent_and_returned_within_received",
            ),
        ]

    def __str__(self) -> str:
        return f"source {self.number} of {self.project_id}"

    @property
    def account(self) -> Account:
        """Its totals as the formulas take them."""
        return Account(
            self.approved_cents,
            self.allocated_cents,
            self.received_cents,
            self.spent_cents,
            self.returned_cents,
        )
