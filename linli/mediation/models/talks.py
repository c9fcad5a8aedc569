"""What was said, by whom it was signed, and the papers handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from linli.mediation.models.dispute import WORK_RIGHT, Mediation, Party, Seat
from linli.people.actors import Actor
from linli.people.models import Person
from linli.records.models import Document


class Session(models.Model):
    """A sitting: joint, or separate with one party. What is recorded of a separate one stays with the mediators."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "kind": "P1", "place": "P1", "state": "P1", "present": "P3", "record": "P3", "recorder": "P2", "salt": "P0",
    }  # fmt: skip

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, help_text="joint, separate or inquiry")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    is_open = models.BooleanField(default=False, help_text="others may listen; only if every party agrees")
    state = models.CharField(max_length=10, default="planned", help_text="planned, held or dropped")
    present = models.JSONField(
        default=list, help_text="lines of role and name, invited persons with their capacity"
    )
    record = models.TextField(blank=True)
    recorder = models.CharField(max_length=60, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True, help_text="of the digest under the signatures")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["mediation", "number"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=Q(kind="separate", party__isnull=False) | (~Q(kind="separate") & Q(party=None)),
                name="separate_session_names_its_party",
            ),
            models.CheckConstraint(
                condition=Q(kind="joint") | Q(is_open=False), name="only_a_joint_session_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.mediation_id}.{self.number}"


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements."""

    def visible_to(self, actor: Actor) -> StatementQuerySet:
        """For the mediators seated in the open case, and for who wrote it; never for the other side, never for the head."""
        own = Q(wrote=actor.person_id) if actor.person_id else Q(pk__in=[])
        seats = Seat.objects.filter(mediation=OuterRef("mediation"), person=actor.person_id, ended_at=None)
        heard = Q(Exists(seats)) if actor.may(WORK_RIGHT) and actor.person_id else Q(pk__in=[])
        return self.filter(mediation__sealed_at=None).filter(own | heard)


class Statement(models.Model):
    """What a party said or wrote to the mediators alone (不向对方透露)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"text": "P3", "actor": "P2"}

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="statements")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    text = models.TextField()
    wrote = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="the party's own hand; empty where a mediator took it down",
    )  # fmt: skip
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(StatementQuerySet)()

    def __str__(self) -> str:
        return f"statement {self.pk}"


class Signature(models.Model):
    """A hand, thumb or seal under a record, an agreement or the rights notice, in a named role. Never taken back."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "about": "P1", "signer": "P1", "role": "P1", "way": "P1", "actor": "P2", "digest": "P0",
    }  # fmt: skip

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="signatures")
    about = models.CharField(max_length=30, help_text="rights, session:N or agreement")
    signer = models.CharField(
        max_length=30, help_text="party:N, agent:ID, seat:ID, recorder, guest:N or committee"
    )
    role = models.CharField(max_length=12, help_text="party, agent, mediator, recorder, guest or committee")
    way = models.CharField(max_length=10, help_text="hand, thumb, seal")
    digest = models.CharField(max_length=64, help_text="salted digest of what was signed")
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediation", "about", "signer"], name="one_signature_per_signer"),
        ]

    def __str__(self) -> str:
        return f"{self.about} by {self.signer}"


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers."""

    def visible_to(self, actor: Actor) -> PaperQuerySet:
        """Papers of an open file: for its mediators all; for the head those not told in confidence."""
        seats = Seat.objects.filter(mediation=OuterRef("mediation"), person=actor.person_id, ended_at=None)
        seated = Q(Exists(seats)) if actor.may(WORK_RIGHT) and actor.person_id else Q(pk__in=[])
        open_files = Mediation.objects.visible_to(actor).order_by().values("pk")
        return self.filter(mediation__sealed_at=None).filter(
            seated | Q(is_private=False, mediation__in=open_files)
        )


class Paper(models.Model):
    """A paper or photo in the file, under its chapter; a private one came from a party in confidence."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"chapter": "P1", "actor": "P2"}

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    chapter = models.CharField(max_length=30)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_private = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    objects = models.Manager.from_queryset(PaperQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediation", "document"], name="a_document_lies_in_a_file_once")
        ]

    def __str__(self) -> str:
        return f"paper {self.mediation_id} {self.chapter}"
