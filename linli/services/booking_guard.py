"""No two active bookings of a facility overlap: held by the database, under one spoken name on both engines.

SQLite loses triggers when Django remakes a table, so they are laid after every migrate, as the append-only ones are.
On PostgreSQL the trigger first locks the facility's row, so that of two bookings at the same moment one must wait
and then sees the other.
"""

from __future__ import annotations

from django.db import connection

from linli.places.models import Facility
from linli.services.models import Booking

NAME = "bookings_do_not_overlap"
_INSERT, _UPDATE = f"{NAME}_insert", f"{NAME}_update"


def lay() -> None:
    """Lay the guard; repeating it changes nothing."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing() -> list[str]:
    """Names of triggers of the guard that should stand and do not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in (_INSERT, _UPDATE) if name not in standing]


def _clash(table: str) -> str:
    return (
        f'SELECT 1 FROM "{table}" other WHERE other.facility_id = NEW.facility_id '  # noqa: S608 - names of our own tables
        "AND other.case_id <> NEW.case_id AND other.cancelled_at IS NULL "
        "AND other.from_at < NEW.until_at AND NEW.from_at < other.until_at"
    )


def _sqlite() -> list[str]:
    table = Booking._meta.db_table
    return [
        f'CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation} ON "{table}" WHEN NEW.cancelled_at IS NULL '
        f"BEGIN SELECT RAISE(ABORT, '{NAME}') WHERE EXISTS ({_clash(table)}); END"
        for name, operation in ((_INSERT, "INSERT"), (_UPDATE, "UPDATE"))
    ]


def _postgresql() -> list[str]:
    table, facilities = Booking._meta.db_table, Facility._meta.db_table
    function = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger AS $$
BEGIN
  IF NEW.cancelled_at IS NULL THEN
    PERFORM 1 FROM "{facilities}" WHERE id = NEW.facility_id FOR UPDATE;
    IF EXISTS ({_clash(table)}) THEN
      RAISE EXCEPTION '{NAME}' USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{NAME}';
    END IF;
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""
    triggers = [
        f'CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {NAME}()'
        for name, operation in ((_INSERT, "INSERT"), (_UPDATE, "UPDATE"))
    ]
    return [function, *triggers]
