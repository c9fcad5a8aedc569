"""What was typed so far, kept in the session and sealed: it may hold identity numbers and family matters."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from linli.ground.said import Said
from linli.people.sealing import seal, unseal

KEPT = 5


@dataclass
class Draft:
    """One unfinished form: answers by question code, the pre-check's answers, whom it is for (a person key)."""

    answers: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    applicant: str = ""


def load(request: HttpRequest, key: str) -> Draft:
    """The draft of a form, or an empty one; one that cannot be opened any more is as if it were not there."""
    sealed = request.session.get("drafts", {}).get(key, "")
    try:
        values: dict[str, Any] = json.loads(unseal(sealed)) if sealed else {}
    except (Said, ValueError):
        values = {}
    return Draft(**values)


def save(request: HttpRequest, key: str, draft: Draft) -> None:
    """Keep a draft; the oldest gives way."""
    drafts = {k: v for k, v in request.session.get("drafts", {}).items() if k != key}
    drafts = dict(list(drafts.items())[-(KEPT - 1) :])
    drafts[key] = seal(json.dumps(vars(draft), ensure_ascii=False))
    request.session["drafts"] = drafts


def drop(request: HttpRequest, key: str) -> None:
    """Forget a draft."""
    request.session["drafts"] = {k: v for k, v in request.session.get("drafts", {}).items() if k != key}
