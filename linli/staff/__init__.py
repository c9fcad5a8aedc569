"""staff 工作台公用: what every staff door stands on: who stands there, the shell, refusals, the screen of an act.

``access`` is the guard and the way from an address to a case or a person, ``addresses`` makes guarded addresses and
finds one by its bare name, ``frame`` draws the shell with its menu, ``saying`` is the only place where refusals become
messages, ``acting`` (a case) and ``doing`` (grouped forms, money) carry an act out from its screen. It has no addresses.
"""
