"""portal 居民门: the residents' and the public's door.

One module per room, named alike. A view fetches through ``access``, calls one verb or builds one page of plain values,
and answers. Everything personal is masked unless it is the reader's own; visitors read public data (P0) only.
Essential acts work without script; refusals come back as sentences beside the field (``saying``).
"""
