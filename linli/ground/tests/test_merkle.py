import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

ENTRIES = [str(number).encode() for number in range(70)]
# The test entries of the Certificate Transparency reference implementation and their roots.
KNOWN = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def by_definition(leaves):
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


@pytest.mark.parametrize("size", range(71))
def test_the_root_is_the_one_of_the_definition(size):
    assert root(ENTRIES[:size]) == by_definition(ENTRIES[:size])


def test_known_trees_have_their_known_roots():
    for size, expected in KNOWN_ROOTS.items():
        assert root(KNOWN[:size]).hex() == expected


@pytest.mark.parametrize("size", range(1, 71))
def test_every_entry_is_proven_and_none_at_another_place(size):
    leaves = ENTRIES[:size]
    top = root(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert verify_inclusion(leaf, index, size, proof, top)
        assert not verify_inclusion(leaf, (index + 1) % size, size, proof, top) or size == 1
        assert not verify_inclusion(b"other", index, size, proof, top)
        assert not verify_inclusion(leaf, index, size, [*proof, top], top)
        assert not proof or not verify_inclusion(leaf, index, size, proof[:-1], top)


@pytest.mark.parametrize("size", range(1, 71))
def test_every_older_tree_is_proven_to_be_kept(size):
    leaves = ENTRIES[:size]
    top = root(leaves)
    for old in range(size + 1):
        proof, old_top = consistency_proof(leaves, old), root(leaves[:old])
        assert verify_consistency(old, size, proof, old_top, top)
        assert not verify_consistency(old, size, [*proof, top], old_top, top)
        assert not verify_consistency(old, size, proof, root([b"other"]), top)
        assert not proof or not verify_consistency(old, size, proof[:-1], old_top, top)


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40), st.data())
def test_a_changed_past_cannot_be_proven(leaves, data):
    old = data.draw(st.integers(1, len(leaves) - 1))
    changed = data.draw(st.integers(0, old - 1))
    forged = [*leaves[:changed], leaves[changed] + b"!", *leaves[changed + 1 :]]
    proof = consistency_proof(forged, old)
    assert not verify_consistency(old, len(leaves), proof, root(leaves[:old]), root(forged))


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_a_tampered_proof_fails(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        assert not verify_inclusion(leaves[index], index, len(leaves), proof, root(leaves))


def test_sm3_trees_work_alike_and_differ():
    top = root(ENTRIES, "sm3")
    assert top != root(ENTRIES)
    assert verify_inclusion(ENTRIES[5], 5, 70, inclusion_proof(ENTRIES, 5, "sm3"), top, "sm3")
    old = root(ENTRIES[:9], "sm3")
    assert verify_consistency(9, 70, consistency_proof(ENTRIES, 9, "sm3"), old, top, "sm3")


def test_places_outside_the_tree_are_refused():
    for index in (-1, 70):
        with pytest.raises(IndexError):
            inclusion_proof(ENTRIES, index)
        assert not verify_inclusion(b"", index, 70, [], b"")
    for old in (-1, 71):
        with pytest.raises(IndexError):
            consistency_proof(ENTRIES, old)
        assert not verify_consistency(old, 70, [], b"", b"")


def test_a_proof_is_needed_where_the_old_tree_is_no_whole_subtree():
    assert not verify_consistency(3, 5, [], root(ENTRIES[:3]), root(ENTRIES[:5]))
