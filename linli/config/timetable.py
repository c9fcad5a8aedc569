"""What the clock starts, and how often. ``linli worker`` reads it; when a task was last done is a row.

A name is the dotted path of a task in a room's ``tasks.py``; it gets its moment as ``at`` (ISO 8601). What was missed
while no worker ran is caught up once. House tests resolve every name.
"""

from __future__ import annotations

from datetime import timedelta

TIMETABLE: dict[str, timedelta] = {
    "linli.notices.tasks.send_pending": timedelta(seconds=10),
    "linli.cases.tasks.escalate": timedelta(minutes=15),
    "linli.trail.tasks.sign_chains": timedelta(days=1),
    "linli.projects.tasks.open_quarters": timedelta(days=1),
    "linli.notices.tasks.clear_old": timedelta(days=1),
    "linli.records.tasks.erase_expired": timedelta(days=1),
    "linli.services.tasks.erase_old_answers": timedelta(days=1),
    "linli.finding.tasks.purge": timedelta(days=1),
}
