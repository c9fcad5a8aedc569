"""Rows: what each role's queryset holds, at home and abroad; and no personal field without a way that asks who reads."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from linli.people.actors import VISITOR, Actor
from linli.people.models import Person
from linli.people.roles import all_roles
from tests.cast import HELIN
from tests.visibility.allowed import POSTS, READERS, expand
from tests.visibility.places import NOW, Corner
from tests.visibility.words import ROWS, THROUGH
from tests.visibility.world import World

PERSONAL = {"P2", "P3", "P4"}


def _models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("linli.")]


def _asks(model: type[models.Model]) -> bool:
    return hasattr(model._default_manager, "visible_to")


def _visible(model: type[models.Model], actor: Actor) -> models.QuerySet[Any]:
    ask = model._default_manager.visible_to  # type: ignore[attr-defined]
    found: models.QuerySet[Any] = (
        ask(actor, NOW.date()) if "on" in inspect.signature(ask).parameters else ask(actor)
    )
    return found


def _actor(world: World, who: str, corner: Corner) -> Actor:
    if who == "visitor":
        return VISITOR
    if who in POSTS:
        return world.village.actors[world.holder(who).login]
    owner = {
        "owner": corner.owners["paying"], "guardian": corner.guardian, "neighbour": corner.neighbour,
    }.get(who)  # fmt: skip
    return owner.actor if owner else world.foreign("province").neighbour.actor


def _regions(model: type[models.Model], actor: Actor) -> set[str]:
    declared, rows = ROWS[model._meta.label], _visible(model, actor)
    if model is Person:  # everybody knows themselves
        rows = rows.exclude(pk=actor.person_id)
    if declared.only:
        rows = rows.filter(data_class__in=declared.only)
    return set(rows.values_list(declared.at, flat=True).distinct())


def test_every_queryset_that_asks_who_reads_is_declared():
    assert {one._meta.label for one in _models() if _asks(one)} == set(ROWS)


def test_every_personal_field_is_reached_only_by_a_way_that_asks_who_reads():
    bare = set()
    for model in _models():
        classes = set(getattr(model, "DATA_CLASSES", {}).values())
        if classes & PERSONAL and not _asks(model):
            bare.add(model._meta.label)
    assert bare == set(THROUGH)


@pytest.mark.parametrize("label", [label for label, way in THROUGH.items() if way.parent])
def test_what_asks_nobody_hangs_on_something_that_does(label):
    model, seen = apps.get_model(label), set()
    while not _asks(model):
        assert model._meta.label not in seen
        seen.add(model._meta.label)
        relation = model._meta.get_field(THROUGH[model._meta.label].parent)
        assert not relation.null, f"{model._meta.label} may hang on nothing"
        model = relation.related_model


@pytest.mark.slow
@pytest.mark.parametrize("label", ROWS)
def test_a_role_sees_the_rows_declared_for_it_and_no_others(world, label):
    model, declared = apps.get_model(label), ROWS[label]
    assert model._default_manager.filter(**{declared.at: HELIN}).exists(), (
        "nothing to see: the proof would be empty"
    )
    own, foreign = set(), set()
    for who in (*READERS, *POSTS):
        level = all_roles()[who].level if who in POSTS else "none"
        elsewhere = world.foreign(level)
        regions = _regions(model, _actor(world, who, world.home))
        own |= {who} if HELIN in regions else set()
        foreign |= {who} if elsewhere.code in regions else set()
    assert sorted(own) == sorted(expand(declared.own)), label
    assert sorted(foreign) == sorted(expand(declared.foreign)), label


@pytest.mark.slow
@pytest.mark.parametrize("who", [*READERS, *POSTS])
def test_rows_of_a_case_are_seen_where_the_case_is_seen(world, who):
    actor = _actor(world, who, world.home)
    cases = set(_visible(apps.get_model("cases.Case"), actor).values_list("pk", flat=True))
    for label, declared in ROWS.items():
        if declared.at == "case__region_id" and label != "projects.Project":
            assert set(_visible(apps.get_model(label), actor).values_list("case_id", flat=True)) <= cases, (
                label
            )
