"""How often somebody may try: counted per word in the cache of the server, forgotten after a while.

The cache is one per server process; a site with several processes counts in each. The lock of an account itself is
kept in the database (``people.signing``).
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def _key(purpose: str, word: str) -> str:
    return f"linli:{purpose}:{hashlib.sha256(word.encode()).hexdigest()[:32]}"


def count(purpose: str, word: str, minutes: int) -> int:
    """Count one more try and return how many there were in the running span."""
    key = _key(purpose, word)
    if cache.add(key, 1, minutes * 60):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the span ended between the two calls
        cache.set(key, 1, minutes * 60)
        return 1


def tries(purpose: str, word: str) -> int:
    """How many tries there were in the running span."""
    return int(cache.get(_key(purpose, word), 0))


def forget(purpose: str, word: str) -> None:
    """Start counting anew, after success."""
    cache.delete(_key(purpose, word))


def sender(request: HttpRequest) -> str:
    """Where a request comes from, as far as the server itself knows (headers can be made up)."""
    return str(request.META.get("REMOTE_ADDR", ""))
