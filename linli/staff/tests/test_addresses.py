"""Addresses of the staff doors are found by their bare names; nothing answers to a name that no door has."""

from typing import Any

from django.urls import get_resolver

from linli.staff.addresses import DOORS, PLACES, address_of, place_of


def _patterns(door: str) -> list[Any]:
    found: list[Any] = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == door]
    return [pattern for one in found for pattern in one.url_patterns]


def test_no_two_doors_use_the_same_name():
    names = [name for door in DOORS for name in {one.name for one in _patterns(door)}]
    assert len(names) == len(set(names)) > 90


def test_every_door_stands_under_the_same_address():
    assert address_of("inbox") == "/desk/"
    assert address_of("project", "XM-1") == "/desk/projects/XM-1/"
    assert address_of("people") == "/desk/people/"
    assert address_of("no-such-page") == ""


def test_a_link_s_word_leads_to_its_page():
    assert place_of("case:JZ-1") == "/desk/cases/JZ-1/"
    assert {kind: place_of(f"{kind}:k") for kind in PLACES if not place_of(f"{kind}:k")} == {}
    assert place_of("case:") == place_of("moon:1") == ""


def test_every_address_is_guarded():
    guarded = {
        one.name: getattr(one.callback, "is_guarded", False) for door in DOORS for one in _patterns(door)
    }
    assert [name for name, is_guarded in guarded.items() if not is_guarded] == []
    assert len(guarded) > 90
