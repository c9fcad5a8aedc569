"""How an act of this room makes the move that names it, whatever the sheet calls that move."""

from __future__ import annotations

from datetime import datetime

from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance, moves_for
from linli.cases.procedures import Move
from linli.ground.said import Said
from linli.people.actors import Actor


def moves_named(case: Case, verb: str) -> tuple[Move, ...]:
    """Moves that leave the case's present step and name the verb."""
    if case.closed_on is not None:
        raise Said("cases.closed", number=case.number)
    return tuple(move for move in case.plan.moves_from(case.step) if move.verb == verb)


def step(case: Case, *, by: Actor, at: datetime, words: MoveWords) -> Passage:
    """Make the move that names ``words.verb`` and is open to the actor; of several the sheet's first.

    Raises ``Said('services.not_now')`` where the present step has no such move; cases says the rest.
    """
    named = moves_named(case, words.verb)
    if not named:
        raise Said("services.not_now", step=case.at_step.title)
    mine = [move for move in moves_for(case, by) if move in named]
    return advance(case, (mine or list(named))[0].code, by=by, at=at, words=words)
