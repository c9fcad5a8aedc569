"""The work is done once for a module's tests; each test runs in its own transaction on top of it."""

from __future__ import annotations

import pytest
from django.db import transaction

from linli.evaluation.tests.work import Work, do_work


class _Undo(Exception):
    """Leaves the work's transaction without keeping it."""


@pytest.fixture(scope="module")
def done(django_db_setup, django_db_blocker):
    """Village and cases, done once and undone after the module."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield do_work()
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def work(done: Work, db) -> Work:
    return done
