"""The Merkle tree of RFC 6962 §2.1, by SHA-256 or SM3: a root over entries, and short proofs under it.

Leaves are the entries' bytes; they are hashed with a zero byte before them and nodes with a one, so that no
entry can pass for a node. Verifiers follow RFC 9162 §2.1.3.2 and §2.1.4.2.
"""

from __future__ import annotations

from collections.abc import Sequence

from linli.ground.digest import digest_bytes


def leaf_hash(leaf: bytes, algorithm: str = "sha256") -> bytes:
    """The hash of one entry."""
    return digest_bytes(b"\x00" + leaf, algorithm)


def node_hash(left: bytes, right: bytes, algorithm: str = "sha256") -> bytes:
    """The hash of two subtrees."""
    return digest_bytes(b"\x01" + left + right, algorithm)


def root(leaves: Sequence[bytes], algorithm: str = "sha256") -> bytes:
    """The root over the entries in their order; of no entries the hash of nothing."""
    if not leaves:
        return digest_bytes(b"", algorithm)
    return _top([leaf_hash(leaf, algorithm) for leaf in leaves], algorithm)


def inclusion_proof(leaves: Sequence[bytes], index: int, algorithm: str = "sha256") -> list[bytes]:
    """The hashes, from leaf to root, that prove entry ``index`` (from 0); ``IndexError`` outside the entries."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, proof = [leaf_hash(leaf, algorithm) for leaf in leaves], []
    while len(level) > 1:
        if index ^ 1 < len(level):
            proof.append(level[index ^ 1])
        level, index = _joined(level, algorithm), index >> 1
    return proof


def consistency_proof(leaves: Sequence[bytes], old_size: int, algorithm: str = "sha256") -> list[bytes]:
    """The hashes that prove that the tree of the first ``old_size`` entries is kept unchanged in this one.

    Empty for the same size and for an old tree without entries; ``IndexError`` for an old size beyond the new.
    """
    if not 0 <= old_size <= len(leaves):
        raise IndexError(old_size)
    if old_size in (0, len(leaves)):
        return []
    return _subproof([leaf_hash(leaf, algorithm) for leaf in leaves], old_size, True, algorithm)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, algorithm: str = "sha256"
) -> bool:
    """Whether the proof shows that ``leaf`` is entry ``index`` (from 0) of the ``size`` entries under ``root``."""
    if not 0 <= index < size:
        return False
    last, reached = size - 1, leaf_hash(leaf, algorithm)
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            reached = node_hash(step, reached, algorithm)
            while not index & 1 and index:  # levels at which this subtree was alone and rose unhashed
                index, last = index >> 1, last >> 1
        else:
            reached = node_hash(reached, step, algorithm)
        index, last = index >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(
    old_size: int,
    new_size: int,
    proof: Sequence[bytes],
    old_root: bytes,
    new_root: bytes,
    algorithm: str = "sha256",
) -> bool:
    """Whether the proof shows that the ``new_size`` entries begin with the ``old_size`` entries, unchanged."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == digest_bytes(b"", algorithm)
    steps = list(proof)
    if (
        old_size & (old_size - 1) == 0
    ):  # the old tree is one whole subtree of the new: its root starts the proof
        steps.insert(0, old_root)
    if not steps:
        return False
    return _both_roots(old_size - 1, new_size - 1, steps, algorithm) == (old_root, new_root)


def _both_roots(at: int, last: int, steps: Sequence[bytes], algorithm: str) -> tuple[bytes, bytes] | None:
    """The old and the new root that the proof leads to; None if it is too long or too short."""
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node_hash(step, old, algorithm), node_hash(step, new, algorithm)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step, algorithm)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None


def _subproof(hashes: Sequence[bytes], kept: int, is_known: bool, algorithm: str) -> list[bytes]:
    """SUBPROOF of RFC 6962 §2.1.2; ``is_known``: the reader has this subtree's root already."""
    if kept == len(hashes):
        return [] if is_known else [_top(hashes, algorithm)]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:half], hashes[half:]
    if kept <= half:
        return [*_subproof(left, kept, is_known, algorithm), _top(right, algorithm)]
    return [*_subproof(right, kept - half, False, algorithm), _top(left, algorithm)]


def _top(hashes: Sequence[bytes], algorithm: str) -> bytes:
    level = list(hashes)
    while len(level) > 1:
        level = _joined(level, algorithm)
    return level[0]


def _joined(level: Sequence[bytes], algorithm: str) -> list[bytes]:
    """The next level up; one left alone rises as it is, which gives the same tree as splitting from the top."""
    pairs = [node_hash(level[at], level[at + 1], algorithm) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
