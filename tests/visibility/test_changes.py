"""Changes: whoever may not open a screen cannot post to it either; not a row of the site differs afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from linli.cases.models import Case
from tests.visibility.addresses import Address, addresses, meaning
from tests.visibility.allowed import ALLOWED, POSTS, READERS
from tests.visibility.looking import Looker
from tests.visibility.matters import PDF
from tests.visibility.world import browser

# Everything that the forms of the site ask for, filled in so that it is taken wherever the right is there.
BODY: dict[str, Any] = {
    "opinion": "情况属实，同意办理。", "text": "漏水已经修好，谢谢反映。", "checked": "on", "was_reached": "yes", "channel": "phone",
    "is_resolved": "yes", "is_satisfied": "yes", "decision": "reopen", "visitors": "甲工\n乙工\n丙工", "found": "家中所见属实",
    "agrees": "yes", "neighbours_asked": "2", "amount": "1500", "reason_class": "sudden_event", "paid_on": "2026-06-24",
    "reference": "F-1", "missing": ["event_proof"], "reason": "contact", "ground": "mistake", "outcome": "dismissed", "stars": "5",
    "resolved": "yes", "satisfied": "yes", "name": "新来人", "class_code": "G01", "nature": "help", "grade": "ordinary", "kind": "photo",
    "guardian_agreed": "on", "on": "2026-06-24", "report_number": "审1号", "body": "区审计局", "result": "完成", "form": "docx",
    "points": "100", "source": "自报", "value": "95",
}  # fmt: skip
# That the body would be taken is shown by who may: the act goes through and the rows differ.
TAKEN = (
    ("desk:acceptance", "filed", "clerk"), ("desk:supplement", "filed", "clerk"), ("desk:refusal", "auditing", "street_assistance"),
    ("desk:grant", "auditing", "street_assistance"),
    ("desk:visit", "visiting", "grid_worker"), ("desk:acceptance", "mediation", "mediator"), ("desk:check-in", "booking", "clerk"),
    ("desk:cancellation", "booking", "clerk"), ("desk:card", "card", "librarian"), ("desk:proof", "proof", "committee_director"),
    ("desk:dispatch", "told", "clerk"), ("desk:answer", "told", "clerk"), ("desk:reply", "handled", "property_manager"),
    ("desk:revisit", "answered", "clerk"), ("desk:reopening", "reopening", "clerk"), ("desk:release", "answered", "clerk"),
    ("desk:move", "auditing", "street_assistance"), ("desk:attach", "told", "clerk"), ("desk:counter-enter", "", "clerk"),
    ("desk:grievance-for", "person", "clerk"), ("desk:unmasking", "person", "clerk"), ("desk:objection", "publication", "street_assistance"),
    ("desk:removal", "publication", "street_assistance"), ("desk:projects-act", "applied", "street_officer"),
    ("desk:evaluation-scores", "running", "district_civil"), ("portal:withdrawal", "filed", "owner"),
    ("portal:revisit", "answered", "owner"), ("portal:publication", "publication", "owner"),
)  # fmt: skip


def _body(address: Address) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if address.name == "desk:attach":
        more["file"] = SimpleUploadedFile("照片.pdf", PDF + b"% more", "application/pdf")
    if address.name == "portal:publication":
        more["text"] = "金额不对，请核对。"
    return {**BODY, **more}


def _rows() -> dict[str, Any]:
    """How many rows of each kind there are, and where every case stands."""
    found: dict[str, Any] = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("linli.")
    }
    found["stands"] = sorted(Case.objects.values_list("pk", "step", "passages_count", "closed_on"))
    return found


def _changed(before: dict[str, Any]) -> list[str]:
    after = _rows()
    return [name for name, value in before.items() if after[name] != value]


@pytest.mark.slow
@pytest.mark.parametrize("who", [*READERS, *POSTS])
def test_who_may_not_open_a_screen_changes_nothing_by_posting_to_it(world, who, record_property):
    looker, before, opened, tried = Looker(world, who), _rows(), [], 0
    for side in ("own", "foreign"):
        corner = looker.corner(side)
        for address, kind in looker.looks(side):
            page = ALLOWED[address.name]
            allowed = page.own_of(kind) if side == "own" else page.foreign_of(kind)
            if who in allowed or not page.own_of(kind):
                continue
            client = looker.browser(looker.account(corner, kind))
            answer = client.post(address.url(corner, kind), _body(address))
            tried += 1
            if meaning(answer) not in ("closed", "method"):
                opened.append((side, address.name, kind, answer.status_code))
    record_property("checks", tried)
    assert opened == []
    assert _changed(before) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind", "who"), TAKEN)
def test_the_same_post_goes_through_for_who_may(world, name, kind, who):
    address = next(one for one in addresses() if one.name == name)
    looker = Looker(world, who)
    client, before = browser(looker.account(world.home, kind)), _rows()
    with transaction.atomic():
        answer = client.post(address.url(world.home, kind), _body(address))
        changed = _changed(before)
        transaction.set_rollback(True)
    assert answer.status_code in (200, 302), answer.content.decode()[-3000:]
    assert changed != []
