"""The main pages as different readers meet them: phone and computer, Chinese and English, elder version, dark.

Every page is looked at for what a person would stumble over: sideways scrolling, targets too small for a finger,
Chinese left over in English, a focus that cannot be seen, and what axe-core calls serious or critical.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from linli.services.tests.counter import RELIEF
from tests import cast
from tests.cast import HELIN
from tests.journeys.site import ROOT, Site
from tests.journeys.somebody import COMPUTER, PHONE, Somebody, Typist
from tests.journeys.winter import LEAK, NAME

pytestmark = pytest.mark.journey

C = f"/c/{HELIN}/"
PUBLIC = (
    "/", "/sign-in/", "/query/", "/privacy/", C, f"{C}about/", f"{C}search/?q=救助", f"{C}items/",
    f"{C}items/temporary_assistance/", f"{C}grievances/", f"{C}disclosure/", f"{C}news/", f"{C}venues/hall/",
)  # fmt: skip
OWN = (
    "/my/", "/my/notices/", "/cases/{relief}/", f"{C}items/temporary_assistance/apply/family/",
    f"{C}grievances/new/?text=水管漏水", f"{C}disclosure/{{publication}}/",
)  # fmt: skip
CLERK = (
    "/desk/", "/desk/cases/{relief}/", "/desk/cases/{relief}/acceptance/", "/desk/cases/{leak}/dispatch/", "/desk/counter/",
    "/desk/people/", "/desk/notices/", "/desk/search/?q=救助",
)  # fmt: skip
DIRECTOR = (
    "/desk/projects/", "/desk/projects/{project}/", "/desk/projects/{project}/money/", "/desk/evaluations/",
    "/desk/disclosure/", "/desk/sheets/", "/desk/rules/", "/desk/figures/", "/desk/calendar/2026/",
    "/desk/projects/{project}/goals/declaration/",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """How somebody reads: device, display settings, and whether axe looks too."""

    name: str
    device: dict[str, Any]
    choices: dict[str, str]
    axe: bool = False

    @property
    def english(self) -> bool:
        return self.choices.get("language") == "en"

    @property
    def target(self) -> int:
        return 60 if self.choices.get("elder") else 44


VIEWS = (
    View("phone-elder", PHONE, {"elder": "1"}, axe=True),
    View("phone-english-dark", PHONE, {"language": "en", "theme": "dark"}),
    View("computer-dark", COMPUTER, {"theme": "dark"}),
    View("computer-english", COMPUTER, {"language": "en"}, axe=True),
)
READERS = (("visitor", PUBLIC), ("wang", OWN), ("limin", CLERK), ("sun", DIRECTOR))


@pytest.fixture(scope="module")
def winter(shared_site: Site) -> Site:
    """The site on 21 January, with work done and work waiting."""
    shared_site.goes_on("winter", "cases", "waiting")
    shared_site.day_comes(date(2026, 1, 21))
    return shared_site


@pytest.fixture(scope="module")
def numbers(winter: Site) -> dict[str, str]:
    """The public numbers that addresses need."""
    return winter.numbers()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize("who,addresses", READERS, ids=lambda given: given if isinstance(given, str) else "")
def test_pages_read_well(view, who, addresses, numbers, visits):
    reader = visits(who, **view.device)
    if who != "visitor":
        reader.signs_in()
    choose(reader, view)
    troubles = []
    for address in addresses:
        reader.opens(address.format(**numbers)).shows(view.name)
        troubles += [f"{address}: {one}" for one in looked_at(reader, view, is_desk="/desk/" in address)]
    assert troubles == [], "\n".join(troubles)


def choose(reader: Somebody, view: View) -> None:
    """The reader's choices live in one plain cookie."""
    reader.context.add_cookies([{
        "name": "linli_reader", "value": urlencode(view.choices), "domain": "127.0.0.1", "path": "/",
    }])  # fmt: skip


def looked_at(reader: Somebody, view: View, *, is_desk: bool) -> Iterator[str]:
    seen = reader.page.evaluate(_LOOK)
    if seen["wide"] > seen["width"] + 1:
        yield f"scrolls sideways: {seen['wide']} > {seen['width']} ({', '.join(seen['sticking_out'])})"
    if not is_desk and view.device is PHONE:
        small = [one for one in seen["targets"] if one["height"] < view.target - 0.5]
        yield from (f"target of {one['height']:.0f} px: {one['words']}" for one in small)
    if view.english:
        yield from (f"Chinese in English: {text}" for text in seen["texts"] if is_left_over(text))
    if view.axe:
        yield from axed(reader)


# What stands in Chinese on an English page because it is a name, a title kept with a case, or what somebody wrote.
_NAMES = {
    *cast.REGIONS.values(), *(name for name, *_ in cast.BODIES.values()), *(name for name, *_ in cast.PEOPLE.values()),
    NAME, "2026年社区治理试点", "安和苑", "号楼", "单元", "室", "第1网格", "第2网格", "议事厅", "农家书屋", "中文", "邻里",
    "临时救助公示", "临时救助", "房屋维修", LEAK, "一单元楼道", "现场.pdf", "申请书.pdf", RELIEF["story"],
    "全年开展适应服务活动12场", "2026年底前服务300户", "帮助搬迁居民适应社区生活", "入户走访发现老人办事不便", "设备", "活动",
    "改造服务站，开展适应服务活动", "情况属实，同意推荐。", "示民函〔2026〕5号", "办结, 诉求", "社区公告栏", "国务院办公厅年度节假日通知（随软件包）",
}  # fmt: skip
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def chinese_only() -> list[str]:
    """Names, and words that a sheet holds in Chinese only (titles of laws, units, purposes), longest first.

    A word that a sheet holds in both languages is none of them: where it shows in Chinese, it is left over.
    """
    found = set(_NAMES)
    for path in (ROOT / "linli" / "packs" / "cn").rglob("*.yaml"):
        found.update(_plain(yaml.safe_load(path.read_text("utf-8"))))
    return sorted(found, key=len, reverse=True)


def _plain(value: Any) -> Iterator[str]:
    if isinstance(value, str) and _CHINESE.search(value):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _plain(one)
    elif isinstance(value, dict) and "en" not in value:
        for one in value.values():
            yield from _plain(one)


def is_left_over(text: str) -> bool:
    """Whether Chinese remains when names, masked names and words without English are taken out."""
    for name in chinese_only():
        text = text.replace(name, "")
    return bool(_CHINESE.search(re.sub(r"[\u4e00-\u9fff]\*+", "", text)))


def axed(reader: Somebody) -> Iterator[str]:
    found = Axe().run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
    for one in found:
        if one["impact"] in ("serious", "critical"):
            where = "; ".join(" ".join(node["target"]) for node in one["nodes"][:3])
            yield f"axe {one['impact']} {one['id']} ×{len(one['nodes'])}: {where}"


@pytest.mark.parametrize("address,who", [(C, "visitor"), ("/cases/{relief}/", "wang"), ("/desk/", "limin")])
def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(address, who, numbers, visits):
    reader = visits(who, Typist)
    if who != "visitor":
        Somebody.signs_in(reader)
    reader.opens(address.format(**numbers))
    reader.reaches("跳到正文", most=1)
    skip = reader.page.locator("a.skip").bounding_box()
    assert skip and skip["y"] >= 0, "the skip link shows itself when it has the focus"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"
    for _ in range(15):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("document.activeElement === document.body"):
            break  # past the last field: the browser's own frame has the focus
        reader.sees_the_focus()


_LOOK = """() => {
  const width = document.documentElement.clientWidth;
  const shown = e => { const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return s.visibility !== "hidden" && s.display !== "none" && r.width > 1 && r.height > 1; };
  const words = e => (e.getAttribute("aria-label") || e.innerText || e.value || e.name || e.tagName).trim().slice(0, 30);
  const out = Array.from(document.querySelectorAll("body *"))
    .filter(e => shown(e) && e.getBoundingClientRect().right > width + 1)
    .slice(0, 4).map(e => e.tagName.toLowerCase() + "." + e.className);
  const box = e => (e.matches("input[type=radio],input[type=checkbox]") && e.closest("label")) || e;
  const targets = Array.from(document.querySelectorAll(
    "button, .btn, select, textarea, summary, nav a, input:not([type=hidden])"))
    .filter(e => !e.closest(".unseen") && !e.matches(".unseen, .skip")).map(box).filter(shown)
    .map(e => ({words: words(e), height: e.getBoundingClientRect().height}));
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, up = node.parentElement, text = node.nodeValue.trim();
    if (!text || !/[\\u4e00-\\u9fff]/.test(text) || up.closest("script,style,textarea,[lang^=zh]:not(html),.written,.quote"))
      continue;
    texts.push(text);
  }
  for (const e of document.querySelectorAll("[placeholder],[aria-label],[title]"))
    for (const name of ["placeholder", "aria-label", "title"])
      if (e.getAttribute(name)) texts.push(e.getAttribute(name));
  return {width, wide: document.documentElement.scrollWidth, sticking_out: out, targets, texts: Array.from(new Set(texts))};
}"""
