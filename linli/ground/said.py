"""What the house has to say to a person, kept as a code with values until a door knows the language.

Below the doors nothing writes Chinese or English sentences. A refusal is raised as ``Said``; a remark (for
instance one line of an explanation) is a ``Saying``. The sentences themselves live in ``packs/words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Saying:
    """One sentence still without a language: a dotted code such as ``clock.weekend`` and its named blanks."""

    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Said(Exception):
    """A refusal or fault that a person must be told.

    ``field`` optionally names the form field the sentence belongs to, so that a door can put it there.
    """

    def __init__(self, code: str, /, *, field: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values: dict[str, object] = values

    @property
    def saying(self) -> Saying:
        """The same sentence as a plain value."""
        return Saying(self.code, MappingProxyType(dict(self.values)))

    def __str__(self) -> str:
        blanks = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.code} ({blanks})" if blanks else self.code
