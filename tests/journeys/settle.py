"""Builds the database every journey starts from: the village and every sheet of the packs, by acts.

Run as ``python -m tests.journeys.settle`` with LINLI_HOME set; ``site.py`` does so once for all journeys. The
append-only tables refuse to be emptied, so each journey gets a copy of this database instead of a clean-up.
"""

from __future__ import annotations

import django

django.setup()


def main() -> None:
    from django.core.management import call_command
    from django.db import connection

    from linli.command import guards
    from linli.command.publish import publish_all
    from linli.people.actors import SETUP
    from tests import cast

    call_command("migrate", interactive=False, verbosity=0)
    guards.lay_all()
    publish_all(by=SETUP, at=cast.BEGIN)
    cast.settle()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main()
