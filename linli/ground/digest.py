"""Digests: SHA-256 by default, SM3 (GB/T 32905-2016) where an installation must use Chinese algorithms."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import hashes

from linli.ground.canonical import canonical

ALGORITHMS = ("sha256", "sm3")


def digest_bytes(data: bytes, algorithm: str = "sha256") -> bytes:
    """The 32 bytes of the digest; ``ValueError`` on an algorithm that is not in ``ALGORITHMS``."""
    if algorithm == "sha256":
        return hashlib.sha256(data).digest()
    if algorithm == "sm3":
        return _sm3(data)
    raise ValueError(f"unknown digest algorithm: {algorithm}")


def digest(data: bytes, algorithm: str = "sha256") -> str:
    """The digest as 64 lower-case hexadecimal digits."""
    return digest_bytes(data, algorithm).hex()


def digest_of(value: object, algorithm: str = "sha256") -> str:
    """The digest of a plain value's canonical JSON, see ``canonical``."""
    return digest(canonical(value), algorithm)


def commitment(text: str, salt_hex: str, algorithm: str = "sha256") -> str:
    """A salted commitment to erasable text: the digest of the canonical JSON of ``[salt_hex, text]``.

    The commitment may stay in an append-only row for ever. Once text and salt are erased, nobody can try
    out likely texts against it, so the salt must hold at least 16 random bytes (``ValueError`` if not).
    """
    if len(bytes.fromhex(salt_hex)) < 16:
        raise ValueError("a salt needs at least 16 bytes")
    return digest_of([salt_hex.lower(), text], algorithm)


def _sm3(data: bytes) -> bytes:
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:  # this build of Python has an OpenSSL without SM3
        return _sm3_by_cryptography(data)


def _sm3_by_cryptography(data: bytes) -> bytes:
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()
