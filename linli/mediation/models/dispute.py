"""A mediation's facts beside its case. Words of the parties lie only here: never in the case, never in the index."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.people.models import Organisation, Person
from linli.people.sealing import unseal
from linli.records.models import Document
from linli.rulebook.models import Edition

ORIGINS = ("application", "proactive", "court", "police", "grievance")
LEAD_RIGHT, WORK_RIGHT, SUPERVISE_RIGHT = "mediation.lead", "mediation.handle", "mediation.supervise"


class MediationQuerySet(models.QuerySet["Mediation"]):
    """Mediations."""

    def visible_to(self, actor: Actor) -> MediationQuerySet:
        """Open files for staff: the mediators seated, the committee's mediation head, and, until it is accepted, every
        mediator of the place who is not tied to a party. A closed file is sealed and in nobody's list."""
        return self.filter(sealed_at=None).filter(_worked_by(actor) | _waiting_for(actor))

    def worked_by(self, actor: Actor) -> MediationQuerySet:
        """Open files in which the actor sits as mediator."""
        return self.filter(sealed_at=None).filter(Exists(_seats(actor)))

    def sealed_for(self, actor: Actor) -> MediationQuerySet:
        """Closed files that the actor may open, with a purpose and a trace: its mediators, the head, a supervisor."""
        first, last = actor.span
        inside = Q(case__region_id__gte=first, case__region_id__lte=last)
        allowed = Q(Exists(_seats(actor))) if actor.may(WORK_RIGHT) else Q(pk__in=[])
        if actor.may(LEAD_RIGHT) or actor.may(SUPERVISE_RIGHT):
            allowed |= inside
        return self.filter(sealed_at__isnull=False).filter(allowed)

    def of_party(self, actor: Actor) -> MediationQuerySet:
        """Those in which the actor, a ward, or somebody who gave a mandate in force, is a party."""
        return self.filter(pk__in=Party.objects.of(actor).order_by().values("mediation"))


def _seats(actor: Actor) -> models.QuerySet[Seat]:
    seats = Seat.objects.filter(mediation=OuterRef("pk"), ended_at=None)
    return seats.filter(person=actor.person_id) if actor.person_id else seats.none()


def _worked_by(actor: Actor) -> Q:
    first, last = actor.span
    found: Q = Q(Exists(_seats(actor))) if actor.may(WORK_RIGHT) else Q(pk__in=[])
    if actor.may(LEAD_RIGHT):
        tied = Tie.objects.filter(mediation=OuterRef("pk"), person=actor.person_id)
        found |= Q(case__region_id__gte=first, case__region_id__lte=last) & ~Q(Exists(tied))
    return found


def _waiting_for(actor: Actor) -> Q:
    if not actor.may(WORK_RIGHT) or actor.person_id is None:
        return Q(pk__in=[])
    first, last = actor.span
    tied = Tie.objects.filter(mediation=OuterRef("pk"), person=actor.person_id)
    return (
        Q(accepted_at=None, case__region_id__gte=first, case__region_id__lte=last)
        & ~Q(Exists(tied))
        & ~Q(parties__person=actor.person_id)
    )


class MediationManager(models.Manager["Mediation"]):
    """Selects the case with every mediation."""

    def get_queryset(self) -> MediationQuerySet:
        return MediationQuerySet(self.model, using=self._db).select_related("case__region")

    def visible_to(self, actor: Actor) -> MediationQuerySet:
        """See the queryset."""
        return self.get_queryset().visible_to(actor)

    def worked_by(self, actor: Actor) -> MediationQuerySet:
        """See the queryset."""
        return self.get_queryset().worked_by(actor)

    def sealed_for(self, actor: Actor) -> MediationQuerySet:
        """See the queryset."""
        return self.get_queryset().sealed_for(actor)

    def of_party(self, actor: Actor) -> MediationQuerySet:
        """See the queryset."""
        return self.get_queryset().of_party(actor)


class Mediation(models.Model):
    """A dispute before the mediation committee, from application or own initiative to its sealed file."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "dispute": "P1", "origin": "P1", "story": "P3", "wish": "P3", "difficulty": "P1", "refusal": "P1", "ending": "P3",
        "result": "P1",
    }  # fmt: skip

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    dispute = models.CharField(max_length=30, help_text="code of the kind of dispute")
    origin = models.CharField(max_length=20)
    source_case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    story = models.TextField(help_text="the dispute in the words of who brought it")
    wish = models.TextField(blank=True)
    difficulty = models.CharField(max_length=12, default="ordinary", help_text="simple, ordinary, difficult")
    amount_cents = models.BigIntegerField(
        null=True, blank=True, help_text="fen in dispute, where it is about money"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=30, blank=True, help_text="code of why it may not be mediated")
    result = models.CharField(
        max_length=20, blank=True, help_text="written, oral, failed, stopped, refused, withdrawn"
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="agreement reached, or mediation ended without one"
    )
    ending = models.TextField(
        blank=True, help_text="why it ended without agreement, and the other routes told"
    )
    file = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    objects = MediationManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=ORIGINS), name="mediation_origin_known"),
            models.CheckConstraint(
                condition=Q(difficulty__in=["simple", "ordinary", "difficult"]),
                name="mediation_difficulty_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_cents=None) | Q(amount_cents__gte=0), name="mediation_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_on=None)
                | Q(accepted_at__isnull=False, accepted_on__isnull=False),
                name="mediation_acceptance_has_day_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(result="") | Q(ended_on=None), name="mediation_that_ended_has_a_result"
            ),
        ]

    def __str__(self) -> str:
        return f"mediation {self.case_id}"


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties."""

    def of(self, actor: Actor) -> PartyQuerySet:
        """The actor's own seat as a party: itself, its wards, and whom it stands in for with a mandate in force."""
        if actor.person_id is None:
            return self.none()
        agents = Agent.objects.filter(party=OuterRef("pk"), person=actor.person_id, ended_on=None)
        return self.filter(
            Q(person=actor.person_id)
            | Q(person__guardian=actor.person_id)
            | Q(guardian=actor.person_id)
            | Exists(agents)
        )


class Party(models.Model):
    """One side's person or organisation, with its consent and the moment its rights were told."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "side": "P3", "kind": "P3", "name": "P3", "sex": "P3", "identity_sealed": "P3", "phone_sealed": "P3", "address": "P3",
        "work": "P3", "told_by": "P2", "told_way": "P1", "consent_by": "P2", "objection": "P3",
    }  # fmt: skip

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="parties")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, help_text="applicant, respondent or third")
    kind = models.CharField(max_length=12, default="person", help_text="person or organisation")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    sex = models.CharField(max_length=1, blank=True)
    birth_day = models.DateField(null=True, blank=True)
    is_minor = models.BooleanField(default=False)
    guardian = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identity_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    address = models.CharField(max_length=120, blank=True)
    work = models.CharField(max_length=80, blank=True, help_text="work place or trade, as the form asks")
    told_at = models.DateTimeField(null=True, blank=True, help_text="rights and duties told")
    told_on = models.DateField(null=True, blank=True)
    told_by = models.CharField(max_length=60, blank=True)
    told_way = models.CharField(max_length=12, blank=True)
    agrees = models.BooleanField(
        null=True, blank=True, help_text="consent to mediation; empty: not asked yet"
    )
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.CharField(max_length=60, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True, help_text="wants the mediation to end")
    objection = models.CharField(max_length=200, blank=True, help_text="to a mediator, waiting for an answer")

    objects = models.Manager.from_queryset(PartyQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediation", "number"], name="one_party_per_number"),
            models.UniqueConstraint(
                fields=["mediation", "person"], condition=Q(person__isnull=False), name="one_party_per_person"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["applicant", "respondent", "third"]), name="party_side_known"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_on=None) | Q(told_at__isnull=False, told_on__isnull=False),
                name="party_told_has_day_and_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"party {self.mediation_id}.{self.number}"

    @property
    def identity(self) -> str:
        """The ID number or credit code in clear, for the official form."""
        if self.identity_sealed:
            return unseal(self.identity_sealed)
        if self.organisation is not None:
            return self.organisation.credit_code
        return self.person.identity if self.person is not None else ""

    @property
    def phone(self) -> str:
        """The phone in clear, for the official form."""
        if self.phone_sealed:
            return unseal(self.phone_sealed)
        return self.person.phone if self.person is not None else ""

    @property
    def readers(self) -> list[int]:
        """Persons on the platform who are told about this party's matters: itself or its guardian."""
        if self.guardian_id:
            return [self.guardian_id]
        if self.person is None:
            return []
        return [self.person.guardian_id or self.person.pk if self.is_minor else self.person.pk]


class Agent(models.Model):
    """Who stands in for a party: with a mandate that is on file, or as the guardian of a minor."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"name": "P3", "kind": "P1", "powers": "P3"}

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agents")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, help_text="mandate, guardian or officer (of an organisation)")
    powers = models.CharField(max_length=200, help_text="what the mandate allows, as written in it")
    may_settle = models.BooleanField(default=False, help_text="may accept or waive claims (特别授权)")
    mandate = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="mandate") | Q(mandate__isnull=False),
                name="agent_with_mandate_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"agent of {self.party_id}"


class Seat(models.Model):
    """A mediator on a case: leading or joining, chosen by the parties or assigned; ended by withdrawal with its reason."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"role": "P1", "way": "P1", "ended_for": "P3"}

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, help_text="lead or co")
    way = models.CharField(max_length=10, help_text="chosen by the parties, or assigned")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mediation", "person"], condition=Q(ended_at=None), name="one_seat_per_mediator"
            ),
            models.UniqueConstraint(
                fields=["mediation"], condition=Q(ended_at=None, role="lead"), name="one_leading_mediator"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_for=""), name="seat_ends_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "mediation"], condition=Q(ended_at=None), name="seat_by_mediator")
        ]

    def __str__(self) -> str:
        return f"seat {self.mediation_id}/{self.person_id}"


class Tie(models.Model):
    """A relation between a mediator and a party that bars the seat (回避): declared, or found by the platform."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"relation": "P3", "found_by": "P1", "actor": "P2"}

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties")
    relation = models.CharField(max_length=30)
    found_by = models.CharField(max_length=10, help_text="mediator, party or platform")
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "party", "relation"], name="one_tie_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"tie {self.person_id}/{self.party_id}"
