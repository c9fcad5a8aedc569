"""Append-only by trigger, on both engines, laid again after every migrate.

Django remakes an SQLite table on many alterations and silently drops its triggers, so migrations are not the
place for them: ``linli prepare`` lays all of them, start-up and a house test assert each one.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

_FUNCTION = """
CREATE OR REPLACE FUNCTION linli_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$ LANGUAGE plpgsql
"""


def append_only_models() -> list[type[models.Model]]:
    """Every model that declares ``APPEND_ONLY = True``."""
    return [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]


def names(model: type[models.Model]) -> tuple[str, str]:
    """The two trigger names of a model: update and delete."""
    table = model._meta.db_table
    return f"{table}_no_update", f"{table}_no_delete"


def lay_all() -> int:
    """Lay every missing trigger; returns how many models are guarded. Repeating it changes nothing."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        # A room whose table is not migrated yet is left to the next run; ``missing`` names it.
        guarded = [model for model in append_only_models() if model._meta.db_table in tables]
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for model in guarded:
            for name, operation in zip(names(model), ("UPDATE", "DELETE"), strict=True):
                cursor.execute(_statement(name, operation, model._meta.db_table))
    return len(guarded)


def _statement(name: str, operation: str, table: str) -> str:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {quote(name)} BEFORE {operation} ON {quote(table)} "
            "FOR EACH ROW EXECUTE FUNCTION linli_append_only()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {quote(name)} BEFORE {operation} ON {quote(table)} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {operation} on {table} is refused'); END"
    )


def missing() -> list[str]:
    """Names of triggers that should stand and do not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(name for model in append_only_models() for name in names(model) if name not in standing)
