"""One proof that many entries lie in one ledger: the hashes that are missing to reach the signed root.

The tree is that of RFC 6962 §2.1 over the entry hashes. Where no wanted entry lies below a node, the node's hash is
given; below the others the verifier works the hashes out itself, so the proof holds nothing that it must trust.
The proof bundle's verifier is assembled from this file; ``linli.ground`` gives it digest and node hashes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set

from linli.ground.merkle import leaf_hash, node_hash, root


def missing_hashes(leaves: Sequence[bytes], wanted: Set[int], algorithm: str) -> list[str]:
    """The hashes (hex, left to right) that lead from the wanted entries (counted from 0) to the root."""
    found: list[str] = []
    places = sorted(wanted)

    def walk(first: int, last: int) -> None:
        if not _any_between(places, first, last):
            found.append(root(leaves[first:last], algorithm).hex())
        elif last - first > 1:
            middle = first + _split(last - first)
            walk(first, middle)
            walk(middle, last)

    walk(0, len(leaves))
    return found


def root_from(size: int, wanted: Mapping[int, bytes], hashes: Sequence[str], algorithm: str) -> bytes:
    """The root that the wanted entries and the given hashes lead to. Raises ValueError when they do not fit together."""
    places = sorted(wanted)
    if size < 1 or any(not 0 <= place < size for place in places):
        raise ValueError("the proof does not fit")
    given = iter(hashes)

    def joined(first: int, last: int) -> bytes:
        if not _any_between(places, first, last):
            return bytes.fromhex(_next_of(given))
        if last - first == 1:
            return leaf_hash(wanted[first], algorithm)
        middle = first + _split(last - first)
        left = joined(first, middle)
        return node_hash(left, joined(middle, last), algorithm)

    reached = joined(0, size)
    if next(given, None) is not None:
        raise ValueError("the proof does not fit")
    return reached


def _next_of(given: Iterator[str]) -> str:
    known = next(given, None)
    if known is None:
        raise ValueError("the proof is too short")
    return known


def _any_between(places: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(places, first)
    return at < len(places) and places[at] < last


def _split(count: int) -> int:
    """The greatest power of two below ``count`` (RFC 6962)."""
    return 1 << (count - 1).bit_length() - 1
