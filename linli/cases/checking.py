"""Checks on a procedure sheet before it is published: nothing unreachable, nothing stuck, no unknown word."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from linli.cases.procedures import Move, Procedure
from linli.ground.said import Said

APPLICANT = "applicant"
HOLDER = "holder"  # whichever post holds the step the move leaves
CLOCK = "system_clock"


def _fault(code: str, place: str, **values: Any) -> Said:
    """A fault at a place of the sheet; the sheet's name is filled in by ``faults``."""
    return Said(code, place=place, source="", **values)


def faults(
    procedure: Procedure, *, posts: Collection[str], notices: Collection[str], source: str = ""
) -> list[Said]:
    """Every fault of a sheet as ``Said`` with ``place`` (such as ``moves/accept``); an empty list is a sound sheet."""
    found = [*_doubles(procedure), *_unknown_steps(procedure)]
    if not found:
        found = [*_ways(procedure), *_words(procedure, posts, notices), *_numbers(procedure)]
    for fault in found:
        fault.values["source"] = source
    return found


def _doubles(procedure: Procedure) -> list[Said]:
    found = []
    for name, codes in (
        ("steps", [step.code for step in procedure.steps]),
        ("moves", [move.code for move in procedure.moves]),
    ):
        found += [
            _fault("cases.sheet_double", f"{name}/{code}")
            for code in sorted({c for c in codes if codes.count(c) > 1})
        ]
    return found


def _unknown_steps(procedure: Procedure) -> list[Said]:
    known = {step.code for step in procedure.steps}
    found = []
    if procedure.start not in known:
        found.append(_fault("cases.sheet_unknown_step", "start", step=procedure.start))
    for move in procedure.moves:
        ends = [*move.source, *([] if move.kind == "stay" and not move.target else [move.target])]
        found += [
            _fault("cases.sheet_unknown_step", f"moves/{move.code}", step=end)
            for end in ends
            if end not in known
        ]
    for step in procedure.steps:
        if step.escalation and step.escalation.move not in {
            move.code for move in procedure.moves_from(step.code)
        }:
            found.append(_fault("cases.sheet_unknown_move", f"steps/{step.code}", move=step.escalation.move))
    return found


def target(move: Move, step: str) -> str:
    """Where a move leads from a step; a staying move leads back to the same step."""
    return step if move.kind == "stay" and not move.target else move.target


def _reach(procedure: Procedure, starts: set[str], *, backwards: bool = False) -> set[str]:
    pairs = [(step, target(move, step)) for move in procedure.moves for step in move.source]
    if backwards:
        pairs = [(end, start) for start, end in pairs]
    seen, waiting = set(starts), list(starts)
    while waiting:
        here = waiting.pop()
        for start, end in pairs:
            if start == here and end not in seen:
                seen.add(end)
                waiting.append(end)
    return seen


def _ways(procedure: Procedure) -> list[Said]:
    finals = {step.code for step in procedure.steps if step.final}
    reachable = _reach(procedure, {procedure.start})
    ending = _reach(procedure, finals, backwards=True)
    found = [] if finals else [_fault("cases.sheet_no_end", "steps")]
    for step in procedure.steps:
        place = f"steps/{step.code}"
        if step.code not in reachable:
            found.append(_fault("cases.sheet_unreachable", place, step=step.title))
        if step.final and procedure.moves_from(step.code):
            found.append(_fault("cases.sheet_final_left", place, step=step.title))
        if not step.final and finals and step.code not in ending:
            found.append(_fault("cases.sheet_stuck", place, step=step.title))
    return found


def _words(procedure: Procedure, posts: Collection[str], notices: Collection[str]) -> list[Said]:
    known = {*posts, APPLICANT, HOLDER, CLOCK}
    found = []
    for step in procedure.steps:
        if not step.final and step.post not in known:
            found.append(_fault("cases.sheet_unknown_post", f"steps/{step.code}", post=step.post))
    for move in procedure.moves:
        found += [
            _fault("cases.sheet_unknown_post", f"moves/{move.code}", post=post)
            for post in [*move.posts, *(part.post for part in move.opens)]
            if post not in known
        ]
        if move.notice and move.notice not in notices:
            found.append(_fault("cases.sheet_unknown_notice", f"moves/{move.code}", notice=move.notice))
    return found


def _numbers(procedure: Procedure) -> list[Said]:
    limits = [("limit", procedure.limit), *((f"steps/{step.code}", step.limit) for step in procedure.steps)]
    return [_fault("cases.sheet_limit", place) for place, limit in limits if limit and limit.days < 0]
