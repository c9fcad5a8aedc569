"""disclosure 公开: what a community must show, what it showed, and what people objected to.

Nouns: ``DisclosureItem`` (a sheet of the catalogue), ``Publication`` (the masked text as shown, from when to when),
``TakenDown``, ``Objection`` with its ``Answer``.
Acts: ``publishing.publish``, ``publishing.correct``, ``publishing.take_down``, ``objecting.object_to``,
``objecting.answer_objection``; ``duties.overdue`` lists what should have been shown and was not.

A publication is composed from facts by the masking profile of its catalogue item: what the item does not show cannot
get in, and every text is searched for personal numbers before it is written. It is never edited; a correction is a
new publication that names the one it replaces.
"""
