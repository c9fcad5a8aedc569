"""Public numbers of cases: short, read aloud without confusion, and telling nothing about the row behind them."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from linli.ground.said import Said

# 32 signs without I, L, O and U: what sounds or looks like another is read as that other (``normalise``).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TWINS = str.maketrans("OIL", "011")
_LENGTHS = (5, 6, 7)
_ROUNDS = 10
_PREFIX = re.compile(r"[A-Z]{1,6}")
_SHAPE = re.compile(r"([A-Z]{1,6})-?([0-9][0-9OIL]{3})-?([0-9A-Z]{5,7})")


def reference(prefix: str, year: int, sequence: int, key: bytes) -> str:
    """The public number of the ``sequence``-th case (from 0) of a kind and year, like ``HL-2026-7KQ4M``.

    A keyed permutation over all numbers of that length: two sequences never share a reference, and without
    the key (16 bytes or more) neither the count of cases nor a neighbour's number can be told from one. The
    first 32^5 sequences get five signs, the next 32^6 six, the next 32^7 seven. ``ValueError`` beyond that, on
    a short key, a year that has not four digits, or a prefix that is not one to six capital letters.
    """
    if not _PREFIX.fullmatch(prefix) or not 1000 <= year <= 9999 or len(key) < 16:
        raise ValueError("a reference needs a prefix of capital letters, a year and a key of 16 bytes")
    left = sequence
    for length in _LENGTHS:
        size = len(ALPHABET) ** length
        if 0 <= left < size:
            context = f"{prefix}-{year}-{length}".encode()
            return f"{prefix}-{year}-{_spelled(_shuffled(left, length * 5, context, key), length)}"
        left -= size
    raise ValueError("a sequence lies between 0 and what seven signs can hold")


def normalise(text: str) -> str:
    """A reference as a person typed or said it, in its official form; ``Said("references.malformed")`` if it is none.

    Small letters, full-width signs, spaces and missing or odd dashes are forgiven, and O, I, L are read as
    0, 1, 1 after the prefix.
    """
    narrow = re.sub(r"[‐‑‒–—―−_]", "-", unicodedata.normalize("NFKC", text).upper())
    found = _SHAPE.fullmatch(re.sub(r"\s", "", narrow))
    if not found or "U" in found[3]:
        raise Said("references.malformed", text=text)
    return f"{found[1]}-{found[2].translate(_TWINS)}-{found[3].translate(_TWINS)}"


def _spelled(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _shuffled(number: int, bits: int, context: bytes, key: bytes) -> int:
    """A permutation of the numbers below 2^bits: a balanced Feistel network, walked until it lands inside.

    An odd count of bits is widened by one; walking on from a number outside, as Black and Rogaway (2002)
    show, is again a permutation of those inside and takes two turns on average.
    """
    half = (bits + 1) // 2
    while True:
        number = _network(number, half, context, key)
        if number < 1 << bits:
            return number


def _network(number: int, half: int, context: bytes, key: bytes) -> int:
    left, right = number >> half, number & ((1 << half) - 1)
    for turn in range(_ROUNDS):
        message = context + bytes([turn]) + right.to_bytes(4, "big")
        mixed = int.from_bytes(hmac.digest(key, message, hashlib.sha256)[:4], "big")
        left, right = right, left ^ (mixed & ((1 << half) - 1))
    return left << half | right
