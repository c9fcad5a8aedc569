"""The rulebook: dated rules, calendar days, policy documents, and editions of every declared sheet.

Nouns: Rule, CalendarDay, CalendarYear, PolicyDocument, Edition. Acts: publish, publish_rule, load_year, enter_policy.
"""
