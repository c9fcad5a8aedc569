"""Digests for the stand-alone check: SHA-256, and SM3 also where this Python was built without it."""

from __future__ import annotations

import hashlib

_START: tuple[int, ...] = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_MASK = 0xFFFFFFFF


def digest_bytes(data: bytes, algorithm: str = "sha256") -> bytes:
    """The 32 bytes of the digest; ValueError for another algorithm than sha256 and sm3."""
    if algorithm == "sha256":
        return hashlib.sha256(data).digest()
    if algorithm != "sm3":
        raise ValueError(f"unknown digest algorithm: {algorithm}")
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return plain_sm3(data)


def digest(data: bytes, algorithm: str = "sha256") -> str:
    """The digest as 64 lower-case hexadecimal digits."""
    return digest_bytes(data, algorithm).hex()


def plain_sm3(data: bytes) -> bytes:
    """SM3 (GB/T 32905-2016 §5) in plain Python."""
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state = _START
    for at in range(0, len(padded), 64):
        state = _compressed(state, padded[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _turned(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & _MASK


def _expanded(block: bytes) -> list[int]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for n in range(16, 68):
        mixed = words[n - 16] ^ words[n - 9] ^ _turned(words[n - 3], 15)
        mixed ^= _turned(mixed, 15) ^ _turned(mixed, 23)
        words.append(mixed ^ _turned(words[n - 13], 7) ^ words[n - 6])
    return words


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for n in range(64):
        early = n < 16
        turned_a = _turned(a, 12)
        first = _turned((turned_a + e + _turned(0x79CC4519 if early else 0x7A879D8A, n)) & _MASK, 7)
        second = first ^ turned_a
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & _MASK & g)
        one = (ff + d + second + (words[n] ^ words[n + 4])) & _MASK
        two = (gg + h + first + words[n]) & _MASK
        a, b, c, d = one, a, _turned(b, 9), c
        e, f, g, h = two ^ _turned(two, 9) ^ _turned(two, 17), e, _turned(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
