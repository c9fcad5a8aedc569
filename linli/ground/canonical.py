"""One and only one spelling of a plain value in bytes, so that its digest means the same everywhere."""

from __future__ import annotations

import json

LARGEST_SAFE_INTEGER = 2**53 - 1
"""RFC 8785 §3.2.2.3 lets numbers be IEEE 754 doubles; whole numbers are exact up to here only."""


def canonical(value: object) -> bytes:
    """The canonical JSON (RFC 8785, JSON Canonicalization Scheme) of ``value`` in UTF-8.

    Allowed are dict with text keys, list, str, int, bool and None. Everything else, floats, dates and
    tuples among them, raises ``TypeError``: whoever makes an official row decides how it is written.
    A whole number beyond ±(2^53 - 1), or text that is no valid Unicode, raises ``ValueError``.
    """
    return _text(value).encode("utf-8")


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, int):
        if abs(value) > LARGEST_SAFE_INTEGER:
            raise ValueError(f"whole number too large for canonical JSON: {value:d}")
        return f"{value:d}"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(_members(value)) + "}"
    raise TypeError(f"not allowed in canonical JSON: {type(value).__name__}")


def _members(mapping: dict[object, object]) -> list[str]:
    keys = []
    for key in mapping:
        if not isinstance(key, str):
            raise TypeError(f"a key in canonical JSON must be text, not {type(key).__name__}")
        keys.append(key)
    # RFC 8785 §3.2.3 sorts by UTF-16 code units, which differs from code points beyond the basic plane.
    keys.sort(key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return [f"{_text(key)}:{_text(mapping[key])}" for key in keys]
