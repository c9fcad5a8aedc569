"""Signing in and out: one sentence for every failure, a lock, a fresh session key, safe ways back."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.people.models import SignIn
from tests import cast
from tests.cast import HELIN

pytestmark = pytest.mark.django_db


def tried(browser, login, password="wrong", **more):
    return browser.post("/sign-in/", {"login": login, "password": password, **more})


def test_a_resident_lands_at_home_and_a_clerk_at_the_desk(village):
    assert tried(Client(), "wang", cast.PASSWORD)["Location"] == f"/c/{HELIN}/"
    assert tried(Client(), "limin", cast.PASSWORD)["Location"] == "/desk/"


def test_the_phone_signs_in_as_well(village):
    assert tried(Client(), "13900000001", cast.PASSWORD).status_code == 302


def test_the_session_key_changes_and_the_browser_is_remembered(village):
    browser = Client()
    session = browser.session
    session["before"] = "kept"
    session.save()
    tried(browser, "wang", cast.PASSWORD)
    assert browser.session.session_key != session.session_key
    assert SignIn.objects.get().session_key == browser.session.session_key


def test_a_name_that_does_not_exist_sounds_like_a_wrong_password(village):
    known, unknown = (tried(Client(), name).context["form"].errors for name in ("wang", "nobody"))
    assert known == unknown and known


def test_five_wrong_passwords_lock_and_the_right_one_waits_too(village):
    browser = Client()
    for _ in range(4):
        assert "锁" not in str(tried(browser, "wang").context["form"].non_field_errors())
    assert "试错太多次" in tried(browser, "wang").content.decode()
    assert "试错太多次" in tried(browser, "wang", cast.PASSWORD).content.decode()
    for _ in range(5):
        last = tried(browser, "nobody")
    assert "试错太多次" in last.content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_off_this_site(village, target):
    assert tried(Client(), "wang", cast.PASSWORD, next=target)["Location"] == "/"


def test_signing_out_forgets_everything(signed_in):
    browser = signed_in("wang")
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/")["Location"] == f"/c/{HELIN}/"
    assert browser.get("/my/").status_code == 302
    assert "drafts" not in browser.session


def test_a_form_without_its_token_is_refused(village):
    browser = Client(enforce_csrf_checks=True)
    assert tried(browser, "wang", cast.PASSWORD).status_code == 403


def test_personal_pages_are_not_stored(signed_in):
    assert "no-store" in signed_in("wang").get("/my/")["Cache-Control"]
