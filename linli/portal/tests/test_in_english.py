"""English pages carry no Chinese sentence of ours; what people and sheets wrote stays as they wrote it."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.test import Client

from linli import portal
from linli.portal.tests.pictures import apply_for_relief
from linli.portal.tests.test_opening_pages import PUBLIC
from linli.services.models import Application
from tests.cast import HELIN

CATALOGUE = Path(portal.__file__).parent / "locale/en/LC_MESSAGES/django.mo"
HAN = re.compile(r"[\u4e00-\u9fff]")


def sentences() -> list[str]:
    """Our own sentences with at least three characters and no blank, and the pieces between blanks."""
    with CATALOGUE.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    ids = {key[0] if isinstance(key, tuple) else key for key in known}
    pieces = [piece for text in ids for piece in re.split(r"%\(\w+\)[sd]|<[^>]+>", text)]
    return sorted({piece.strip() for piece in pieces if len(HAN.findall(piece)) >= 4})


def left_over(page: str) -> list[str]:
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*lang=\"zh[^>]*>[^<]*<", "", page, flags=re.DOTALL)
    return [sentence for sentence in sentences() if sentence in shown]


@pytest.fixture
def english(signed_in):
    browser = signed_in("wang")
    browser.cookies["linli_reader"] = "language=en"
    return browser


def test_the_search_for_chinese_would_find_some(village):
    assert left_over(Client().get(f"/c/{HELIN}/").content.decode())


def test_public_pages_are_english(village):
    browser = Client()
    browser.cookies["linli_reader"] = "language=en"
    found = {address: left_over(browser.get(address).content.decode()) for address in PUBLIC}
    assert {address: words for address, words in found.items() if words} == {}


def test_one_s_own_pages_are_english(english):
    apply_for_relief(english, HELIN)
    number = Application.objects.get().case.number
    pages = [
        "/my/", "/my/notices/", f"/cases/{number}/", f"/cases/{number}/withdrawal/", f"/c/{HELIN}/items/old_age_allowance/apply/",
        f"/c/{HELIN}/grievances/new/?text=leak",
    ]  # fmt: skip
    found = {address: left_over(english.get(address, follow=True).content.decode()) for address in pages}
    assert {address: words for address, words in found.items() if words} == {}
    page = english.get(f"/cases/{number}/").content.decode()
    assert "Temporary assistance" in page and "Received; the community is looking at the papers" in page


def test_a_refusal_is_said_in_english_too(english):
    page = english.post(
        f"/c/{HELIN}/items/temporary_assistance/apply/family/", {"household_size": "many"}
    ).content.decode()
    assert "People in the household" in page and 'id="errors"' in page
    errors = page.split('id="errors"')[1].split("</ul>")[0]
    assert not HAN.search(errors), errors
