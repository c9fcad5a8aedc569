"""People: persons, households, organisations, posts, accounts and consent.

Nouns: Person, Household, Membership, Organisation, Appointment, Account, SignIn, Consent; Role (a sheet) and
Actor (a person in one post at one place). Acts: enter_person, enter_organisation, appoint, dismiss, open_account,
consent, withdraw_consent, erase_person.
"""
