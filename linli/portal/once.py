"""A form sent twice is one act: each form carries a word, and a word that was used leads to the first result."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

FIELD = "once"
KEPT = 30


def word() -> str:
    """A fresh word for a form."""
    return secrets.token_hex(8)


def result(request: HttpRequest) -> str:
    """Where the first sending of this form led to; empty where it was not sent before."""
    return str(request.session.get("sent", {}).get(request.POST.get(FIELD, ""), ""))


def remember(request: HttpRequest, address: str) -> str:
    """Note where this form's sending led to, and give the address back."""
    sent = dict(list(request.session.get("sent", {}).items())[-KEPT:])
    if request.POST.get(FIELD):
        sent[request.POST[FIELD]] = address
    request.session["sent"] = sent
    return address
