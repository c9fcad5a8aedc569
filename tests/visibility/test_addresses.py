"""Every address × every role × own and foreign community: what is not declared open does not answer."""

from __future__ import annotations

import pytest

from linli.people.roles import all_roles
from tests.cast import PEOPLE
from tests.visibility.addresses import addresses
from tests.visibility.allowed import ALLOWED, POSTS, READERS, expand
from tests.visibility.looking import Looker
from tests.visibility.words import WORDS

EVERYONE = [*READERS, *POSTS]


def test_every_address_is_declared_and_every_declaration_has_an_address():
    assert {one.name for one in addresses()} == set(ALLOWED)


def test_every_kind_of_thing_that_is_declared_is_tried():
    for one in addresses():
        page = ALLOWED[one.name]
        for side in (page.own, page.foreign):
            kinds = side.keys() if isinstance(side, dict) else ()
            assert set(kinds) <= set(one.tried), one.name


def test_every_post_that_has_a_sheet_has_a_person_in_the_village():
    held = {post for _name, _born, post, _body, _place in PEOPLE.values()}
    assert {role.code for role in all_roles().values() if role.door == "desk"} <= held


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYONE)
def test_only_what_is_declared_opens_and_only_declared_words_are_read(world, who, record_property):
    looker = Looker(world, who)
    at_home, abroad = looker.look("own"), looker.look("foreign")
    record_property("checks", at_home.tried + abroad.tried)
    assert at_home.broken + abroad.broken == []
    own = {(one.name, kind) for one, kind in looker.looks("own") if who in ALLOWED[one.name].own_of(kind)}
    foreign = {
        (one.name, kind) for one, kind in looker.looks("foreign") if who in ALLOWED[one.name].foreign_of(kind)
    }
    assert sorted(at_home.opened - own) == [], "open at home to who should not see it"
    assert sorted(own - at_home.opened) == [], "closed at home to who should see it"
    assert sorted(abroad.opened - foreign) == [], "open abroad"
    assert sorted(foreign - abroad.opened) == [], "closed abroad, though declared open"
    _read(who, at_home.words, abroad.words)


def _read(
    who: str, at_home: dict[tuple[str, str], set[str]], abroad: dict[tuple[str, str], set[str]]
) -> None:
    """Words of home stand where they are declared; words of elsewhere only before those they belong to."""
    declared = {
        (field, kind)
        for field, kinds in WORDS.items()
        for kind, words in kinds.items()
        if who in expand(words)
    }
    found = {key for key in at_home if " " not in key[1]}
    assert {(key, tuple(sorted(at_home[key]))) for key in found - declared} == set(), (
        "read, though not declared"
    )
    missing = declared - found
    assert sorted(missing) == [], "declared, but not read: the table promises what no page shows"
    for (field, kind), pages in {**at_home, **abroad}.items():
        if " " in kind:
            owner = kind.split(" ")[0]
            own = expand(WORDS[field].get(owner, "")) | ({"stranger"} if owner == "neighbour" else set())
            assert who in READERS and who in own, (field, kind, pages)
