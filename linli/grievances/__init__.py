"""Grievances: consultations, requests, complaints, reports and suggestions of residents (诉求).

Nouns: Grievance, Revisit, Joining, GroupDemand, PublicReply, Referral, HotlineOrder, HotlineBatch, ScreeningRound,
Conflict, ConflictLook; ClassList (a sheet). Acts: file_grievance, file_unnamed, dispatch, reply, revisit,
decide_reopening, close_silent, merge, part, join, raise_groups, propose, release, redirect, refer, follow_up,
take_order, take_batch, return_order, answer_back, open_round, enter_conflict, look_again, close_conflict.
A closed grievance reopens only as "reopen requested", which somebody else than who answered decides.
"""
