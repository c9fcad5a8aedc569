"""Several databases of one engine side by side; ``use`` turns the site from one to another in a moment."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


class Stores:
    """Databases by name. The first is the one of the settings, called ``seed``."""

    def __init__(self) -> None:
        self.first: dict[str, Any] = connections.databases["default"]
        self.open: dict[str, BaseDatabaseWrapper] = {"seed": connections["default"]}

    @property
    def is_sqlite(self) -> bool:
        return "sqlite" in str(self.first["ENGINE"])

    def address(self, name: str) -> str:
        """The file or database of a name."""
        if not self.is_sqlite:
            return f"{self.first['NAME']}_{name}" if name != "seed" else str(self.first["NAME"])
        return (
            str(Path(self.first["NAME"]).with_name(f"{name}.sqlite3"))
            if name != "seed"
            else str(self.first["NAME"])
        )

    def copy(self, name: str, *, source: str = "seed") -> None:
        """A new database with everything that the source holds."""
        for wrapper in self.open.values():
            wrapper.close()
        if self.is_sqlite:
            self.use(source)
            with connections["default"].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections["default"].close()
            shutil.copyfile(self.address(source), self.address(name))
        else:
            known = {"host": self.first["HOST"], "user": self.first["USER"], "dbname": "postgres"}
            with psycopg.connect(**known, autocommit=True) as link:
                link.execute(f"CREATE DATABASE {self.address(name)} TEMPLATE {self.address(source)}")
        facts = {**self.first, "NAME": self.address(name)}
        self.open[name] = load_backend(facts["ENGINE"]).DatabaseWrapper(facts, "default")

    def use(self, name: str) -> None:
        """From now on every query goes there."""
        connections["default"] = self.open[name]

    def url(self, name: str) -> str:
        """For ``LINLI_DATABASE_URL`` of another process."""
        if self.is_sqlite:
            return f"sqlite:///{self.address(name)}"
        return f"postgresql://{self.first['USER']}@/{self.address(name)}?host={self.first['HOST']}"

    def close(self) -> None:
        """Let go of all."""
        for wrapper in self.open.values():
            wrapper.close()


def day() -> str:
    """The site's day in all benchmarks."""
    return str(settings.LINLI_FROZEN_DAY)
