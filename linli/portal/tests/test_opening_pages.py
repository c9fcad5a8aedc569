"""Every page that everybody may open, opens."""

import pytest
from django.test import Client

from tests.cast import HELIN

PUBLIC = [
    "/communities/", "/sign-in/", "/privacy/", "/query/", f"/c/{HELIN}/", f"/c/{HELIN}/about/", f"/c/{HELIN}/search/?q=%E6%95%91%E5%8A%A9",
    f"/c/{HELIN}/news/", f"/c/{HELIN}/figures/", f"/c/{HELIN}/items/", f"/c/{HELIN}/items/temporary_assistance/",
    f"/c/{HELIN}/items/temporary_assistance/print/", f"/c/{HELIN}/items/community_proof/", f"/c/{HELIN}/venues/",
    f"/c/{HELIN}/venues/hall/", f"/c/{HELIN}/grievances/", f"/c/{HELIN}/deliberation/", f"/c/{HELIN}/activities/",
    f"/c/{HELIN}/disclosure/", "/",
]  # fmt: skip
OWN = ["/my/", "/my/notices/", f"/c/{HELIN}/items/temporary_assistance/apply/", f"/c/{HELIN}/grievances/new/"]


def test_a_visitor_opens_public_pages(village):
    browser = Client()
    assert {address: browser.get(address).status_code for address in PUBLIC} == dict.fromkeys(PUBLIC, 200)


@pytest.mark.parametrize("address", OWN)
def test_a_visitor_is_led_to_sign_in_and_back(db, address):
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=/")


def test_a_resident_opens_them_too(signed_in):
    browser, every = signed_in("wang"), [*PUBLIC, *OWN]
    assert {address: browser.get(address, follow=True).status_code for address in every} == dict.fromkeys(
        every, 200
    )
