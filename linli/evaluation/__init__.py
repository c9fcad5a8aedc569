"""Evaluation: indicator systems, readings, goals, evaluations, scores, the goal linter, the proof bundle.

Nouns: indicator system (frame), indicator, measure, reading, evidence list, goal declaration, evaluation, claim,
score, mark, grade, gap, finding. Acts: take, attest, survey, derive (``readings``); declare, approve (``goals``);
open_evaluation, take_readings, use, leave_out, claim, find (``evaluating``); score, submit (``scores``); make_bundle.
What is pure lives in ``formulas``, ``recounting``, ``claiming``, ``reckoning`` and ``proving`` (standard library only,
because the bundle's verifier is joined from that very source); ``taking`` runs a declared measure over all places.
"""
