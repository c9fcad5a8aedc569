"""Error pages keep the community's phone and tell nothing about what was asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.portal import faults
from tests.cast import HELIN


@pytest.mark.parametrize(
    ("handler", "status"), [(faults.bad_request, 400), (faults.forbidden, 403), (faults.not_found, 404)]
)
def test_an_error_page_names_the_community_and_its_phone(village, handler, status):
    request = Client().get(f"/c/{HELIN}/").wsgi_request
    answer = handler(request)
    assert answer.status_code == status
    assert "禾邻社区" in answer.content.decode() and "0990-0000001" in answer.content.decode()


def test_an_unknown_community_has_the_bare_page(village):
    request = Client().get("/c/990101009999/").wsgi_request
    assert faults.not_found(request).status_code == 404


def test_a_foreign_number_and_a_number_that_does_not_exist_look_the_same(signed_in):
    browser = signed_in("wang")
    one, other = browser.get("/cases/HL-2026-AAAAA/"), browser.get("/cases/WS-2026-AAAAA/")
    assert one.status_code == other.status_code == 404
