"""Addresses of the staff door. Every view is guarded here: signed in, a post at the desk, nothing cached."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from linli.desk import (
    audit,
    cases,
    counter,
    disclosure,
    figures,
    grievances,
    inbox,
    notices,
    organisations,
    people,
    roles,
    searching,
    services,
    sheets,
    telling,
)
from linli.desk.access import staff

app_name = "desk"


def show(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A page that is read, and may be posted to."""
    return path(route, staff(require_http_methods(["GET", "HEAD", "POST"])(view)), name=name)


def change(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address that only takes changes."""
    return path(route, staff(require_http_methods(["POST"])(view)), name=name)


urlpatterns: list[URLPattern] = [
    show("", inbox.show, "inbox"),
    change("filters/", inbox.save_filter, "filters"),
    change("filters/<int:order>/removal/", inbox.drop_filter, "filter-removal"),
    change("acceptances/", inbox.accept_many, "acceptances"),
    change("dispatches/", inbox.dispatch_many, "dispatches"),
    show("role/", roles.choose, "role"),
    show("cases/<str:number>/", cases.show, "case"),
    show("cases/<str:number>/audit/", cases.audit, "case-audit"),
    show("cases/<str:number>/papers/", cases.attach, "attach"),
    show("cases/<str:number>/papers/<str:key>/", cases.paper, "paper"),
    show("cases/<str:number>/moves/<str:code>/", cases.move, "move"),
    show("cases/<str:number>/dispatch/", grievances.dispatch, "dispatch"),
    show("cases/<str:number>/answer/", grievances.answer, "answer"),
    show("cases/<str:number>/reply/", grievances.reply, "reply"),
    show("cases/<str:number>/revisit/", grievances.revisit, "revisit"),
    show("cases/<str:number>/reopening/", grievances.reopening, "reopening"),
    show("cases/<str:number>/release/", grievances.release, "release"),
    show("cases/<str:number>/acceptance/", services.accept, "acceptance"),
    show("cases/<str:number>/acceptance/urgent/", services.accept_urgent, "acceptance-urgent"),
    show("cases/<str:number>/supplement/", services.supplement, "supplement"),
    show("cases/<str:number>/supply/", services.supply, "supply"),
    show("cases/<str:number>/visit/", services.visit, "visit"),
    show("cases/<str:number>/grant/", services.grant, "grant"),
    show("cases/<str:number>/refusal/", services.refuse, "refusal"),
    show("cases/<str:number>/payment/", services.pay, "payment"),
    show("cases/<str:number>/proof/", services.issue_proof, "proof"),
    show("cases/<str:number>/card/", services.issue_card, "card"),
    show("cases/<str:number>/handover/", services.hand_over, "handover"),
    show("cases/<str:number>/check-in/", services.check_in, "check-in"),
    show("cases/<str:number>/cancellation/", services.cancel, "cancellation"),
    show("cases/<str:number>/receipt/", telling.receipt, "receipt"),
    show("counter/", counter.find, "counter"),
    change("counter/persons/", counter.enter, "counter-enter"),
    show("counter/grievance/", telling.unnamed, "grievance-entry"),
    change("counter/proof-refusals/<str:item>/", counter.proof_refused, "proof-refusal"),
    show("counter/<str:key>/", counter.choose, "counter-person"),
    show("counter/<str:key>/grievance/", telling.of_person, "grievance-for"),
    show("counter/<str:key>/<str:item>/", counter.fill, "counter-item"),
    show("counter/<str:key>/<str:item>/read-back/", counter.read_back, "read-back"),
    show("search/", searching.search, "search"),
    show("notices/", notices.show, "notices"),
    change("notices/reading/", notices.read_all, "notices-reading"),
    show("people/", people.show, "people"),
    show("people/<str:key>/", people.person, "person"),
    show("people/<str:key>/unmasking/", people.unmask, "unmasking"),
    show("organisations/", organisations.show, "organisations"),
    show("disclosure/", disclosure.show, "disclosure"),
    show("disclosure/new/", disclosure.choose, "disclosure-new"),
    show("disclosure/new/<str:code>/", disclosure.publish_item, "publish"),
    show("disclosure/<str:number>/", disclosure.publication, "publication"),
    show("disclosure/<str:number>/removal/", disclosure.remove, "removal"),
    show("disclosure/<str:number>/correction/", disclosure.correct_item, "correction"),
    show("objections/<str:key>/", disclosure.answer, "objection"),
    show("figures/", figures.show, "figures"),
    show("sheets/", sheets.show, "sheets"),
    show("sheets/<str:kind>/<str:code>/", sheets.sheet, "sheet"),
    show("rules/", sheets.rules, "rules"),
    show("calendar/<int:year>/", sheets.calendar, "calendar"),
    show("audit/", audit.show, "audit"),
    change("audit/verification/", audit.verification, "verification"),
]

# Rooms of this door that come with their own list of addresses (relative to /desk/).
for _room in ("projects", "evaluation", "reports"):
    if find_spec(f"linli.desk.{_room}"):
        for _pattern in getattr(import_module(f"linli.desk.{_room}"), "urlpatterns", []):
            _pattern.callback = staff(_pattern.callback)
            urlpatterns.append(_pattern)
