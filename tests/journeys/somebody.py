"""Somebody in front of a screen: says what is opened, written, chosen and pressed in the words on the page."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, TimeoutError

from tests.cast import PASSWORD

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COMPUTER: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PATIENCE = 15_000
SHOTS = os.environ.get("LINLI_SHOTS", "")


def photo(name: str = "photo.jpg", colour: str = "white") -> dict[str, Any]:
    """A picture as a phone's camera leaves it."""
    kept = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(kept, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": kept.getvalue()}


_WRITABLE = "textarea, input:not([type=radio]):not([type=checkbox]):not([type=file])"


class Somebody:
    """A person at a device. Everything is found by the words that a person reads or hears."""

    def __init__(self, browser: Browser, url: str, *, name: str = "", story: str = "", **device: Any) -> None:
        self.name, self.story, self.steps = name, story, 0
        self.has_touch = bool(device.get("has_touch"))
        self.context = browser.new_context(base_url=url, locale="zh-CN", **(device or COMPUTER))
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda fault: self.troubles.append(f"{self.page.url}: {fault}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    def _heard(self, said: Any) -> None:
        if said.type == "error" and "422" not in said.text and "404" not in said.text:
            self.troubles.append(f"{self.page.url}: {said.text}")

    def _answered(self, answer: Any) -> None:
        if answer.status >= 500:
            self.troubles.append(f"{answer.url}: {answer.status}")

    def leaves(self) -> None:
        """Close the device; nothing may have gone wrong on any page."""
        self.context.close()
        assert self.troubles == []

    def opens(self, path: str) -> Somebody:
        self.page.goto(path, wait_until="load")
        return self

    def signs_in(self, login: str = "") -> Somebody:
        """At the door, with name and password."""
        self.opens("/sign-in/")
        self.writes("登录名", login or self.name)
        self.writes("密码", PASSWORD)
        self.presses("登录", within="form.card")
        assert "/sign-in/" not in self.page.url, self.text()
        return self

    def field(self, label: str, kind: str = "*") -> Locator:
        """The field with a label, on the page's main part: the very words first, else a label that holds them."""
        main = self.page.locator("main")
        exact = main.get_by_label(label, exact=True).and_(main.locator(kind))
        return exact.first if exact.count() else main.get_by_label(label).and_(main.locator(kind)).first

    def writes(self, label: str, text: str) -> Somebody:
        self.field(label, _WRITABLE).fill(text)
        return self

    def selects(self, label: str, option: str) -> Somebody:
        """An option of a list, by its words."""
        self.field(label).select_option(label=option)
        return self

    def chooses(self, question: str, answer: str) -> Somebody:
        """One of the answers that stand below a question."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer).first.check()
        return self

    def ticks(self, label: str) -> Somebody:
        self.field(label).check()
        return self

    def hands_in(self, label: str, *files: dict[str, Any]) -> Somebody:
        """Photos taken for a field."""
        self.field(label).set_input_files(list(files) or [photo()])
        return self

    def button(self, name: str, within: str = "main") -> Locator:
        """A button or link by its words."""
        place = self.page.locator(within).first
        named = re.compile(rf"^\s*{re.escape(name)}\s*$")
        return place.get_by_role("button", name=named).or_(place.get_by_role("link", name=named)).first

    def presses(self, name: str, within: str = "main") -> Somebody:
        """Press and wait for the page that comes."""
        target = self.button(name, within)
        with self.page.expect_navigation():
            (target.tap if self.has_touch else target.click)()
        return self

    def sees(self, *words: str) -> Somebody:
        """Every one of these words stands on the page, where a reader can see it."""
        for one in words:
            try:
                self.page.get_by_text(one).locator("visible=true").first.wait_for(timeout=PATIENCE)
            except TimeoutError:
                raise AssertionError(
                    f"{self.name} does not see {one!r} at {self.path}:\n{self.text('body')}"
                ) from None
        return self

    def does_not_see(self, *words: str) -> Somebody:
        """None of these words is anywhere in the page's source."""
        source = self.page.content()
        assert [one for one in words if one in source] == []
        return self

    def text(self, within: str = "main") -> str:
        return self.page.locator(within).first.inner_text()

    def downloads(self, name: str, into: Path) -> Path:
        """Press a button that hands out a file; keep the file."""
        with self.page.expect_download() as waiting:
            self.button(name).click()
        kept = into / waiting.value.suggested_filename
        waiting.value.save_as(kept)
        return kept

    @property
    def path(self) -> str:
        return "/" + self.page.url.split("/", 3)[3]

    def shows(self, step: str) -> Somebody:
        """Keep a picture of the page when LINLI_SHOTS names a folder."""
        if SHOTS:
            self.steps += 1
            folder = Path(SHOTS) / self.story
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{self.name}-{self.steps:02}-{step}.png", full_page=True)
        return self


# What has the focus, in the words a screen reader would say.
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const labels = one.labels ? Array.from(one.labels).map(l => l.innerText).join(" ") : "";
  return (one.getAttribute("aria-label") || labels || one.innerText || one.value || one.name || "").trim();
}"""
# Whether the focus can be seen: an outline or a shadow on the element or on what wraps it.
_SHOWN = """() => {
  const seen = e => { const s = getComputedStyle(e);
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none"; };
  const one = document.activeElement;
  return seen(one) || (one.closest("label") && seen(one.closest("label")))
      || (one.nextElementSibling && seen(one.nextElementSibling));
}"""


class Typist(Somebody):
    """Somebody who works without a mouse: every press and every field is reached with the Tab key."""

    def reaches(self, words: str, *, exactly: bool = False, most: int = 160) -> Typist:
        """Tab until the words have the focus; it must be visible there."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(_FOCUS)
            if words == focus or (not exactly and words in focus):
                return self.sees_the_focus()
        raise AssertionError(f"the keyboard does not reach {words!r} at {self.path}")

    def sees_the_focus(self) -> Typist:
        assert self.page.evaluate(_SHOWN), (
            f"no visible focus on {self.page.evaluate(_FOCUS)!r} at {self.path}"
        )
        return self

    def presses(self, name: str, within: str = "main") -> Typist:
        self.reaches(name, exactly=True)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def writes(self, label: str, text: str) -> Typist:
        self.reaches(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def ticks(self, label: str) -> Typist:
        self.reaches(label)
        self.page.keyboard.press("Space")
        return self

    def chooses(self, question: str, answer: str) -> Typist:
        """Tab to the group, then walk with the arrow keys as radio buttons want it."""
        group = self.page.get_by_role("group", name=question)
        for _ in range(160):
            self.page.keyboard.press("Tab")
            if group.evaluate("one => one.contains(document.activeElement)"):
                break
        else:
            raise AssertionError(f"the keyboard does not reach {question!r} at {self.path}")
        for _ in range(20):
            if answer in self.page.evaluate(_FOCUS):
                self.page.keyboard.press("Space")
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{question!r} has no answer {answer!r}")
