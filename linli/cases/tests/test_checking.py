"""A sheet that would strand a case is refused with its place and reason."""

from __future__ import annotations

import pytest

from linli.cases.checking import faults
from linli.cases.procedures import Procedure
from linli.cases.tests.procedure import PART, SHEET
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_text
from linli.people.roles import all_roles


def found(text: str) -> set[tuple[str, object]]:
    sheet = load_text(text, Procedure, source="trial")
    return {
        (fault.code.removeprefix("cases.sheet_"), fault.values["place"])
        for fault in faults(sheet, posts=all_roles(), notices=sheet_paths("notices"), source="trial")
    }


def test_sound_sheets_have_no_fault():
    assert found(SHEET) == set() == found(PART)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("start: filed", "start: nowhere", ("unknown_step", "start")),
        (
            "target: review, posts: [clerk, street_officer]",
            "target: rewiev, posts: [clerk]",
            ("unknown_step", "moves/accept"),
        ),
        (
            "target: review, posts: [clerk, street_officer]",
            "target: late, posts: [clerk]",
            ("unreachable", "steps/review"),
        ),
        ("post: street_officer}", "post: street_oficer}", ("unknown_post", "steps/late")),
        ("notice: case.accepted", "notice: case.acepted", ("unknown_notice", "moves/accept")),
        ("move: escalate}", "move: shout}", ("unknown_move", "steps/filed")),
        ("{days: 10, unit: working}", "{days: -1, unit: working}", ("limit", "limit")),
        ("- {code: escalate,", "- {code: accept,", ("double", "moves/accept")),
    ],
)
def test_each_fault_is_named(old, new, fault):
    assert old in SHEET
    assert fault in found(SHEET.replace(old, new))


def test_a_step_that_cannot_reach_an_end_is_refused():
    stuck = PART.replace("target: done, posts", "target: asked, posts")
    assert {("stuck", "steps/asked"), ("unreachable", "steps/done")} <= found(stuck)
    assert ("no_end", "steps") in found(PART.replace(", final: true, outcome: done", ""))
    left = PART.replace("source: [asked], target: done", "source: [asked, done], target: done")
    assert ("final_left", "steps/done") in found(left)
