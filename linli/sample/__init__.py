"""The sample community: an invented place with a year of ordinary work, written by the acts that people use.

Nothing here writes a column. A seeded diary lets stories (one application, one grievance, one project) continue in
the order of time; the same seed gives the same public numbers, counts and measures. The sample's day is frozen.
"""

from datetime import date

DAY = date(2026, 3, 2)
"""The day on which the sample stands still, a Monday."""
