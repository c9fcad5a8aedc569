"""Cases: anything that is dealt with by steps, opinions and deadlines.

Nouns: Procedure (a sheet) with Step and Move; Case, Passage, Opinion, Hold, Hand, CasePaper, Rating; the matrix of
responsibilities and the duty lists (sheets); Cooperation, OutsideLink, PushedTask.
Acts: open_case, advance, ask_extension, decide_extension, attach, rate, escalate_overdue, recount_open; link,
accept_lead, refuse_part, decide_dispute; blow, rate_part; make_link, answer_link; push_task, refuse_task. A room adds its own facts to the case and
names a verb on the moves that only its verb may make; cases keeps that word without understanding it.
"""
