"""desk 工作台: the staff door of casework. Inbox, cases, counter, services, grievances, messages, search; thin, no rules.

``matters`` is the way from an address to an application, a grievance or a paper; ``urls`` lists every address.
"""
