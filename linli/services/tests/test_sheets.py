"""The shipped items and their procedures are sound; a faulty sheet is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.cases import declared as procedures
from linli.ground.packs import sheet_paths
from linli.ground.sheets import Both, load_file
from linli.services import declared
from linli.services.declared import Basis, Ceiling, Choice, Condition, Shared

ITEMS = {
    "temporary_assistance",
    "old_age_allowance",
    "mediation_application",
    "community_proof",
    "venue_booking",
    "library_card",
}


def sheet(code):
    return load_file(sheet_paths(declared.KIND)[code], declared.SCHEMA)


def test_every_shipped_item_is_sound():
    assert set(sheet_paths(declared.KIND)) >= ITEMS
    for code in sheet_paths(declared.KIND):
        assert sheet(code).code == code
        assert declared.faults(sheet(code), source=code) == []


@pytest.mark.parametrize("code", sorted(ITEMS))
def test_its_procedure_is_sound_and_every_verb_is_an_act(code):
    plan = load_file(sheet_paths("procedures")[sheet(code).procedure], procedures.SCHEMA)
    assert procedures.faults(plan, source=plan.code) == []
    assert plan.kind == "services.application"
    for move in plan.moves:
        if move.verb:
            module, name = move.verb.rsplit(".", 1)
            found = __import__(f"linli.{module}", fromlist=[name])
            # ``accept_urgent`` is the urgent way of the act ``accept``.
            act = getattr(found, "accept" if name == "accept_urgent" else name)
            assert getattr(act, "is_act", False), move.verb


def test_every_sensitive_question_states_its_purpose_and_class():
    for code in sheet_paths(declared.KIND):
        for question in sheet(code).questions():
            assert question.purpose
            if question.kind == "identity":
                assert question.data_class == "P3" and question.is_sealed


def test_a_faulty_item_is_named():
    good = sheet("temporary_assistance")
    asked = next(good.questions())
    group = good.groups[0]
    strange = replace(
        good,
        procedure="none",
        ceilings=(Ceiling("emperor", "rule.none"),),
        conditions=(Condition("age", Both("?"), Both("!"), check="age_at_least", rule="rule.age"),),
        shared=Shared("list.none"),
        review_route=Both(""),
        groups=(
            replace(
                group,
                questions=(
                    asked,
                    replace(asked, purpose=" "),
                    replace(asked, code="c", choices=(Choice("a", Both("甲")),)),
                    replace(asked, code="scan", kind="file"),
                ),
            ),
        ),
        materials=(good.materials[0], good.materials[0]),
    )
    found = [(fault.code, fault.values["place"]) for fault in declared.faults(strange, source="x.yaml")]
    assert found == [
        ("services.sheet_unknown_word", "rules"),
        ("services.sheet_unknown_word", "rules"),
        ("services.sheet_unknown_word", "procedures"),
        ("services.sheet_unknown_word", "disclosure"),
        ("services.sheet_unknown_word", "ceilings"),
        ("services.sheet_double", "groups"),
        ("services.sheet_double", "materials"),
        ("services.sheet_no_purpose", asked.code),
        ("services.sheet_choices", "c"),
        ("services.sheet_unknown_word", "materials"),
        ("services.sheet_no_review", "review_route"),
    ]
    assert declared.title(good) == good.name and declared.validity(good)[1] is None
    assert isinstance(good.basis[0], Basis)
