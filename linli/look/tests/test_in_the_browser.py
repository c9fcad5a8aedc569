"""The specimens in a real browser: no serious finding of axe, targets large enough, the small scripts at work.

The pages are rendered here and handed to the browser with their files; nothing goes over a network.
"""

import mimetypes
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template import Context
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.utils import translation
from django.utils.module_loading import import_string
from playwright.sync_api import sync_playwright

from linli.look import specimen
from linli.look.reader import Reader, page

CHROMIUM = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
PAGES = {"portal": specimen.portal, "desk": specimen.desk}
FILES = {"portal": "look/specimen.html", "desk": "look/specimen_desk.html"}
SITE = "http://linli.test"
TARGETS = """least => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,summary')]
  .filter(e => { const r = e.getBoundingClientRect(); return r.width > 2 && r.height > 2 && getComputedStyle(e).display !== 'inline'; })
  .filter(e => (e.closest('label') || e).getBoundingClientRect().height < least - 0.5).map(e => e.outerHTML.slice(0, 90))"""

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def _drawn(name, reader):
    request = RequestFactory().get("/")
    request.reader = reader  # type: ignore[attr-defined]
    with translation.override(reader.language), override_settings(LINLI_FROZEN_DAY="2026-03-02"):
        values = {"request": request, "csrf_token": "x", **page(request), **PAGES[name](request)}
        return get_template(FILES[name]).template.render(Context(values))  # type: ignore[attr-defined]


def _policy():
    """The headers that the site's own settings put on every answer."""
    guard = next(
        import_string(name) for name in settings.MIDDLEWARE if name.endswith("ContentSecurityPolicy")
    )
    answer = guard(lambda request: HttpResponse())(RequestFactory().get("/"))
    return {"Content-Security-Policy": answer["Content-Security-Policy"]}


def _opened(browser, name="portal", width=390, script=True, **chosen):
    """A page of the browser that shows a specimen under our real content-security policy."""
    drawn = _drawn(name, Reader(**chosen))

    def answer(route):
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=drawn, content_type="text/html", headers=_policy())
        elif found := finders.find(path.removeprefix("/static/")):
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    tab = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=script).new_page()
    tab.faults = []
    tab.on("console", lambda said: tab.faults.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda fault: tab.faults.append(str(fault)))
    tab.route("**/*", answer)
    tab.goto(SITE + "/")
    return tab


@pytest.mark.parametrize(
    "chosen", [{}, {"elder": True}, {"theme": "dark"}, {"contrast": True}, {"language": "en"}]
)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_machine_finds_no_barrier(browser, name, width, chosen):
    tab = _opened(browser, name, width, **chosen)
    tab.evaluate("document.activeElement.blur()")
    assert tab.faults == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(tab).response["violations"]
    assert [
        (v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in {"serious", "critical"}
    ] == []
    tab.context.close()


@pytest.mark.parametrize(("chosen", "least"), [({}, 44), ({"elder": True}, 60)])
@pytest.mark.parametrize("name", PAGES)
def test_a_thumb_hits_every_target_on_a_phone(browser, name, chosen, least):
    tab = _opened(browser, name, **chosen)
    assert tab.evaluate(TARGETS, least) == []
    tab.context.close()


def test_type_in_the_elder_version_is_large(browser):
    tab = _opened(browser, elder=True)
    sizes = "s => [...document.querySelectorAll(s)].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(tab.evaluate(sizes, "body, main p, main a, main small, .tag, time, label")) >= 18
    assert max(tab.evaluate(sizes, "h1")) >= 30
    tab.context.close()


def test_j_and_k_move_along_the_rows_unless_switched_off(browser):
    tab = _opened(browser, "desk", 1280)
    focused = "document.activeElement.textContent"
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    assert tab.evaluate(focused) == "临时救助申请"
    tab.keyboard.press("k")
    assert tab.evaluate(focused) == "楼道消防通道被占，电动车入楼"
    tab.keyboard.press("/")
    tab.keyboard.type("jk/")
    assert tab.input_value("#desk-search") == "jk/"
    tab.context.close()
    quiet = _opened(browser, "desk", 1280, keys=False)
    quiet.keyboard.press("j")
    assert quiet.evaluate("document.activeElement.tagName") == "BODY"
    quiet.context.close()


def test_what_is_typed_survives_a_reload_of_this_tab_until_it_is_sent(browser):
    tab = _opened(browser)
    tab.fill("#id_reason", "住院三周")
    tab.wait_for_timeout(450)
    tab.reload()
    assert tab.input_value("#id_reason") == "住院三周"
    tab.evaluate(
        "document.querySelector('linli-draft form').addEventListener('submit', e => e.preventDefault())"
    )
    tab.evaluate("document.querySelector('linli-draft form').requestSubmit()")
    kept = "Object.keys(sessionStorage).filter(key => key.startsWith('linli-draft'))"
    assert tab.evaluate(kept) == []
    tab.context.close()


def test_a_second_press_does_not_send_twice(browser):
    tab = _opened(browser)
    tab.evaluate("""() => { window.sent = 0; const form = document.querySelector('linli-once form');
      document.addEventListener('submit', e => { if (!e.defaultPrevented) window.sent += 1; e.preventDefault(); });
      form.requestSubmit(); form.requestSubmit(); }""")
    assert tab.evaluate("window.sent") == 1
    tab.context.close()


def test_without_script_the_page_still_says_everything(browser):
    tab = _opened(browser, script=False)
    assert tab.locator("linli-read-aloud").is_hidden()
    assert tab.locator("form button", has_text="下一步").is_visible()
    assert tab.locator("button.elder-switch").is_visible()
    tab.context.close()
