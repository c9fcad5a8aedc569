"""finding 检索: the search index over the rows of every room.

Nouns: ``Indexed`` (one row of some room: kind, key, region, data class), ``Terms`` (its search terms).
Acts: ``indexing.put``, ``indexing.drop``, ``indexing.purge``. Reading: ``Indexed.objects.matching`` and ``searching.matching_keys``.

The room knows no other room: kind, key and region are words given by the caller. A term is found only together
with the caller's own ``visible_to(actor)`` in the same statement; nothing here decides who may see a row.
Identity numbers, telephone and bank numbers never become terms; look those up by the keyed index of people.
"""
