"""Signing in: login name or phone, password, lock-out, a limit of browsers, and the roles a person may take.

Limits are settings of a site with cautious defaults (GB/T 22239-2019: lock after repeated failures).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import SETUP, Actor
from linli.people.models import Account, Appointment, Person, SignIn
from linli.people.sealing import lookup
from linli.trail.writing import act, note

FAILURES_BEFORE_LOCK = getattr(settings, "LINLI_SIGN_IN_FAILURES", 5)
LOCK_MINUTES = getattr(settings, "LINLI_SIGN_IN_LOCK_MINUTES", 15)
BROWSERS_PER_ACCOUNT = getattr(settings, "LINLI_BROWSERS_PER_ACCOUNT", 5)


@act
def open_account(
    *,
    person: Person,
    login: str,
    password: str | None,
    by: Actor,
    at: datetime,
    phone: str = "",
    is_sample: bool = False,
) -> Account:
    """Open an account for a person; without a password nobody can sign in to it until one is set.

    A login name in use is refused with ``Said('people.login_taken')``.
    """
    if Account.objects.filter(login=login).exists():
        raise Said("people.login_taken", field="login", login=login)
    account = Account.objects.create(
        login=login,
        password=make_password(password),
        person=person,
        phone_index=lookup("phone", phone),
        is_sample=is_sample,
        opened_at=at,
    )
    note(
        verb="people.open_account",
        kind="people.account",
        key=account.pk,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P2",
    )
    return account


def find(word: str) -> Account | None:
    """The account of a login name or a phone number; a phone that several accounts share finds none."""
    account = Account.objects.select_related("person").filter(login=word).first()
    if account is not None:
        return account
    index = lookup("phone", word)
    matching = list(Account.objects.select_related("person").filter(phone_index=index)[:2]) if index else []
    return matching[0] if len(matching) == 1 else None


class SignInBackend(BaseBackend):
    """Checks a password in constant effort, counts failures and locks."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        account = find(username or "")
        if account is None or not account.is_active:
            make_password(password)  # the same work as a real check, so that names cannot be probed by time
            return None
        at = timezone.now()
        if account.is_locked(at):
            return None
        if account.check_password(password or ""):
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None, last_login=at)
            return account
        _count_failure(account, at)
        return None

    def get_user(self, user_id: int) -> Account | None:
        rows = Account.objects.select_related("person__community__profile")
        return rows.filter(pk=user_id, is_active=True).first()


def _count_failure(account: Account, at: datetime) -> None:
    Account.objects.filter(pk=account.pk).update(failures=F("failures") + 1)
    account.refresh_from_db(fields=["failures"])
    if account.failures >= FAILURES_BEFORE_LOCK:
        Account.objects.filter(pk=account.pk).update(
            failures=0, locked_until=at + timedelta(minutes=LOCK_MINUTES)
        )
        note(
            verb="people.lock_account",
            kind="people.account",
            key=account.pk,
            region="",
            by=SETUP,
            at=at,
            data_class="P2",
        )


@act
def remember_browser(*, account: Account, session_key: str, by: Actor, at: datetime) -> None:
    """Remember a browser that signed in and end the oldest ones above the limit."""
    SignIn.objects.create(account=account, session_key=session_key, at=at)
    surplus = list(
        account.sign_ins.order_by("-at", "-id").values_list("pk", "session_key")[BROWSERS_PER_ACCOUNT:]
    )
    if surplus:
        Session.objects.filter(session_key__in=[key for _, key in surplus]).delete()
        SignIn.objects.filter(pk__in=[pk for pk, _ in surplus]).delete()
    note(verb="people.sign_in", kind="people.account", key=account.pk, region=by.place, by=by, at=at)


def actors_of(account: Account, at: datetime) -> list[Actor]:
    """Every role a person may take at a moment: the posts held, then the resident of the own community."""
    day = timezone.localdate(at)
    held = (
        Appointment.objects.in_force(day)
        .filter(person_id=account.person_id)
        .select_related("organisation", "place")
        .order_by("id")
    )
    return [*(post_actor(account, appointment) for appointment in held), resident_actor(account)]


def post_actor(account: Account, appointment: Appointment) -> Actor:
    """The actor of an account in one of its posts."""
    return Actor(
        actor_word=account.word,
        post=appointment.post,
        place=appointment.place_id,
        name=account.person.name,
        person_id=account.person_id,
        account_id=account.pk,
        appointment_id=appointment.pk,
        organisation_id=appointment.organisation_id,
    )


def resident_actor(account: Account) -> Actor:
    """The actor of an account as a resident."""
    return Actor(
        actor_word=account.word,
        post="resident",
        place=account.person.community_id or "",
        name=account.person.name,
        person_id=account.person_id,
        account_id=account.pk,
    )
