"""The reader's choices: kept in one cookie, read back strictly, never a way off the site."""

import datetime as dt

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.utils import translation

from linli.look import reader
from linli.look.reader import Reader, ReaderMiddleware, choose, page, read, written


@pytest.fixture(autouse=True)
def _same_language():
    with translation.override("zh-hans"):
        yield


def _answered(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{translation.get_language()} {request.reader.elder}")  # type: ignore[attr-defined]


def _post(**values: str) -> HttpResponse:
    return choose(RequestFactory().post("/reader/", values))


def test_a_choice_is_written_and_read_back():
    chosen = Reader(elder=True, contrast=True, theme="dark", language="en", keys=False)
    assert read(written(chosen)) == chosen
    assert written(Reader()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "elder=yes",
        "theme=pink",
        "language=fr",
        "sheets=1",
        "%00%ff",
        "a" * 9000,
        "elder=1;elder",
        "classes=x",
    ],
)
def test_what_is_unknown_in_the_cookie_changes_nothing(text):
    assert read(text) == Reader()


def test_choosing_changes_only_what_was_posted():
    request = RequestFactory().post("/reader/", {"elder": "1"})
    request.COOKIES[reader.COOKIE] = "theme=dark"
    cookie = choose(request).cookies[reader.COOKIE]
    assert read(cookie.value) == Reader(elder=True, theme="dark")
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_choice_can_be_taken_back():
    request = RequestFactory().post("/reader/", {"elder": "0"})
    request.COOKIES[reader.COOKIE] = "elder=1"
    assert read(choose(request).cookies[reader.COOKIE].value) == Reader()


@pytest.mark.parametrize(
    "target",
    [
        "https://else.example/",
        "//else.example/",
        "/\\else.example",
        "javascript:alert(1)",
        "",
        "else",
        "\t//x",
    ],
)
def test_choosing_never_leads_off_the_site(target):
    assert _post(elder="1", next=target)["Location"] == "/"


def test_choosing_leads_back_to_the_page_it_was_made_on():
    assert _post(elder="1", next="/c/990000000001/?q=水")["Location"].startswith("/c/990000000001/?q=")


def test_the_middleware_turns_on_the_language_and_marks_the_answer_as_varying():
    request = RequestFactory().get("/")
    request.COOKIES[reader.COOKIE] = "language=en&elder=1"
    answer = ReaderMiddleware(_answered)(request)
    assert answer.content == b"en True"
    assert "Cookie" in answer["Vary"]


def test_without_a_choice_the_page_is_chinese_whatever_the_browser_prefers():
    answer = ReaderMiddleware(_answered)(RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE="en"))
    assert answer.content == b"zh-hans False"


@override_settings(LINLI_FROZEN_DAY="2026-03-02")
def test_a_sample_site_stands_still_on_its_day():
    context = page(RequestFactory().get("/"))
    assert context["today"] == context["frozen_day"] == dt.date(2026, 3, 2)
    assert reader.site_moment().date() == dt.date(2026, 3, 2)
    assert reader.site_moment().tzinfo is not None


@override_settings(LINLI_FROZEN_DAY="")
def test_a_real_site_has_no_frozen_day():
    assert page(RequestFactory().get("/"))["frozen_day"] is None


@pytest.mark.parametrize(
    ("chosen", "sheets"),
    [
        (Reader(theme="light"), [("contrast", reader.MORE)]),
        (Reader(theme="dark"), [("dark", "all"), ("contrast", reader.MORE), ("contrast-dark", reader.MORE)]),
        (Reader(theme="light", contrast=True), [("contrast", "all")]),
        (Reader(contrast=True), [("dark", reader.DARK), ("contrast", "all"), ("contrast-dark", reader.DARK)]),
    ],
)
def test_theme_and_contrast_choose_the_style_sheets(chosen, sheets):
    assert [(path.split("/")[-1].removesuffix(".css"), media) for path, media in chosen.sheets] == sheets
