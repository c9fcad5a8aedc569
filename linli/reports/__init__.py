"""Reports: outlines, composition and rendering of our papers; reading and reviewing of papers that others wrote.

Nouns: outline, body, annex, paper, place, finding.
``reading`` turns a file into a paper with places; ``reviewing`` judges it and changes nothing.
"""
