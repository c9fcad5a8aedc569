"""The arithmetic of evaluation: scoring rules, scores, honest ranges. Standard library only, no import from the house.

The verifier of a proof bundle is assembled from these files (in the order ``rounding``, ``rules``, ``scoring``,
``randomness``, ``robustness``), so every name in them is unique across the package.
"""
