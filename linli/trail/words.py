"""Who did it, as the trail sees it."""

from __future__ import annotations

from typing import Protocol


class By(Protocol):
    """An actor reduced to the words the trail keeps: never a name, always an account, a post and a place."""

    @property
    def actor_word(self) -> str: ...

    @property
    def post(self) -> str: ...

    @property
    def place(self) -> str: ...
