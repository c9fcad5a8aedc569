"""Cases: anything that is dealt with by steps, opinions and deadlines.

Nouns: Procedure (a sheet) with Step and Move; Case, Passage, Opinion, Hold, Hand, CasePaper, Rating.
Acts: open_case, advance, hold, resume, extend, attach, rate, escalate. A room adds its own facts to the case and
names a verb on the moves that only its verb may make; cases keeps that word without understanding it.
"""
