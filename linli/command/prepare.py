"""``linli prepare``: bring database, guards, sheets and static files to this edition. Repeating it changes nothing."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from linli.command import guards, home
from linli.command.answer import Answer
from linli.command.progress import tell
from linli.command.publish import publish_all
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.people.actors import SETUP

HELP = "建立或升级数据库、登记表单版本、收集静态文件，可重复运行 / make or upgrade database, editions and static files"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(options: argparse.Namespace) -> Answer:
    """Migrate, lay triggers, publish sheets, collect static files; says each step."""
    folder = home.ready()
    lang = str(options.lang)
    steps = migrate(lang)
    tell(lang, "prepare.guarding")
    guarded = guards.lay_all()
    published = publish(lang)
    collected = collect_static(lang)
    done = Saying("prepare.done", {"folder": str(folder)})
    data = {"migrations": steps, "guarded": guarded, "published": published, "static": collected}
    return Answer(data, (say(done, lang),))


def migrate(lang: str) -> int:
    """Run what has not run yet; returns how many migrations that were."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        tell(lang, "prepare.migrating", count=len(waiting))
        call_command("migrate", interactive=False, verbosity=0)
    return len(waiting)


def publish(lang: str) -> dict[str, int]:
    """Publish the shipped and the town's own sheets as editions; unchanged ones stay as they are."""
    tell(lang, "prepare.publishing")
    return publish_all(by=SETUP, at=timezone.now())


def collect_static(lang: str) -> bool:
    """Collect static files if any has changed since the last time; returns whether it had to."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    digest = _digest_of_sources()
    if mark.exists() and mark.read_text("utf-8") == digest:
        return False
    tell(lang, "prepare.collecting")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest, "utf-8")
    return True


def _digest_of_sources() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            found.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()
