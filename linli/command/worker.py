"""``linli worker``: the durable queue and the timetable, until told to stop.

Work is done at least once. A task whose worker died is put back and run again (its acts are idempotent); one that
has taken five workers with it is given up and marked failed. SIGTERM and Ctrl-C finish the task in hand first.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from django.core.management import call_command
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from linli.command import refusing
from linli.command.answer import Answer
from linli.command.progress import tell
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.look.reader import site_moment
from linli.notices.clock import due_tasks, mark_done

HELP = "运行后台任务：队列和定时任务 / run the background work: the queue and the timetable"
NEEDS_DATABASE = True

# config stands above the doors, so the timetable is known here by its word only.
TIMETABLE = "linli.config.timetable.TIMETABLE"
ATTEMPTS = 5
ABANDONED_AFTER = timedelta(hours=6)
LOOK_EVERY = timedelta(seconds=30)
PRUNE_EVERY = timedelta(days=1)
RETRY_AFTER = timedelta(minutes=1)

log = logging.getLogger("linli.worker")


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--once``: do what is due now and leave. ``--parent``: leave when that process is gone."""
    parser.add_argument(
        "--once", action="store_true", help="做完眼下的任务就结束 / do what is due now, then leave"
    )
    parser.add_argument("--parent", type=int, default=0, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> Answer:
    """Work until stopped; returns how many tasks were done."""
    reasons = refusing.always("localhost")
    if reasons:
        raise refusing.refusal(reasons)
    clerk = Clerk(parent=options.parent)
    signal.signal(signal.SIGTERM, clerk.stop)
    signal.signal(signal.SIGINT, clerk.stop)
    if options.once:
        clerk.round()
    else:
        tell(options.lang, "worker.started")
        clerk.work()
    return Answer({"done": clerk.done}, (say(Saying("worker.stopped", {"count": clerk.done}), options.lang),))


def own_word() -> str:
    """A worker's name, from which a later one can tell whether it still lives: host, process, its start."""
    return f"{socket.gethostname()[:24]}:{os.getpid()}:{started(os.getpid())}:{secrets.token_hex(3)}"


def started(process: int) -> str:
    """When a process began, in the kernel's own count; empty where it is gone (or this is no Linux)."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()[19]
        )
    except (OSError, IndexError):
        return ""


def is_gone(word: str) -> bool:
    """Whether the worker of that name is certainly dead: same host, and no such process of that start."""
    parts = word.split(":")
    if len(parts) != 4 or parts[0] != socket.gethostname()[:24] or not parts[1].isdigit():
        return False
    try:
        os.kill(int(parts[1]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return started(int(parts[1])) != parts[2]


def put_back(now: datetime) -> int:
    """Put running tasks of dead workers back into the queue; returns how many."""
    count = 0
    for task in DBTaskResult.objects.running().order_by("started_at"):
        last = task.worker_ids[-1] if task.worker_ids else ""
        is_old = task.started_at is not None and now - task.started_at > ABANDONED_AFTER
        if not (is_gone(last) or is_old):
            continue
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(RuntimeError("its workers died"))
            continue
        same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        count += same.update(status="READY", started_at=None)
    return count


class Clerk:
    """One worker process and its rounds."""

    def __init__(self, *, parent: int = 0) -> None:
        self.parent = parent
        self.done = 0
        self._stopping = threading.Event()
        self._queue: Worker | None = None
        self._looked: datetime | None = None
        self._pruned: datetime | None = None
        self._not_before: dict[str, datetime] = {}

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the task in hand, begin no other."""
        self._stopping.set()
        if self._queue is not None:
            self._queue.running = False

    def work(self) -> None:
        """Rounds, one a second, until stopped or orphaned."""
        while not self._stopping.is_set() and not self._is_orphan():
            try:
                self.round()
            except OperationalError as fault:
                log.warning("database not reachable, trying again: %s", type(fault).__name__)
                self._stopping.wait(5)
            self._stopping.wait(1)

    def round(self) -> None:
        """Put back, start what the timetable says, drain the queue."""
        close_old_connections()
        now = timezone.now()
        if self._looked is None or now - self._looked >= LOOK_EVERY:
            put_back(now)
            self._looked = now
        if self._pruned is None or now - self._pruned >= PRUNE_EVERY:
            call_command("prune_db_task_results", verbosity=0)
            self._pruned = now
        self._start_due(now)
        self._drain()
        close_old_connections()

    def _is_orphan(self) -> bool:
        return bool(self.parent) and os.getppid() != self.parent

    def _start_due(self, now: datetime) -> None:
        for name in due_tasks(import_string(TIMETABLE), now):
            if self._stopping.is_set():
                return
            if self._not_before.get(name, now) <= now:
                self._do(name, timezone.now())

    def _do(self, name: str, at: datetime) -> None:
        """Do one task of the timetable. A fault is logged by its kind only and tried again in a minute."""
        try:
            # On a sample site the clock stands still as well: its own day, not ours, says what is late.
            import_string(name).call(at=site_moment().isoformat())
        except OperationalError:
            raise
        except Exception as fault:
            log.error("task %s failed: %s", name, type(fault).__name__)
            self._not_before[name] = at + RETRY_AFTER
            return
        mark_done(name, at)
        self.done += 1

    def _drain(self) -> None:
        if self._stopping.is_set():
            return
        self._queue = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=own_word(),
            excluded_queue_names=[],
        )
        self._queue.run()
        self.done += self._queue._run_tasks
        self._queue = None
