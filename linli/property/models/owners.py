"""Owners' assemblies and owners' committees of estates, their members and their filing with the street."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.people.models import Appointment, Organisation, Person
from linli.places.models import Estate

FUNDS = ["established", "none", "unknown"]
DUTIES = ["director", "deputy", "member", "alternate"]


class OwnersAssembly(models.Model):
    """The owners of an estate together (业主大会). Areas in hundredths of a square metre, so that shares are exact.

    ``fund`` may be ``none``: in resettlement housing often no maintenance fund was ever paid in.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {"fund": "P0", "note": "P1"}

    estate = models.OneToOneField(Estate, primary_key=True, on_delete=models.PROTECT, related_name="+")
    formed_on = models.DateField(null=True, blank=True)
    owners_count = models.PositiveIntegerField(null=True, blank=True)
    area_centiares = models.BigIntegerField(null=True, blank=True)
    convention_on = models.DateField(null=True, blank=True, help_text="管理规约 adopted")
    fund = models.CharField(
        max_length=12, default="unknown", help_text="维修资金: established, none, unknown"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fund__in=FUNDS), name="assembly_fund_known")]

    def __str__(self) -> str:
        return f"assembly of {self.estate_id}"


class OwnersCommitteeQuerySet(models.QuerySet["OwnersCommittee"]):
    """Owners' committees."""

    def within(self, first: str, last: str) -> OwnersCommitteeQuerySet:
        """Of the estates of a region's subtree."""
        return self.filter(
            assembly__estate__community_id__gte=first, assembly__estate__community_id__lte=last
        )

    def in_term(self, on: date) -> OwnersCommitteeQuerySet:
        """Whose term runs on a day."""
        return self.filter(term_from__lte=on, term_to__gte=on)

    def unfiled(self) -> OwnersCommitteeQuerySet:
        """Whose election was not filed yet: neither handed in nor accepted."""
        filed = Filing.objects.filter(committee=OuterRef("pk"), what="election").exclude(
            case__outcome="refused"
        )
        return self.filter(~Exists(filed))

    def filing_overdue(self, *, on: date) -> OwnersCommitteeQuerySet:
        """Not filed and past the last day for it."""
        return self.unfiled().filter(filing_due_on__lt=on)

    def visible_to(self, actor: Actor) -> OwnersCommitteeQuerySet:
        """Registers of the place for posts that read them; one's own committee."""
        allowed = Q(pk__in=[])
        if actor.may("property.read"):
            first, last = actor.span
            allowed |= Q(assembly__estate__community_id__gte=first, assembly__estate__community_id__lte=last)
        if actor.may("property.own") and actor.organisation_id:
            allowed |= Q(organisation=actor.organisation_id)
        return self.filter(allowed)


class OwnersCommittee(models.Model):
    """One term of an owners' committee (业主委员会), or of the management committee that stands in for it.

    ``filing_due_on`` is the last day to file the election (物业管理条例 art. 16), as computed when it was entered.
    """

    DATA_CLASSES: ClassVar[dict[str, str]] = {"key": "P0", "kind": "P0", "filing_rule": "P0"}

    key = models.CharField(max_length=24, unique=True)
    assembly = models.ForeignKey(OwnersAssembly, on_delete=models.PROTECT, related_name="committees")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="owners_committee")
    term = models.PositiveSmallIntegerField(help_text="which term, counted from 1")
    elected_on = models.DateField()
    term_from = models.DateField()
    term_to = models.DateField()
    filing_due_on = models.DateField()
    filing_rule = models.CharField(max_length=200, help_text="source of the rule the day was counted by")

    objects = models.Manager.from_queryset(OwnersCommitteeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "kind", "term"], name="one_committee_per_term"),
            models.CheckConstraint(
                condition=Q(kind__in=["owners_committee", "management_committee"]),
                name="committee_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(term_to__gte=F("term_from"), term_from__gte=F("elected_on")),
                name="committee_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CommitteeMember(models.Model):
    """A member of an owners' committee from a day to a day; where the person also holds a post at the desk, which."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"duty": "P0"}

    committee = models.ForeignKey(OwnersCommittee, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10)
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=DUTIES), name="member_duty_known"),
            models.UniqueConstraint(
                fields=["committee", "person"], condition=Q(to_on=None), name="one_seat_per_member"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="member_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.duty}"


class FilingManager(models.Manager["Filing"]):
    """Selects the case with every filing."""

    def get_queryset(self) -> models.QuerySet[Filing]:
        return super().get_queryset().select_related("case")


class Filing(models.Model):
    """A filing (备案) of an election or of a change with the street: its case carries the check and its days."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"what": "P0"}

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(OwnersCommittee, on_delete=models.PROTECT, related_name="filings")
    what = models.CharField(max_length=10, help_text="election or change")
    event_on = models.DateField(help_text="day of the election or change")
    due_on = models.DateField(help_text="last day to file it")
    filed_on = models.DateField()

    objects = FilingManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["election", "change"]), name="filing_what_known")
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.what}"
