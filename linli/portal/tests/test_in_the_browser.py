"""The main pages in a real browser under our own policy: no serious finding of axe, nothing wider than a phone.

Every request of the browser is answered by the test client or from the style folders; nothing goes over a network.
"""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from linli.portal.tests.pictures import apply_for_relief
from linli.services.models import Application
from tests.cast import HELIN

CHROMIUM = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
SITE = "https://testserver"
READERS = {"plain": "", "elder": "elder=1", "dark": "theme=dark", "english": "language=en"}
TARGETS = """least => [...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main summary')]
  .filter(e => { const r = e.getBoundingClientRect(); return r.width > 2 && r.height > 2 && getComputedStyle(e).display !== 'inline'; })
  .filter(e => (e.closest('label') || e).getBoundingClientRect().height < least - 0.5).map(e => e.outerHTML.slice(0, 90))"""

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def answers(signed_in):
    """What the site answers to wang for each main page, by reader."""
    browser = signed_in("wang")
    apply_for_relief(browser, HELIN)
    number = Application.objects.get().case.number
    here = f"/c/{HELIN}"
    pages = [
        f"{here}/", f"{here}/items/", f"{here}/items/temporary_assistance/?check=1&c_hardship=no&c_other_help=no",
        f"{here}/items/old_age_allowance/", f"/cases/{number}/", "/my/", f"{here}/grievances/new/?text=水管漏水",
        f"{here}/disclosure/", f"{here}/about/", f"{here}/venues/hall/", f"{here}/items/temporary_assistance/print/",
    ]  # fmt: skip
    found = {}
    for reader, cookie in READERS.items():
        browser.cookies["linli_reader"] = cookie
        for page in pages:
            found[reader, page] = browser.get(page)
    browser.cookies["linli_reader"] = ""
    address = f"{here}/items/temporary_assistance/apply/family/"
    found["errors", address] = browser.post(address, {"household_size": "x"})
    return {key: (answer.content, dict(answer.headers)) for key, answer in found.items()}


def _look(play, answers) -> list[str]:
    chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    faults = []
    for (reader, path), (body, headers) in answers.items():
        found = [] if "print" in path else _one(chromium, reader, body, headers)
        faults += [f"{reader} {path}: {fault}" for fault in found]
    chromium.close()
    return faults


def _one(chromium, reader, body, headers) -> list[str]:
    """What is wrong with one page on a phone."""

    def answer(route):
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=body, headers=headers)
        elif found := finders.find(path.removeprefix("/static/")):
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    said: list[str] = []
    tab = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    tab.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    tab.route("**/*", answer)
    tab.goto(f"{SITE}/")
    tab.evaluate("document.activeElement.blur()")
    violations = Axe().run(tab).response["violations"]
    said += [
        f"{v['id']} {v['nodes'][0]['html'][:120]}"
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]
    wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    said += [f"{wide} px too wide"] if wide > 0 else []
    small = tab.evaluate(TARGETS, 60 if reader == "elder" else 44)
    said += [f"small {one}" for one in small]
    tab.context.close()
    return said


def test_the_main_pages_have_no_barrier_and_fit_a_phone(answers):
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        assert _look(play, answers) == []
