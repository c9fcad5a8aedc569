"""Checking the ledger: the chain of every region, its head, its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from linli.ground.merkle import root
from linli.trail.checkpoints import signed_words
from linli.trail.models import Checkpoint, LedgerEntry, LedgerHead
from linli.trail.writing import entry_hash


@dataclass(frozen=True)
class Verdict:
    """How many entries were read, whether all hold, and the first fault as a short sentence of facts."""

    entries: int
    ok: bool
    first_fault: str | None


def verify(region: str | None = None) -> Verdict:
    """Recompute every entry's hash and link, compare with the head, and check every checkpoint's root and signature."""
    heads = LedgerHead.objects.order_by("region")
    if region:
        heads = heads.filter(region=region)
    count = 0
    for head in heads:
        seen, fault = _verify_region(head)
        count += seen
        if fault:
            return Verdict(count, False, fault)
    orphans = LedgerEntry.objects.exclude(region__in=LedgerHead.objects.values("region"))
    if region:
        orphans = orphans.filter(region=region)
    stray = orphans.first()
    if stray is not None:
        return Verdict(count, False, f"{stray.region}#{stray.sequence}: no head")
    return Verdict(count, True, None)


def _verify_region(head: LedgerHead) -> tuple[int, str | None]:
    previous, expected, leaves = "", 1, []
    entries = LedgerEntry.objects.filter(region=head.region).order_by("sequence").iterator(chunk_size=5000)
    for entry in entries:
        name = f"{entry.region}#{entry.sequence}"
        if entry.sequence != expected:
            return expected - 1, f"{head.region}#{expected}: missing"
        if entry.previous != previous:
            return expected, f"{name}: does not follow the entry before"
        own = entry_hash(
            entry.region,
            entry.sequence,
            entry.at,
            entry.kind,
            entry.row_key,
            entry.digest,
            entry.previous,
            entry.algorithm,
        )
        if own != entry.hash:
            return expected, f"{name}: content was changed"
        leaves.append(bytes.fromhex(entry.hash))
        previous, expected = entry.hash, expected + 1
    if head.sequence != expected - 1 or head.hash != previous:
        return expected - 1, f"{head.region}#{head.sequence}: head does not match"
    return expected - 1, _verify_checkpoints(head.region, leaves)


def _verify_checkpoints(region: str, leaves: list[bytes]) -> str | None:
    for point in Checkpoint.objects.filter(region=region).order_by("sequence"):
        name = f"{region}#{point.sequence} checkpoint"
        if point.sequence > len(leaves):
            return f"{name}: entries are missing"
        if root(leaves[: point.sequence], point.algorithm).hex() != point.root:
            return f"{name}: root differs"
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(point.public_key))
        try:
            key.verify(bytes.fromhex(point.signature), signed_words(point))
        except InvalidSignature:
            return f"{name}: signature is wrong"
    return None
