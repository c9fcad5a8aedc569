"""Every item of the catalogue runs from filing to its end, and every one can be refused."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from linli.cases.procedures import Procedure
from linli.disclosure.models import Publication
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file
from linli.people.actors import SETUP
from linli.people.entering import appoint, enter_organisation
from linli.people.signing import post_actor
from linli.services import decision, declared
from linli.services.intake import Entry
from linli.services.models import Application, Grant, Record
from linli.services.passing import passed_to
from linli.services.tests import walking
from linli.services.tests.counter import refused, village
from linli.trail.verifying import verify
from tests.cast import BEGIN, MINGHE

pytestmark = pytest.mark.django_db
__all__ = ["village"]
SHEETS = {code: load_file(path, declared.SCHEMA) for code, path in sheet_paths(declared.KIND).items()}
FLOWS = {"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"}


@pytest.fixture
def referral(village):
    """The street's referral post, held by somebody of the street office."""
    held = appoint(
        person=village.person("jie"), organisation=village.bodies["minghe-office"], post="referral_officer",
        place=village.regions[MINGHE], valid_from=date(2025, 1, 1), by=SETUP, at=BEGIN,
    )  # fmt: skip
    return {"referral": post_actor(village.accounts["jie"], held)}


def filed(village, sheet):
    return walking.booked(village) if sheet.code == "venue_booking" else walking.file(village, sheet)


def test_the_catalogue_has_the_fifty_items_and_every_flow():
    assert len(SHEETS) >= 50
    assert {sheet.flow for sheet in SHEETS.values()} == FLOWS
    assert {"person", "organisation", "paired_unit"} <= {who for s in SHEETS.values() for who in s.audience}


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_every_item_runs_from_filing_to_its_end(village, referral, flow):
    for sheet in (one for one in SHEETS.values() if one.flow == flow):
        application = filed(village, sheet)
        made = walking.walk(village, application, referral)
        case = application.case
        assert case.closed_on is not None, (sheet.code, made)
        assert case.outcome in ("granted", "handed_over", "served"), (sheet.code, made)
        assert case.passages_count == len(made) + 1 == case.passages.count(), sheet.code
        _came_of_it(sheet, case, made)
    assert verify().ok


def _came_of_it(sheet, case, made):
    """What the end of a matter leaves: the grant and its cycle, a masked announcement, what a department was given."""
    if decision.GRANT in made:
        assert Grant.objects.get(case=case).cycle == ("monthly" if sheet.tiers else sheet.cycle), sheet.code
        assert Application.objects.get(case=case).decision == "granted"
    if sheet.announced:
        shown = Publication.objects.about(f"case:{case.number}").order_by("pk").first()
        assert shown is not None and "赵**" in shown.title and "德顺" not in str(shown.body), sheet.code
    for row in Record.objects.filter(case=case, kind="sent"):
        given = passed_to(sheet, declared.DEPARTMENT)
        assert row.passed and set(row.passed) == given.questions | given.materials, sheet.code


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_every_item_can_be_refused_in_writing(village, referral, flow):
    for sheet in (one for one in SHEETS.values() if one.flow == flow and one.code != "venue_booking"):
        application = walking.file(village, sheet)
        case = application.case
        ways = [move for move in case.plan.moves_from(case.step) if move.verb == decision.REFUSE]
        assert ways, f"no way to refuse {sheet.code} at the counter"
        refuse = partial(
            decision.refuse,
            application=application,
            by=walking.holder(village, case, ways[0], referral),
            at=BEGIN,
        )
        refused("services.reason_missing", partial(refuse, reason=" "))
        refuse(reason="不符合条件")
        assert case.outcome in ("refused", "not_accepted") and case.closed_on is not None
        text = case.passages.get(number=case.passages_count).opinion.text
        assert text.startswith("不符合条件") and sheet.review_route.zh in text


def test_a_condition_that_is_not_met_refuses_at_entry(village):
    for sheet in SHEETS.values():
        asked = [one for one in sheet.conditions if one.check == "asked"]
        if not asked:
            continue
        told = {one.code: one.wanted for one in sheet.conditions} | {asked[0].code: not asked[0].wanted}
        is_online = "portal" in sheet.channels
        entry = Entry(conditions=told, promises=walking.promises(sheet), read_back=not is_online)
        said = refused("services.condition_unmet", partial(walking.file, village, sheet, entry=entry))
        assert said.values["instead"] == asked[0].otherwise
    assert not Application.objects.exists()


def test_missing_papers_hold_up_acceptance_in_every_item_that_asks_for_them(village):
    for sheet in SHEETS.values():
        needed = [m for m in sheet.materials if m.source == "applicant" and not m.tolerant]
        plan = load_file(sheet_paths("procedures")[sheet.procedure], Procedure)
        if not needed or not any(
            move.verb == decision.ACCEPT and plan.start in move.source for move in plan.moves
        ):
            continue
        application = walking.file(village, sheet, papers=[])
        accept = next(m for m in application.case.plan.moves if m.verb == decision.ACCEPT)
        by = walking.holder(village, application.case, accept, {})
        said = refused(
            "services.papers_lacking", partial(decision.accept, application=application, by=by, at=BEGIN)
        )
        assert {name.zh for name in said.values["papers"]} == {m.name.zh for m in needed}


def test_organisations_exist_for_what_is_filed_by_them(village):
    """An organisation applies by a person who holds a post in it; its name is known and filled in."""
    from linli.services.prefilling import known_answers

    sheet = SHEETS["social_organisation"]
    assert "organisation" in sheet.audience
    body = enter_organisation(
        key="helin-singers",
        name="禾邻合唱队",
        kind="community_group",
        region=village.helin,
        by=SETUP,
        at=BEGIN,
    )
    appoint(
        person=village.person("chen"), organisation=body, post="resident", place=village.helin,
        valid_from=date(2026, 1, 1), by=SETUP, at=BEGIN,
    )  # fmt: skip
    known = {one.code: one for one in known_answers(sheet, village.person("chen"))}
    assert (
        known["organisation_name"].value == "禾邻合唱队"
        and known["organisation_name"].source == "organisation"
    )
