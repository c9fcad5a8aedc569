"""Evaluation: indicator systems, readings, scores, the goal linter.

Nouns: indicator system (frame), indicator, measure, reading, score, grade, gap, finding.
What is pure lives in ``formulas`` (standard library only, because the proof bundle's verifier is assembled from
that very source); ``frames`` knows the sheet of an indicator system; ``linting`` judges declared goals.
"""
