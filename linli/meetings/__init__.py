"""Meetings: a joint meeting of the bodies of a community (联席会议), from the call to the tasks that come of it.

Nouns: Meeting, Seat, AgendaItem, Roll, Position, Resolution, Task, Signature. Acts: call, take_roll, state, resolve,
write_minutes, sign_minutes, assign, send_back, confirm, remind. A meeting is of a kind; more kinds may follow.
"""
