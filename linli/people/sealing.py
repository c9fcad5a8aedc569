"""Personal identifiers at rest: sealed with AES-256-GCM, found again by a keyed index.

A sealed value is ``<key name>:<base64 of nonce and ciphertext>``. Keys rotate: the first key of the settings
seals, every known key opens. The index is an HMAC-SHA-256 over kind and normalised value under a key of its own,
so that equal identifiers meet without being readable.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from linli.ground.said import Said


def seal(text: str) -> str:
    """Seal a text under the newest key; an empty text stays empty."""
    if not text:
        return ""
    name, key = next(iter(settings.KEYS.fields.items()))
    nonce = os.urandom(12)
    sealed = AESGCM(bytes.fromhex(key)).encrypt(nonce, text.encode(), name.encode())
    return f"{name}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str) -> str:
    """Open a sealed text. Raises ``Said('people.key_missing')`` where its key is gone or the value was changed."""
    if not sealed:
        return ""
    name, _, body = sealed.partition(":")
    key = settings.KEYS.fields.get(name)
    if key is None:
        raise Said("people.key_missing", key=name)
    raw = base64.b64decode(body)
    try:
        return AESGCM(bytes.fromhex(key)).decrypt(raw[:12], raw[12:], name.encode()).decode()
    except InvalidTag:
        raise Said("people.key_missing", key=name) from None


def normalised(text: str) -> str:
    """An identifier without spaces, dashes and width or case differences."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def lookup(kind: str, text: str) -> str:
    """Keyed index value of an identifier; an empty identifier has none."""
    plain = normalised(text)
    if not plain:
        return ""
    return hmac.new(
        bytes.fromhex(settings.KEYS.index), f"{kind}:{plain}".encode(), hashlib.sha256
    ).hexdigest()
