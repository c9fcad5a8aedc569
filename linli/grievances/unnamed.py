"""Telling without a name: no person, no account word; a code to ask with, of which only a keyed digest is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings

from linli.grievances.intake import Filed, Told, file_grievance
from linli.grievances.models import Grievance
from linli.ground.references import ALPHABET
from linli.people.actors import Actor
from linli.places.models import Region
from linli.records.models import Document
from linli.trail.writing import act

UNNAMED = Actor(actor_word="unnamed", post="visitor", place="", name="")
_SIGNS = 12
_TWINS = str.maketrans("OIL", "011")


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper().translate(_TWINS) if sign in ALPHABET)


def digest_of(code: str) -> str:
    """The keyed digest under which a code is kept; forgiving about spaces, dashes and letters that look like digits."""
    return hmac.new(
        bytes.fromhex(settings.KEYS.index), f"grievance-code:{_plain(code)}".encode(), hashlib.sha256
    ).hexdigest()


@act
def file_unnamed(
    *,
    told: Told,
    region: Region,
    by: Actor,
    at: datetime,
    photos: tuple[Document, ...] = (),
    channel: str = "portal",
) -> tuple[Grievance, str]:
    """File a grievance of nobody known, and give the code to ask with: 12 signs in groups of four, shown once.

    60 random bits; without the code nobody, staff included, can tell who told it, and it cannot be given again.
    """
    grievance = file_grievance(told=told, filed=Filed(region, None, channel, photos), by=by, at=at)
    code = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS))
    grievance.is_anonymous, grievance.code_digest = True, digest_of(code)
    grievance.save(update_fields=["is_anonymous", "code_digest"])
    return grievance, "-".join(code[place : place + 4] for place in range(0, _SIGNS, 4))


def asked_by(code: str) -> Grievance | None:
    """The grievance of a code, or none."""
    if len(_plain(code)) != _SIGNS:
        return None
    return Grievance.objects.get_queryset().filter(code_digest=digest_of(code)).first()
