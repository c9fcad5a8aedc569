"""What journeys stand on: one Chromium, one village built by acts, and a site of its own for each story.

Chromium is Debian's (/usr/bin/chromium) or the one LINLI_CHROMIUM names. Without one, journeys are skipped and the
end of the run says so in capital letters; LINLI_JOURNEYS=required makes that a failure.
LINLI_SHOTS=FOLDER keeps a picture of every step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.site import Site, settle
from tests.journeys.somebody import PHONE, Somebody, Typist

__all__ = ["PHONE", "Typist"]
_SKIPPED: list[str] = []


def _chromium() -> str:
    return os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium") or ""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    path = _chromium()
    if not path:
        _SKIPPED.append(request.node.name)
        if os.environ.get("LINLI_JOURNEYS") == "required":
            pytest.fail("no Chromium: install the package chromium or set LINLI_CHROMIUM")
        pytest.skip("NO CHROMIUM: install the package chromium or set LINLI_CHROMIUM")
    running = request.getfixturevalue("playwright")
    opened = running.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield opened
    opened.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Nobody shall take a run without journeys for a run with them."""
    if _SKIPPED:
        terminalreporter.section("THE BROWSER JOURNEYS DID NOT RUN", red=True)
        terminalreporter.line("No Chromium was found. Install the package chromium or set LINLI_CHROMIUM.")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village's database, built once."""
    return settle(tmp_path_factory.mktemp("village"))


def _serving(template: Path, home: Path) -> Iterator[Site]:
    site = Site(template, home).start()
    try:
        yield site
    finally:
        site.stop()
    assert site.faults() == [], site.said()[-4000:]


@pytest.fixture
def site(browser: Browser, template: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this journey alone, on 5 January 2026."""
    yield from _serving(template, tmp_path / "home")


@pytest.fixture(scope="module")
def shared_site(browser: Browser, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that the journeys of one module share."""
    yield from _serving(template, tmp_path_factory.mktemp("shared") / "home")


def _meeting(browser: Browser, site: Site, story: str) -> Iterator[Callable[..., Somebody]]:
    present: list[Somebody] = []

    def comes(name: str, kind: type[Somebody] = Somebody, **device: Any) -> Somebody:
        present.append(kind(browser, site.url, name=name, story=story, **device))
        return present[-1]

    yield comes
    for one in present:
        one.leaves()


@pytest.fixture
def comes(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Somebody]]:
    """``comes("wang", **PHONE)``: somebody with a device of their own, not signed in yet."""
    yield from _meeting(browser, site, request.node.name)


@pytest.fixture
def visits(
    browser: Browser, shared_site: Site, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Somebody]]:
    """The same on the site that the module shares."""
    yield from _meeting(browser, shared_site, request.node.name)
