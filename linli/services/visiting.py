"""Visiting the home for an application (入户调查)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.ground.digest import commitment
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.reading import rule
from linli.services.intake import Paper, take_papers
from linli.services.models import Application, Visit
from linli.services.stepping import step
from linli.trail.writing import act, append

VISIT = "services.visiting.visit"


@dataclass(frozen=True)
class Seen:
    """What a visit found: who went, what they saw, whether it agrees with the application, neighbours asked."""

    visitors: Sequence[str]
    found: str
    agrees: bool
    neighbours_asked: int = 0


@act
def visit(
    *, application: Application, seen: Seen, by: Actor, at: datetime, papers: Sequence[Paper] = ()
) -> Visit:
    """Record a visit and pass the case on. At least as many people go as the rule ``services.visit_people`` says."""
    case = application.case
    by.require("services.visit", case.region_id)
    day = timezone.localdate(at)
    least = int(rule("services.visit_people", place=case.region_id, on=day).value)
    visitors = [name.strip() for name in seen.visitors if name.strip()]
    if len(set(visitors)) < least:
        raise Said("services.visitors_few", field="visitors", least=least)
    if not seen.found.strip():
        raise Said("services.visit_empty", field="found")
    take_papers(case, papers, by, at)
    salt = secrets.token_hex(16)
    row = Visit.objects.create(
        case=case, on=day, at=at, visitors=visitors, neighbours_asked=seen.neighbours_asked, agrees=seen.agrees,
        found=seen.found.strip(), salt=salt,
    )  # fmt: skip
    said = commitment(row.found, salt, settings.LINLI_DIGEST)
    content = {"case": case.number, "visitors": len(visitors), "agrees": seen.agrees, "found": said}
    append(region=case.region_id, kind="services.visit", row_key=row.pk, content=content, at=at)
    step(case, by=by, at=at, words=MoveWords(verb=VISIT))
    return row
