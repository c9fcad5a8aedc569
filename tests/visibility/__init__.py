"""Proof of visibility: who may open which address, which rows, which words; declared once, held against the site."""
