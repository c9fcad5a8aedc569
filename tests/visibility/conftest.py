"""The world is built once for a module, by acts, and undone after it; each test runs on top."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from linli.rulebook.parsing import forget
from tests.visibility.places import NOW
from tests.visibility.world import World, build


class _Undo(Exception):
    """Leaves the world's transaction without keeping it."""


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The world, with its files in a folder of its own."""
    files = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    day = override_settings(LINLI_FROZEN_DAY=NOW.date().isoformat(), STORAGES=files)
    with django_db_blocker.unblock(), day:
        try:
            with transaction.atomic():
                yield build()
                raise _Undo
        except _Undo:
            forget()


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    """What does not exist is asked for thousands of times here; the log need not say so each time."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(level)


@pytest.fixture
def world(built: World, db: None) -> World:
    cache.clear()
    return built
