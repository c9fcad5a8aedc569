"""What is kept about people, why, for how long; and one's consents, withdrawn as easily as given."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.people.entering import withdraw_consent
from linli.people.models import Consent
from linli.portal import access, shell
from linli.portal.moment import now
from linli.portal.saying import page


@page("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy statement, with the reader's own consents where signed in."""
    who = access.account(request)
    given = (
        Consent.objects.filter(person_id=who.person_id).order_by("-given_at")
        if who
        else Consent.objects.none()
    )
    consents = [
        {"purpose": row.purpose, "told": row.told, "given": row.given_at, "withdrawn": row.withdrawn_at}
        for row in given
    ]
    return shell.show(request, "privacy.html", shell.region_for(request), consents=consents)


@page("POST", personal=True)
def withdrawal(request: HttpRequest, purpose: str) -> HttpResponse:
    """Withdraw every running consent to a purpose."""
    running = list(
        Consent.objects.filter(person_id=access.person(request).pk, purpose=purpose, withdrawn_at=None)
    )
    if not running:
        raise Http404
    for consent in running:
        withdraw_consent(consent=consent, by=access.actor(request), at=now(request))
    messages.success(request, _("已撤回同意。撤回前已经办的仍然有效。"))
    return redirect("portal:privacy")
