"""A party's own page of a mediation: its own matters, and nothing of what the other side said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.ground.money import yuan
from linli.look.templatetags.linli import both
from linli.mediation.agreeing import sign as sign_agreement
from linli.mediation.intake import record_consent
from linli.mediation.models import Agreement, Instalment, Mediation, Party, Session, Signature, Statement
from linli.mediation.papers import SESSION_KINDS, SIDES
from linli.mediation.parties import ask_to_stop, state
from linli.mediation.seating import object_to
from linli.mediation.sessions import sign as sign_session
from linli.mediation.telling import sheet_of
from linli.people.actors import Actor
from linli.portal import access, once, shell
from linli.portal.moment import now, today
from linli.portal.saying import page


def mediation(request: HttpRequest, number: str) -> Mediation:
    """A mediation in which the person signed in is a party, a guardian or an agent; else it does not exist."""
    found = Mediation.objects.of_party(access.actor(request)).filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


def own_parties(found: Mediation, by: Actor) -> list[Party]:
    """The seats of the person signed in: itself, its wards, those it stands in for."""
    rows = (
        Party.objects.of(by)
        .filter(mediation=found)
        .select_related("mediation__case__region", "person", "guardian")
    )
    return list(rows.order_by("number"))


@page("GET", personal=True)
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The page. Once the file is sealed only the course is left: everybody holds a copy of the agreement."""
    found, by = mediation(request, number), access.actor(request)
    mine = own_parties(found, by)
    given: dict[str, Any] = {
        "number": number, "title": found.case.title, "step": both(found.case.at_step.public), "due": found.case.due_on,
        "is_sealed": found.sealed_at is not None, "is_over": bool(found.result), "once_word": once.word(),
    }  # fmt: skip
    if found.sealed_at is None:
        given |= _own(found, mine, by, today(request))
    return shell.show(request, "mediation/page.html", found.case.region, "my", **given)


def _own(found: Mediation, mine: list[Party], by: Actor, on: dt.date) -> dict[str, Any]:
    sheet = sheet_of(found)
    numbers = [one.pk for one in mine]
    seats = found.seats.filter(ended_at=None).select_related("person")
    sessions = [one for one in found.sessions.all() if one.kind == "joint" or one.party_id in numbers]
    agreement = Agreement.objects.filter(mediation=found).first()
    return {
        "parties": [_party(one) for one in mine],
        "mediators": [one.person.name for one in seats],
        "rights": [both(one) for one in sheet.rights],
        "duties": [both(one) for one in sheet.duties],
        "sessions": [_session(found, one, mine) for one in sessions if one.state != "dropped"],
        "statements": list(Statement.objects.visible_to(by).filter(mediation=found, party__in=mine).values("at", "text")),
        "agreement": _agreement(found, agreement, mine, on) if agreement else None,
    }  # fmt: skip


def _party(one: Party) -> dict[str, Any]:
    return {
        "number": one.number, "side": SIDES[one.side], "name": one.name, "agrees": one.agrees, "told_on": one.told_on,
        "objection": one.objection, "wants_end": one.stop_asked_at is not None,
    }  # fmt: skip


def _session(found: Mediation, one: Session, mine: list[Party]) -> dict[str, Any]:
    """A joint session with its record, which all who were present sign; of an own separate talk time and place only."""
    signed = set(
        Signature.objects.filter(mediation=found, about=f"session:{one.number}").values_list(
            "signer", flat=True
        )
    )
    own = [f"party:{party.number}" for party in mine]
    present = {line["signer"] for line in one.present}
    return {
        "number": one.number, "kind": SESSION_KINDS[one.kind], "at": one.starts_at, "place": one.place,
        "is_held": one.state == "held", "record": one.record if one.kind == "joint" else "",
        "to_sign": [word for word in own if word in present and word not in signed] if one.kind == "joint" else [],
    }  # fmt: skip


def _agreement(found: Mediation, agreement: Agreement, mine: list[Party], on: dt.date) -> dict[str, Any]:
    signed = set(
        Signature.objects.filter(mediation=found, about="agreement").values_list("signer", flat=True)
    )
    left = (agreement.confirm_by - on).days if agreement.confirm_by else None
    own = {one.pk for one in mine}
    rows = Instalment.objects.filter(agreement=agreement).select_related("debtor", "creditor")
    return {
        "number": agreement.number, "facts": agreement.facts, "terms": agreement.terms, "performance": agreement.performance,
        "effective_on": agreement.effective_on, "confirm_by": agreement.confirm_by, "left": left,
        "is_running": left is not None and left >= 0 and not agreement.court_state,
        "to_sign": [
            f"party:{one.number}" for one in mine if f"party:{one.number}" not in signed
        ] if agreement.form == "written" and agreement.effective_on is None else [],
        "instalments": [
            {"number": one.number, "what": one.what, "is_mine": one.debtor_id in own, "due_on": one.due_on,
             "yuan": yuan(one.cents) if one.cents else "", "done_on": one.done_on}
            for one in rows if one.debtor_id in own or one.creditor_id in own
        ],
    }  # fmt: skip


def _to(request: HttpRequest, number: str, party: int) -> tuple[Mediation, Party]:
    found = mediation(request, number)
    one = next((one for one in own_parties(found, access.actor(request)) if one.number == party), None)
    if one is None:
        raise Http404
    return found, one


def _back(request: HttpRequest, number: str, said: str) -> HttpResponse:
    messages.success(request, said)
    answer = redirect("portal:mediation", number)
    once.remember(request, answer.url)
    return answer


@page("POST", personal=True)
def consent(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Agree to mediation, or refuse it."""
    _found, one = _to(request, number, party)
    agrees = request.POST.get("agrees") == "yes"
    record_consent(party=one, agrees=agrees, by=access.actor(request), at=now(request))
    return _back(request, number, _("记下了：您同意调解。") if agrees else _("记下了：您不同意调解。"))


@page("POST", personal=True)
def statement(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Write to the mediators alone; sent twice it is kept once."""
    _found, one = _to(request, number, party)
    if not once.result(request):
        state(party=one, text=request.POST.get("text", "")[:4000], by=access.actor(request), at=now(request))
    return _back(request, number, _("已交给调解员，对方看不到。"))


@page("POST", personal=True)
def end(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Ask for the mediation to end."""
    _found, one = _to(request, number, party)
    ask_to_stop(party=one, by=access.actor(request), at=now(request))
    return _back(request, number, _("已告诉调解员，您要求终止调解。"))


@page("POST", personal=True)
def objection(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Ask for a mediator to withdraw."""
    _found, one = _to(request, number, party)
    object_to(party=one, reason=request.POST.get("reason", ""), by=access.actor(request), at=now(request))
    return _back(request, number, _("已收到，调委会会答复您。"))


@page("POST", personal=True)
def signature(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Sign the agreement, or the record of a joint session one was present at."""
    found, one = _to(request, number, party)
    who: dict[str, Any] = {
        "signer": f"party:{one.number}",
        "way": "hand",
        "by": access.actor(request),
        "at": now(request),
    }
    about = request.POST.get("about", "")
    if about == "agreement":
        agreement = Agreement.objects.filter(mediation=found).first()
        if agreement is None:
            raise Http404
        sign_agreement(agreement=agreement, **who)
    else:
        session = found.sessions.filter(kind="joint", number=int(about) if about.isdigit() else 0).first()
        if session is None:
            raise Http404
        sign_session(session=session, **who)
    return _back(request, number, _("签好了。"))
