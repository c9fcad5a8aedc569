"""What the clock starts, and how often. ``linli worker`` reads it; when a task was last done is a row.

A name is the dotted path of a function ``task(*, at)`` in a room's ``tasks.py``. What was missed while no worker
ran is caught up once. House tests resolve every name.
"""

from __future__ import annotations

from datetime import timedelta

TIMETABLE: dict[str, timedelta] = {}
