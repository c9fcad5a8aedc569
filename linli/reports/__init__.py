"""Reports: outlines, composition and rendering of our papers; reading and reviewing of papers that others wrote.

Nouns: outline, tree (document, heading, paragraph, table, chart, gap, annex), ``Report``, ``IssuedPaper``, ``Release``;
of others: paper, place, remark. Acts: ``composing.compose``, ``issue``, ``release``.
The way: ``facts`` fetches once; ``blocks``, ``tables`` and ``gaps`` write; ``composing`` gives the tree; ``word``, ``pdf``,
``excel``, ``webtree`` render it without any query. ``reading`` and ``reviewing`` judge papers and change nothing.
"""
