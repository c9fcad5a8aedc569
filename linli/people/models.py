"""Persons, households, organisations, posts held, accounts and consent."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from linli.people.actors import Actor
from linli.people.sealing import lookup, unseal
from linli.places.models import Home, Region


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons."""

    def with_identity(self, number: str) -> PersonQuerySet:
        """The person with an ID number, by keyed index."""
        return self.exclude(identity_index="").filter(identity_index=lookup("identity", number))

    def with_phone(self, phone: str) -> PersonQuerySet:
        """Persons who share a phone, by keyed index."""
        return self.exclude(phone_index="").filter(phone_index=lookup("phone", phone))

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons whose business data (P2) the actor may read: its place, or only itself and its wards."""
        own = Q(pk=actor.person_id) | Q(guardian_id=actor.person_id) if actor.person_id else Q(pk__in=[])
        if actor.sees("P2") in {"all", "place"} and actor.may("people.read"):
            first, last = actor.span
            return self.filter(Q(community_id__gte=first, community_id__lte=last) | own)
        return self.filter(own)


class Person(models.Model):
    """A human being known to the platform. Identifiers are sealed; erasing empties them and leaves the row."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "name": "P2", "sex": "P2", "identity_sealed": "P3", "identity_index": "P3", "phone_sealed": "P2",
        "phone_index": "P2", "address": "P2", "origin": "P2", "key": "P0", "language": "P2",
    }  # fmt: skip

    key = models.CharField(
        max_length=16, unique=True, help_text="public word for this person, never derived from data"
    )
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, default="9", help_text="GB/T 2261.1: 0, 1, 2, 9")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.DateField(null=True, blank=True)
    identity_sealed = models.TextField(blank=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone_sealed = models.TextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    community = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=60, blank=True, help_text="where a relocated person came from")
    guardian = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="wards"
    )
    language = models.CharField(max_length=10, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(PersonQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "id"], name="person_by_community")]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_index"], condition=~Q(identity_index=""), name="one_person_per_identity"
            ),
            models.CheckConstraint(condition=Q(sex__in=["0", "1", "2", "9"]), name="person_sex_known_code"),
        ]

    def __str__(self) -> str:
        return f"person {self.key}"

    @property
    def identity(self) -> str:
        """The ID number in clear: only for screens that state their purpose."""
        return unseal(self.identity_sealed)

    @property
    def phone(self) -> str:
        """The phone in clear."""
        return unseal(self.phone_sealed)

    def age(self, on: date) -> int | None:
        """Full years on a day; from the birth year alone it is the year's difference; ``None`` where unknown."""
        if self.birth_day:
            return (
                on.year
                - self.birth_day.year
                - ((on.month, on.day) < (self.birth_day.month, self.birth_day.day))
            )
        return on.year - self.birth_year if self.birth_year else None


class Household(models.Model):
    """A household (户) at a home."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"number": "P2", "traits": "P3"}

    community = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    home = models.ForeignKey(Home, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    head = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    traits = models.JSONField(default=list, help_text="words such as low_income, moved_in")
    moved_in_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_household_per_number")
        ]

    def __str__(self) -> str:
        return f"household {self.number}"


class Membership(models.Model):
    """A person's dated belonging to a household, with the relation to its head (GB/T 4761)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"relation": "P2"}

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    relation = models.CharField(max_length=2, default="80")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household_id}/{self.person_id}"


class Organisation(models.Model):
    """A body: party organisation, residents' committee, station, owners' committee, company, government body."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "name": "P0", "kind": "P0", "credit_code": "P0", "phone": "P0", "duties": "P0", "key": "P0",
    }  # fmt: skip

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(
        max_length=40, help_text="domain §3.1, e.g. party_org, residents_committee, service_station"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    credit_code = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    duties = models.JSONField(default=list, help_text="plain sentences, shown on the portal")
    staffing = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="posts that should be filled"
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="organisation_by_region")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments."""

    def in_force(self, on: date) -> AppointmentQuerySet:
        """Held on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Appointment(models.Model):
    """A person holds a post in a body for a place, from a day to a day; one person may hold several (交叉任职)."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"post": "P0", "title": "P0", "basis": "P0"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True, help_text="as printed on the wall, e.g. 副主任")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(AppointmentQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="appointment_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}@{self.place_id}"


class AccountManager(BaseUserManager["Account"]):
    """Accounts are opened by the act ``open_account``; this only finds them."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A way in: a login name or phone with a password, belonging to one person."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "login": "P2", "phone_index": "P2", "password": "P4", "email": "P2",
    }  # fmt: skip

    login = models.CharField(max_length=60, unique=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    email = models.EmailField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def word(self) -> str:
        """The account as the trail names it."""
        return f"account:{self.pk}"

    def is_locked(self, at: datetime) -> bool:
        """Whether too many wrong passwords have locked it at a moment."""
        return self.locked_until is not None and self.locked_until > at


class SignIn(models.Model):
    """One browser signed in to an account; the oldest gives way when an account has too many."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"session_key": "P4"}

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="sign_in_by_account")]

    def __str__(self) -> str:
        return f"sign-in of {self.account_id}"


class Consent(models.Model):
    """A person's consent to one purpose, with what was told; withdrawing is a date on the same row."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"purpose": "P2", "told": "P2", "channel": "P2"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    told = models.TextField(help_text="the text shown: controller, kinds, retention, rights")
    channel = models.CharField(max_length=20)
    is_separate = models.BooleanField(default=False, help_text="separate consent for sensitive data (P3)")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"consent {self.purpose}"
