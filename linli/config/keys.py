"""Keys of one installation: sessions, personal fields, their look-up index, and the ledger's signature.

A production site gives them in ``LINLI_KEYS`` (path of a JSON file readable only by the service). A sample or
development site gets a file of its own, made on first use in its home folder with mode 0600.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

TEST_KEYS_NOTE = "test keys, never for a site"


@dataclass(frozen=True)
class Keys:
    """session: Django's secret; fields: newest first, 32-byte hex AES keys by short name; index: HMAC key."""

    session: str
    fields: dict[str, str]
    index: str
    signing: str
    origin: str


def _fresh(origin: str) -> Keys:
    return Keys(
        session=secrets.token_urlsafe(48),
        fields={"k1": secrets.token_hex(32)},
        index=secrets.token_hex(32),
        signing=secrets.token_hex(32),
        origin=origin,
    )


def _test() -> Keys:
    return Keys("s" * 50, {"k1": "11" * 32}, "22" * 32, "33" * 32, TEST_KEYS_NOTE)


def _load(path: Path, origin: str) -> Keys:
    values = json.loads(path.read_text("utf-8"))
    return Keys(values["session"], dict(values["fields"]), values["index"], values["signing"], origin)


def _make(path: Path) -> Keys:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = _fresh("made for this folder")
    values = {name: value for name, value in asdict(made).items() if name != "origin"}
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _load(path, "made for this folder")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(values, file)
    return made


def read(home: Path, *, mode: str) -> Keys:
    """The keys of this installation. In test mode they are fixed, so that digests repeat."""
    named = os.environ.get("LINLI_KEYS", "")
    if named:
        return _load(Path(named), "named by LINLI_KEYS")
    if mode == "test":
        return _test()
    path = home / "keys.json"
    if path.exists():
        return _load(path, "made for this folder")
    if mode == "production":
        # Import must not fail (so that `linli check --deploy` can explain); the start refuses this origin.
        return _fresh("missing")
    return _make(path)
