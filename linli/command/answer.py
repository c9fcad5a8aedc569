"""What a command hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """``data`` is the JSON value of ``--json``; ``lines`` are what a person reads instead.

    ``code`` is 0 when done (for a check: nothing found) and 1 when done with findings or a negative result.
    What could not be done is never an answer: it is raised.
    """

    data: object
    lines: tuple[str, ...] = ()
    code: int = 0
