"""The day on which the sample stands still. It knows nothing else, so that the settings may ask for it."""

from datetime import date

DAY = date(2026, 3, 2)
"""A Monday, inside the sample's year of records."""
