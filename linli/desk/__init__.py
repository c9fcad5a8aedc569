"""desk 工作台: the staff door. Frame, inbox, counter, cases, disclosure, people, sheets, audit; thin, no rules.

``access`` is the only way from an address to a thing, ``saying`` the only place where refusals become messages,
``frame`` draws the shell. Every address is guarded in ``urls``.
"""
