"""A browser of a resident, on the village's own day."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests import cast

TODAY = "2026-01-05"


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    """The site's day is the village's day; counters of tries start anew."""
    settings.LINLI_FROZEN_DAY = TODAY
    cache.clear()


@pytest.fixture
def village(published, village):
    """The village with every sheet published."""
    return village


@pytest.fixture
def signed_in(village):
    """A client signed in as somebody of the village."""

    def enter(login: str, **more) -> Client:
        client = Client(**more)
        answer = client.post("/sign-in/", {"login": login, "password": cast.PASSWORD, "next": "/my/"})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter
