"""Benchmarks: queries and time of the busiest pages, measures, reports, cold start, ledger, filing under load."""
