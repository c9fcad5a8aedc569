"""The sheet of a procedure: steps held by a post at a level, and the moves between them.

A step is held by a post, not by a person; the place follows from the post's level and the case's region, so one
sheet carries a chain from community to province. A sheet holds words, numbers and dates, never expressions.

Besides posts a step or move may name ``applicant`` (the person the case is about), ``holder`` (whichever post holds
the step the move leaves), and among bodies that work on one matter: ``body`` (whom a part was opened for), ``asker``
(whoever answers for the matter that the part belongs to) and ``lead`` (the first receiver until the lead accepts).
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
Does = Literal["remind", "raise", "whistle"]
Figure = Literal["", "stars", "yes_no"]

APPLICANT = "applicant"
HOLDER = "holder"
BODY, ASKER, LEAD = "body", "asker", "lead"
WORDS_FOR_POSTS = (APPLICANT, HOLDER, BODY, ASKER, LEAD)


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
class Rung:
    """One rung of a step's escalation: how many days after its last day the clock does what.

    ``remind`` tells whoever holds the case (a negative number of days: before the last day), ``raise`` tells the
    declared ``post`` above as well, ``whistle`` calls the holder to the street by a whistle.
    """

    after_days: int
    does: Does
    post: str = ""


@dataclass(frozen=True)
class Extending:
    """Who may lengthen the promised limit, and by which dated rules: how often, and by how many days at most."""

    post: str
    times: str = "cases.extension_times"
    days: str = "cases.extension_days"


@dataclass(frozen=True)
class Reason:
    """One reason of a list that a move asks for."""

    code: str
    title: Both


@dataclass(frozen=True)
class Step:
    """Where a case can be. ``public`` is what a resident reads; ``pauses`` stops the case's clock meanwhile.

    ``rungs`` are climbed by the clock in their order, each once in a stay; ``escalation`` is the move it makes at last.
    """

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
    rungs: tuple[Rung, ...] = ()

    @property
    def climbs(self) -> tuple[int, ...]:
        """After how many days each rung comes, and at last the escalating move."""
        last = (self.escalation.after_days,) if self.escalation else ()
        return (*(rung.after_days for rung in self.rungs), *last)


@dataclass(frozen=True)
class Part:
    """A sub-case that a move opens for another body."""

    procedure: str
    post: str


@dataclass(frozen=True)
class Move:
    """A way from steps to a step, open to posts. ``verb`` names the only act that may make it.

    ``reasons`` is a list of which one must be chosen; ``figure`` a number that must be stated (stars 1 to 5; no or yes
    as 0 or 1).
    """

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
    reasons: tuple[Reason, ...] = ()
    figure: Figure = ""


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
    extending: Extending | None = None

    def step(self, code: str) -> Step:
        """The step of a code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise Said("cases.unknown_step", step=code, procedure=self.code)

    def move(self, code: str) -> Move:
        """The move of a code: one of the sheet, or one that every procedure knows (``STANDING``)."""
        for move in (*self.moves, *STANDING):
            if move.code == code:
                return move
        raise Said("cases.unknown_move", move=code, procedure=self.code)

    @property
    def has_parts(self) -> bool:
        """Whether a case of it may have parts."""
        return any(step.waits_for_parts for step in self.steps)

    def moves_from(self, step: str) -> tuple[Move, ...]:
        """Every move that leaves (or stays at) a step."""
        return tuple(move for move in self.moves if step in move.source)


def _standing(code: str, zh: str, en: str) -> Move:
    return Move(code, Both(zh, en), (), "", (), Both(zh, en), verb=f"cases.{code}", kind="stay")


# What befalls a case of any procedure without leading to another step; only the act named by the verb records it.
STANDING: tuple[Move, ...] = (
    _standing("ask_extension", "申请延期", "Asked for an extension"),
    _standing("grant_extension", "同意延期", "Extension granted"),
    _standing("refuse_extension", "不同意延期", "Extension refused"),
    _standing("clock_remind", "系统提醒经办岗位", "Reminded by the clock"),
    _standing("clock_raise", "超期，系统报上一级", "Late: raised to the level above"),
    _standing("clock_whistle", "超期，系统吹哨", "Late: the whistle was blown"),
    _standing(
        "recount", "工作日历更新，重新计算期限", "The working calendar changed; the day was counted again"
    ),
    _standing("lead_accepts", "牵头单位接手", "The lead body took it over"),
)


def procedure_of(edition: Edition | int) -> Procedure:
    """The parsed procedure of an edition."""
    return parsed(edition, Procedure)
