"""Cases and what befalls them. History is appended; the case row points at where it stands now."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from linli.cases.procedures import Procedure, Step, procedure_of
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Region
from linli.records.models import Document
from linli.rulebook.models import Edition

FAR = date(9999, 12, 31)
CLASSES = ["P0", "P1", "P2", "P3", "P4"]
OWN_DOOR = "portal"  # the channel by which people file for themselves


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def open(self) -> CaseQuerySet:
        """Not closed."""
        return self.filter(closed_on=None)

    def overdue(self, *, on: date) -> CaseQuerySet:
        """Open, running and past the nearest limit."""
        return self.filter(closed_on=None, is_paused=False, next_due_on__lt=on)

    def in_hands_of(self, actor: Actor) -> CaseQuerySet:
        """Open cases that wait for the actor's post at the actor's place: one inbox for every kind and level."""
        return self.filter(closed_on=None, hold_post=actor.post, hold_place=actor.place)

    def of(self, person: Person | int) -> CaseQuerySet:
        """Cases about a person."""
        return self.filter(person=person)

    def within(self, first: str, last: str) -> CaseQuerySet:
        """Cases of a region's subtree, by index range."""
        return self.filter(region_id__gte=first, region_id__lte=last)

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """Cases the actor may open, by data class and reach (domain §3.6), in one statement."""
        reaches: dict[str, list[str]] = {}
        for data_class in CLASSES:
            reaches.setdefault(actor.sees(data_class), []).append(data_class)
        allowed = Q(pk__in=[])
        for reach, classes in reaches.items():
            allowed |= _allowed(actor, reach, classes)
        return self.filter(allowed)


def _allowed(actor: Actor, reach: str, classes: list[str]) -> Q:
    first, last = actor.span
    if reach == "all":
        return Q(data_class__in=classes)
    if reach == "place" and actor.may("cases.read"):
        return Q(data_class__in=classes, region_id__gte=first, region_id__lte=last)
    if reach == "in_hand":
        held = Exists(Hand.objects.filter(case=OuterRef("pk"), post=actor.post, place=actor.place))
        return Q(data_class__in=classes) & Q(held)
    if (
        reach in ("own", "place") and actor.person_id
    ):  # who may not read cases of the place still reads the own
        return Q(data_class__in=classes) & own(actor)
    return Q(pk__in=[])


def own(actor: Actor) -> Q:
    """Cases about the actor or a ward, or filed by it at the residents' door.

    Three searches by index joined into one: for one condition over three columns either engine would read every case.
    """
    cases = Case.objects.order_by().values("pk")
    wards = cases.filter(person__guardian=actor.person_id)
    return Q(pk__in=cases.filter(person=actor.person_id).union(wards, cases.filter(filed_by(actor))))


def filed_by(actor: Actor) -> Q:
    """Cases that the actor filed for itself or with a mandate, at the residents' door.

    What the same account entered for others in a post (counter, phone) belongs to the post: whoever enters a matter at
    the counter does not take it home.
    """
    return Q(filed_by=actor.actor_word, channel=OWN_DOOR)


class Case(models.Model):
    """Something dealt with by steps, opinions and deadlines, on the edition of the procedure it began under."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "number": "P1", "kind": "P0", "title": "P1", "data_class": "P0", "step": "P1", "hold_post": "P1", "hold_place": "P1",
        "limit_unit": "P0", "outcome": "P1", "channel": "P1", "subject": "P1", "grade": "P1", "filed_by": "P2",
    }  # fmt: skip

    number = models.CharField(max_length=24, unique=True)
    procedure = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=60, help_text="service item or grievance class: what it is counted under"
    )
    title = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_by = models.CharField(max_length=60, help_text="account word of who filed it")
    channel = models.CharField(max_length=20)
    data_class = models.CharField(max_length=2, choices=[(name, name) for name in CLASSES])
    grade = models.CharField(max_length=12, default="ordinary")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    step = models.CharField(max_length=40)
    step_since = models.DateTimeField()
    hold_post = models.CharField(max_length=60)
    hold_place = models.CharField(max_length=12)
    passages_count = models.PositiveIntegerField(default=0)

    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    clock_from = models.DateField(null=True, blank=True)
    limit_days = models.PositiveIntegerField(null=True, blank=True)
    limit_unit = models.CharField(max_length=10, blank=True)
    extended_days = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    due_is_certain = models.BooleanField(default=True)
    step_due_on = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(default=FAR)
    is_paused = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)

    objects = models.Manager.from_queryset(CaseQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["hold_place", "hold_post", "next_due_on", "id"],
                name="case_in_hands",
                condition=Q(closed_on=None),
            ),
            models.Index(fields=["region", "kind", "-id"], name="case_by_region"),
            models.Index(
                fields=["region", "next_due_on", "id"], name="case_by_due", condition=Q(closed_on=None)
            ),
            models.Index(fields=["kind", "closed_on", "region"], name="case_by_closing"),
            models.Index(fields=["kind", "opened_on", "region"], name="case_by_opening"),
            models.Index(fields=["person", "-id"], name="case_by_person"),
            models.Index(fields=["filed_by", "-id"], name="case_by_filer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_at=None)
                | Q(closed_on__isnull=False, closed_at__isnull=False),
                name="case_closing_has_day_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="case_closes_after_opening",
            ),
            models.CheckConstraint(condition=Q(data_class__in=CLASSES), name="case_data_class_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def plan(self) -> Procedure:
        """The parsed procedure this case follows."""
        return procedure_of(self.procedure_id)

    @property
    def at_step(self) -> Step:
        """The declared step it stands at."""
        return self.plan.step(self.step)

    def is_overdue(self, on: date) -> bool:
        """Past its nearest limit on a day, while open and running."""
        return self.closed_on is None and not self.is_paused and self.next_due_on < on


class Passage(models.Model):
    """One move of a case: who, when, from where to where. Never edited; what was said lies in ``Opinion``."""

    APPEND_ONLY: ClassVar[bool] = True
    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "move": "P1", "from_step": "P1", "to_step": "P1", "actor": "P2", "post": "P1", "place": "P1", "verb": "P0",
        "opinion_digest": "P0",
    }  # fmt: skip

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    move = models.CharField(max_length=40)
    from_step = models.CharField(max_length=40)
    to_step = models.CharField(max_length=40)
    actor = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12)
    verb = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True)
    step_due_on = models.DateField(null=True, blank=True)
    opinion_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_passage_per_number")]
        indexes = [models.Index(fields=["move", "on"], name="passage_by_move")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number} {self.move}"


class Opinion(models.Model):
    """What was said at a passage: erasable text beside the salted commitment that the ledger knows."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"text": "P3", "salt": "P0"}

    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField()
    salt = models.CharField(max_length=32)
    is_public = models.BooleanField(default=False, help_text="shown to the person the case is about")

    def __str__(self) -> str:
        return f"opinion of {self.passage_id}"


class Hold(models.Model):
    """A span in which a case's clock stands still: reason, who, from, to (both days are held)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"reason": "P1", "actor": "P2"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="hold_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(to_on=None), name="one_running_hold_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} held from {self.from_on}"


class Hand(models.Model):
    """A post at a place that holds or held a case: the ground of 'cases in hand'."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"post": "P1", "place": "P1"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hands")
    post = models.CharField(max_length=60)
    place = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "post", "place"], name="one_hand_per_post")]
        indexes = [models.Index(fields=["post", "place", "case"], name="hand_by_post")]

    def __str__(self) -> str:
        return f"{self.post}@{self.place}"


class CasePaper(models.Model):
    """A document handed in with or made in a case, under the material's code."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"kind": "P1", "actor": "P2"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Rating(models.Model):
    """How the person served rates a closed case (好差评): 1 to 5. The words lie here, erasable."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"words": "P2", "channel": "P1"}

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_between_1_and_5")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stars}"


class Counter(models.Model):
    """The last case sequence under some letters in a year; its row is the lock for numbering."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"letters": "P0"}

    letters = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letters", "year"], name="one_counter_per_year")]

    def __str__(self) -> str:
        return f"{self.letters} {self.year}: {self.last}"
