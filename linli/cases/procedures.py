"""The sheet of a procedure: steps held by a post at a level, and the moves between them.

A step is held by a post, not by a person; the place follows from the post's level and the case's region, so one
sheet carries a chain from community to province. A sheet holds words, numbers and dates, never expressions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

Unit = Literal["natural", "working"]
Effect = Literal["", "start_clock", "extend"]


@dataclass(frozen=True)
class Limit:
    """A number of days in a stated unit; natural and working days are never mixed."""

    days: int
    unit: Unit


@dataclass(frozen=True)
class Escalation:
    """After how many days over the step's limit the clock makes which move."""

    after_days: int
    move: str


@dataclass(frozen=True)
class Step:
    """Where a case can be. ``public`` is what a resident reads; ``pauses`` stops the case's clock meanwhile."""

    code: str
    title: Both
    public: Both
    post: str = ""
    limit: Limit | None = None
    pauses: bool = False
    waits_for_parts: bool = False
    escalation: Escalation | None = None
    final: bool = False
    outcome: str = ""


@dataclass(frozen=True)
class Part:
    """A sub-case that a move opens for another body."""

    procedure: str
    post: str


@dataclass(frozen=True)
class Move:
    """A way from steps to a step, open to posts. ``verb`` names the only act that may make it."""

    code: str
    title: Both
    source: tuple[str, ...]
    target: str
    posts: tuple[str, ...]
    done: Both
    opinion: Literal["none", "optional", "required"] = "optional"
    public_opinion: bool = False
    papers: tuple[str, ...] = ()
    verb: str = ""
    effect: Effect = ""
    notice: str = ""
    opens: tuple[Part, ...] = ()
    tone: Literal["go", "main", "plain", "back"] = "plain"
    kind: Literal["forward", "return", "end", "stay"] = "forward"


@dataclass(frozen=True)
class Procedure:
    """A procedure as declared. ``kind`` is the word of the room's noun it carries."""

    code: str
    title: Both
    kind: str
    basis: str
    start: str
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    limit: Limit | None = None
    data_class: Literal["P1", "P2", "P3", "P4"] = "P2"
    filed_notice: str = ""
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def step(self, code: str) -> Step:
        """The step of a code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise Said("cases.unknown_step", step=code, procedure=self.code)

    def move(self, code: str) -> Move:
        """The move of a code."""
        for move in self.moves:
            if move.code == code:
                return move
        raise Said("cases.unknown_move", move=code, procedure=self.code)

    def moves_from(self, step: str) -> tuple[Move, ...]:
        """Every move that leaves (or stays at) a step."""
        return tuple(move for move in self.moves if step in move.source)


def procedure_of(edition: Edition | int) -> Procedure:
    """The parsed procedure of an edition."""
    return parsed(edition, Procedure)
