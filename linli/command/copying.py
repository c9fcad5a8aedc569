"""Taking a consistent copy of the database, and putting one back, on either engine."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from linli.ground.said import Said

PARTS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def counts() -> dict[str, int]:
    """Rows of every table, in the database's own words."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def take(target: Path) -> dict[str, int]:
    """Copy the database to a file while the site may go on working; returns the copy's rows per table."""
    return _take_sqlite(target) if connection.vendor == "sqlite" else _take_postgres(target)


def _take_sqlite(target: Path) -> dict[str, int]:
    """By SQLite's backup interface: one moment of the database, whatever is written meanwhile."""
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = [
            row[0]
            for row in copy.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        return {t: int(copy.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]) for t in tables}  # noqa: S608
    finally:
        copy.close()


def _take_postgres(target: Path) -> dict[str, int]:
    """By pg_dump, on the very snapshot in which the rows are counted."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        found = counts()
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-acl",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
    return found


def put(source: Path) -> None:
    """Replace the database by the copy. The site must not be running."""
    if connection.vendor == "sqlite":
        _put_sqlite(source)
    else:
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction",
            "--exit-on-error", _target(), str(source),
        )  # fmt: skip
    connections.close_all()


def _put_sqlite(source: Path) -> None:
    copy = sqlite3.connect(source)
    try:
        whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        copy.close()
    if not whole:
        raise Said("restore.part-differs", part=PARTS["sqlite"])
    connections.close_all()
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    unfinished = place.with_name(place.name + ".restoring")
    shutil.copyfile(source, unfinished)
    unfinished.chmod(0o600)
    unfinished.replace(place)


def _target() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, never by the command line."""
    found = shutil.which(program) or _newest(program)
    if found is None:
        raise Said("backup.no-program", program=program)
    about: Mapping[str, Any] = connection.settings_dict
    told = {
        "PGHOST": about["HOST"],
        "PGPORT": about["PORT"],
        "PGUSER": about["USER"],
        "PGPASSWORD": about["PASSWORD"],
        "PGDATABASE": about["NAME"],
    }
    environment = {**os.environ, **{name: str(value) for name, value in told.items() if value}}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise Said("backup.program-failed", program=program, reason=reason)


def _newest(program: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    for folder in reversed(folders):
        if (folder / program).exists():
            return str(folder / program)
    return None
