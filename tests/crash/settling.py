"""Prepare a database for the crash proof and print what the clients need, as JSON: session keys by login."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from linli.command import guards  # noqa: E402
from linli.command.publish import publish_all  # noqa: E402
from linli.people.actors import SETUP  # noqa: E402
from linli.people.models import Account  # noqa: E402
from tests import cast  # noqa: E402


def signed_in(account: Account) -> str:
    """The key of a session in which the account is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    guards.lay_all()
    publish_all(by=SETUP, at=cast.BEGIN)
    village = cast.settle()
    json.dump(
        {login: signed_in(village.accounts[login]) for login in ("wang", "zhao", "chen", "mu")}, sys.stdout
    )


if __name__ == "__main__":
    main()
