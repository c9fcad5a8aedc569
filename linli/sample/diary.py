"""The order of time: stories are generators that say when they go on, and the diary lets them, day by day."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime

from linli.trail.writing import writing

Story = Iterator[datetime]
"""Does something, then yields the moment at which it goes on."""
Detour = Generator[datetime, None, datetime]
"""A part of a story that hands back the moment at which it ended."""


class Diary:
    """Stories waiting for their moments. What would happen at ``until`` or later has not happened."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._begun = 0

    def begin(self, at: datetime, story: Story) -> None:
        """Let a story begin at a moment."""
        self._begun += 1
        heapq.heappush(self._waiting, (at, self._begun, story))

    def run(self, told: Callable[[date], None]) -> None:
        """Live through every day; each is one transaction. ``told`` hears of the first day of every month."""
        month = (0, 0)
        while self._waiting and self._waiting[0][0] < self.until:
            day = self._waiting[0][0].date()
            if (day.year, day.month) != month:
                month = (day.year, day.month)
                told(day)
            with writing():
                self._live(day)

    def _live(self, day: date) -> None:
        while self._waiting and self._waiting[0][0].date() == day and self._waiting[0][0] < self.until:
            at, order, story = heapq.heappop(self._waiting)
            goes_on = next(story, None)
            if goes_on is None:
                continue
            if goes_on < at:
                message = f"a story went back in time: {goes_on} before {at}"
                raise RuntimeError(message)
            heapq.heappush(self._waiting, (goes_on, order, story))
