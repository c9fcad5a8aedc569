"""Signed checkpoints of a region's chain, and proofs against them (RFC 6962 tree over the entry hashes)."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from linli.ground.canonical import canonical
from linli.ground.merkle import inclusion_proof, root
from linli.trail.models import Checkpoint, LedgerEntry, LedgerHead
from linli.trail.words import By
from linli.trail.writing import act, moment, note


def signed_words(point: Checkpoint) -> bytes:
    """The bytes that a checkpoint's signature covers."""
    return canonical([point.region, point.sequence, point.root, point.algorithm, point.made_at])


def leaves(region: str, up_to: int) -> list[bytes]:
    """Entry hashes of a region's chain, first to ``up_to``, as tree leaves."""
    hashes = (
        LedgerEntry.objects.filter(region=region, sequence__lte=up_to)
        .order_by("sequence")
        .values_list("hash", flat=True)
    )
    return [bytes.fromhex(value) for value in hashes]


@act
def make_checkpoint(*, region: str, by: By, at: datetime) -> Checkpoint | None:
    """Sign the chain of a region as it stands. Nothing new since the last checkpoint: the last one is returned.

    A region without entries has no checkpoint (``None``).
    """
    head = LedgerHead.objects.filter(region=region).first()
    if head is None or head.sequence == 0:
        return None
    last = Checkpoint.objects.filter(region=region, sequence=head.sequence).first()
    if last is not None:
        return last
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.KEYS.signing))
    algorithm = settings.LINLI_DIGEST
    point = Checkpoint(
        region=region,
        sequence=head.sequence,
        root=root(leaves(region, head.sequence), algorithm).hex(),
        algorithm=algorithm,
        public_key=key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        made_at=moment(at),
    )
    point.signature = key.sign(signed_words(point)).hex()
    point.save()
    note(
        verb="trail.make_checkpoint",
        kind="trail.checkpoint",
        key=f"{region}#{head.sequence}",
        region=region,
        by=by,
        at=at,
    )
    return point


def prove(entry: LedgerEntry, point: Checkpoint) -> list[str]:
    """Inclusion proof (hex, leaf to root) of an entry under a checkpoint of the same region."""
    return [
        step.hex()
        for step in inclusion_proof(leaves(point.region, point.sequence), entry.sequence - 1, point.algorithm)
    ]
