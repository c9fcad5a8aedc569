"""sample 示范: an invented community with a year of ordinary work, written by the acts that people use.

Nothing here writes a column. A seeded diary (``diary``) lets stories (one application, one grievance, one project) go on
in the order of time; the same seed gives the same public numbers, counts and measures. The day (``day.DAY``) is frozen.
Acts: none of its own; ``loading.load`` writes everything in one transaction, or nothing.
"""
