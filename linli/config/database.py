"""Which database: the embedded SQLite file by default, PostgreSQL by ``LINLI_DATABASE_URL``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite(path: Path) -> dict[str, Any]:
    """Embedded engine: write-ahead log, immediate transactions, full synchronisation, 10 s patience."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        },
    }


def postgres(url: str) -> dict[str, Any]:
    """PostgreSQL from ``postgresql://user:password@host:port/name``; a socket folder may be the ``host`` query."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "client_encoding": "UTF8"},
    }


def read(url: str, *, home: Path) -> dict[str, Any]:
    """The ``default`` database of the settings. An unknown scheme raises ValueError."""
    if not url:
        return sqlite(home / "linli.sqlite3")
    if url.startswith(("postgresql://", "postgres://")):
        return postgres(url)
    if url.startswith("sqlite:///"):
        return sqlite(Path(url.removeprefix("sqlite:///")))
    message = "LINLI_DATABASE_URL must begin with postgresql:// or sqlite:///"
    raise ValueError(message)
