"""Several bodies at one matter: who leads, assists or is informed; outside bodies' links; tasks pushed down."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.rulebook.models import Edition

ROLES = ("first", "lead", "assist", "inform", "called")


class CooperationQuerySet(models.QuerySet["Cooperation"]):
    """Bodies at matters."""

    def open(self) -> CooperationQuerySet:
        """Whose part is not closed yet."""
        return self.filter(part__isnull=False, part__closed_on=None)

    def of_parts_visible_to(self, actor: Actor) -> CooperationQuerySet:
        """Whose part the actor may open."""
        return self.filter(part__in=Case.objects.visible_to(actor))


class Cooperation(models.Model):
    """One body at one matter (联动单位): first receiver, lead, assisting, informed, or called by a whistle.

    Its part is a case of its own, without the person the matter is about. ``refuse_by`` is the last day on which the
    body may refuse; ``report_by`` the moment by which a called body reports in; a binding part cannot be refused.
    """

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "role": "P0", "post": "P0", "place": "P0", "name": "P1", "matter": "P0", "actor": "P2",
    }  # fmt: skip

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cooperations")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10)
    part = models.OneToOneField(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="cooperation"
    )
    post = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=60, blank=True, help_text="an outside body, which has no post here")
    matters = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=60, blank=True)
    is_needed = models.BooleanField(default=True, help_text="the matter waits for its answer")
    is_binding = models.BooleanField(default=False, help_text="named by the street's decision")
    refuse_by = models.DateField(null=True, blank=True)
    report_by = models.DateTimeField(null=True, blank=True)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    on = models.DateField()

    objects = models.Manager.from_queryset(CooperationQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_cooperation_per_number"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="cooperation_role_known"),
            models.CheckConstraint(
                condition=(Q(name="") & ~Q(post="")) | (Q(post="") & ~Q(name="")),
                name="cooperation_is_a_post_or_an_outside_body",
            ),
        ]
        indexes = [models.Index(fields=["role", "on"], name="cooperation_by_role")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number} {self.role} {self.post or self.name}"


class OutsideLink(models.Model):
    """A one-time link by which an outside body answers a part without an account. Only the word's digest is kept."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "digest": "P0", "question": "P1", "made_by": "P2", "withdrawn_by": "P2", "key": "P0",
    }  # fmt: skip

    part = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    key = models.CharField(max_length=16, unique=True, help_text="names the link to officers, opens nothing")
    digest = models.CharField(max_length=64, unique=True)
    question = models.TextField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=Q(used_at=None, withdrawn_at=None), name="one_live_link_per_part"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="link_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.key}"

    def state(self, at: datetime) -> str:
        """``open``, ``used``, ``withdrawn`` or ``expired`` at a moment."""
        if self.used_at is not None:
            return "used"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "expired" if at >= self.expires_at else "open"


class PushedTask(models.Model):
    """A task pushed down to a community: by whom, on which basis, at which cost and whose, until when."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "from_post": "P0", "from_place": "P0", "basis": "P0", "paid_by": "P0", "duty": "P0",
    }  # fmt: skip

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="pushed")
    from_post = models.CharField(max_length=60)
    from_place = models.CharField(max_length=12)
    basis = models.CharField(max_length=200)
    cost_cents = models.BigIntegerField()
    paid_by = models.CharField(max_length=60)
    wanted_by = models.DateField()
    duties = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(
        max_length=60, blank=True, help_text="line of the duties list it is based on, if any"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost_cents__gte=0), name="task_cost_not_negative")]

    def __str__(self) -> str:
        return f"pushed task {self.case_id}"
