"""What a grievance adds to its case: class, words, place, the answers, the revisits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.places.models import Building
from linli.rulebook.models import Edition


class GrievanceQuerySet(models.QuerySet["Grievance"]):
    """Grievances, always with their case."""

    def visible_to(self, actor: Actor) -> GrievanceQuerySet:
        """Those whose case the actor may open."""
        return self.filter(case__in=Case.objects.visible_to(actor))

    def public(self) -> GrievanceQuerySet:
        """Answered ones whose reply was released to everybody after a privacy check."""
        return self.filter(released_at__isnull=False)


class GrievanceManager(models.Manager["Grievance"]):
    """Selects the case with every grievance."""

    def get_queryset(self) -> GrievanceQuerySet:
        return GrievanceQuerySet(self.model, using=self._db).select_related("case")

    def visible_to(self, actor: Actor) -> GrievanceQuerySet:
        """Those whose case the actor may open."""
        return self.get_queryset().visible_to(actor)

    def public(self) -> GrievanceQuerySet:
        """Answered ones released to everybody."""
        return self.get_queryset().public()


class Grievance(models.Model):
    """A grievance: the words of the person lie here, erasable; the case carries steps and deadlines."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "nature": "P1", "class_code": "P1", "text": "P2", "spot": "P2", "reply": "P2", "public_reply": "P0",
    }  # fmt: skip

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="+")
    classes = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=10)
    nature = models.CharField(max_length=12, help_text="consult, help, complaint, report or suggestion")
    text = models.TextField()
    is_anonymous = models.BooleanField(default=False, help_text="name and phone hidden from handlers")
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=80, blank=True, help_text="where in the building or place")
    respond_by = models.DateTimeField()
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_in_time = models.BooleanField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    is_resolved = models.BooleanField(null=True, blank=True, help_text="as the person said at the revisit")
    is_satisfied = models.BooleanField(null=True, blank=True)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    public_reply = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = GrievanceManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=["consult", "help", "complaint", "report", "suggestion"]),
                name="grievance_nature_known",
            ),
            models.CheckConstraint(
                condition=Q(responded_at=None, responded_in_time=None)
                | Q(responded_at__isnull=False, responded_in_time__isnull=False),
                name="grievance_response_is_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"grievance {self.case_id}"


class Revisit(models.Model):
    """A call back after the answer (回访): was it resolved, is the person satisfied, who asked, how."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {"channel": "P1", "actor": "P2"}

    grievance = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="revisits")
    at = models.DateTimeField()
    on = models.DateField()
    channel = models.CharField(max_length=20)
    was_reached = models.BooleanField()
    is_resolved = models.BooleanField(null=True, blank=True)
    is_satisfied = models.BooleanField(null=True, blank=True)
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(was_reached=False, is_resolved=None, is_satisfied=None)
                | Q(was_reached=True, is_resolved__isnull=False, is_satisfied__isnull=False),
                name="revisit_answers_only_when_reached",
            )
        ]

    def __str__(self) -> str:
        return f"revisit of {self.grievance_id}"
