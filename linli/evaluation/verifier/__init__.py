"""The parts of ``verify.py``, the stand-alone check of a proof bundle, and their joining into one file.

Standard library only. ``joining.verify_source`` strips the imports between house files and writes them one after
another, so the formulas that scored are the very formulas that check.
"""
