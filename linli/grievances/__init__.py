"""Grievances: consultations, requests, complaints, reports and suggestions of residents (诉求).

Nouns: Grievance, Reply, Revisit; GrievanceClass (a sheet). Acts: file_grievance, dispatch, return_dispatch, reply,
revisit, confirm_reopening. A closed grievance reopens only as "reopen requested", which staff must answer.
"""
