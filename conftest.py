"""What every test run needs: the chosen engine, guarded tables, no network.

``LINLI_TEST_ENGINE=postgres`` (or ``--engine=postgres``) runs the same suite on a private PostgreSQL cluster.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType

import pytest
from asgiref.local import Local
from django.conf import settings
from django.db import connections
from pytest_socket import socket_allow_hosts

from linli.command.guards import lay_all
from linli.command.publish import publish_all
from linli.config import database
from linli.people.actors import SETUP
from linli.rulebook import parsing, remembering
from tests import cast
from tests.engines import Cluster

_KEY = "LINLI_DATABASE_URL"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("sqlite", "postgres"),
        default=os.environ.get("LINLI_TEST_ENGINE", "sqlite"),
        help="database engine of the tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    signal.signal(signal.SIGTERM, _end_like_interrupt)
    if config.getoption("--engine") == "postgres" and not hasattr(config, "workerinput"):
        _start_cluster(config)


def _end_like_interrupt(number: int, frame: FrameType | None) -> None:
    """Let pytest close its resources, the cluster among them."""
    raise KeyboardInterrupt


def _start_cluster(config: pytest.Config) -> None:
    """Start it before any worker process begins (workers read its address from the environment)."""
    cluster = Cluster()
    config.add_cleanup(cluster.stop)
    os.environ[_KEY] = cluster.start().url()
    settings.DATABASES["default"] = database.read(os.environ[_KEY], home=Path(settings.HOME))
    # The settings were read before this file; nothing has connected yet, so let the handler read them again.
    connections.__dict__.pop("settings", None)
    connections.settings = connections.configure_settings(settings.DATABASES)
    connections._connections = Local(connections.thread_critical)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """After the migrations: lay the append-only triggers, as ``linli prepare`` does."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        lay_all()


@pytest.fixture(autouse=True)
def _fresh_editions() -> None:
    """Each test has a database of its own, so nothing parsed from another one may be remembered."""
    parsing.forget()
    remembering.drop()


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """No test reaches beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_report_header(config: pytest.Config) -> str:
    return f"engine: {config.getoption('--engine')}"


@pytest.fixture
def published(db: None) -> None:
    """Every declared sheet of the packs, published as ``linli publish`` does."""
    publish_all(by=SETUP, at=cast.BEGIN)


@pytest.fixture
def village(db: None) -> cast.Village:
    """The people and organisations every test knows (ask for ``published`` beside it where sheets are used)."""
    return cast.settle()
