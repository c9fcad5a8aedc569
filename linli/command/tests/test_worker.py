"""The background work: nothing lost with a dead worker, missed clock tasks caught up once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from linli.command import worker
from linli.notices.models import ClockMark
from linli.notices.tasks import send_pending

pytestmark = pytest.mark.django_db


def dead_word():
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    host, _, rest = worker.own_word().partition(":")
    return f"{host}:{child.pid}:{rest.split(':')[1]}:abc"


def running(word, *, before=1):
    send_pending.enqueue(at=timezone.now().isoformat())
    task = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=task.pk).update(
        status="RUNNING", started_at=timezone.now(), worker_ids=[word] * before
    )
    return task


def status(task):
    return DBTaskResult.objects.values_list("status", flat=True).get(pk=task.pk)


def test_a_task_of_a_dead_worker_is_put_back():
    task = running(dead_word())
    assert worker.put_back(timezone.now()) == 1
    assert status(task) == "READY"


def test_a_task_of_a_living_worker_is_left_alone():
    task = running(worker.own_word())
    assert worker.put_back(timezone.now()) == 0
    assert status(task) == "RUNNING"


def test_a_task_of_another_host_is_put_back_after_hours_only():
    task = running(f"elsewhere:{os.getpid()}:1:abc")
    assert worker.put_back(timezone.now()) == 0
    assert worker.put_back(timezone.now() + timedelta(hours=7)) == 1
    assert status(task) == "READY"


def test_a_task_that_took_five_workers_with_it_is_given_up():
    task = running(dead_word(), before=worker.ATTEMPTS)
    assert worker.put_back(timezone.now()) == 0
    assert status(task) == "FAILED"


def test_every_name_of_the_timetable_is_a_task():
    table = import_string(worker.TIMETABLE)
    assert table
    for name, every in table.items():
        assert callable(import_string(name).call)
        assert every >= timedelta(seconds=1)


@pytest.mark.django_db(transaction=False)
def test_a_missed_task_is_caught_up_once():
    clerk = worker.Clerk()
    ClockMark.objects.create(
        task=next(iter(import_string(worker.TIMETABLE))), last_done_at=timezone.now() - timedelta(days=9)
    )
    clerk._start_due(timezone.now())
    done = clerk.done
    assert done == len(import_string(worker.TIMETABLE))
    clerk._start_due(timezone.now())
    assert clerk.done == done


def test_a_failing_task_is_tried_again_in_a_minute_and_not_marked(monkeypatch):
    clerk = worker.Clerk()
    clerk._do("linli.notices.tasks.no_such_task", timezone.now())
    assert clerk.done == 0
    assert not ClockMark.objects.exists()
    assert clerk._not_before["linli.notices.tasks.no_such_task"] > timezone.now()
