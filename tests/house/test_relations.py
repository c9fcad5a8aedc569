"""A foreign key written as a string is no import: relations must point down as imports do."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.models import ForeignKey
from django.db.models.fields import Field

from tests.house.reading import floors


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("linli.") else ""


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if room_of(model)]


def upward(room: str, target: str) -> bool:
    """Whether a relation from one room to another breaks the law (up, or sideways on one floor)."""
    return room != target and floors()[target] >= floors()[room]


def faults(fields: Iterable[tuple[type[models.Model], Field]]) -> list[str]:
    found = []
    for model, field in fields:
        target = field.related_model
        if not isinstance(target, type) or not room_of(target) or not hasattr(field, "remote_field"):
            continue
        name = f"{model.__module__}.{model.__name__}.{field.name}"
        if upward(room_of(model), room_of(target)):
            found.append(f"{name} points up to {target.__name__}")
        leaves = room_of(model) != room_of(target)
        if leaves and not (field.remote_field.related_name or "").endswith("+"):
            found.append(f'{name} leaves its room and needs related_name="+"')
    return found


def relations() -> list[tuple[type[models.Model], Field]]:
    return [
        (model, field)
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignObject)
    ] + [(model, field) for model in own_models() for field in model._meta.many_to_many]


def test_every_relation_points_down_and_leaves_no_reverse_name():
    assert faults(relations()) == []
    assert len(relations()) > 10, "the walk found hardly anything: it looks in the wrong place"


def test_an_upward_relation_would_be_found():
    assert upward("people", "cases")
    assert upward("rulebook", "notices"), "sideways counts as up"
    assert not upward("cases", "people")


def test_a_relation_with_a_reverse_name_would_be_found():
    key = ForeignKey("people.Person", on_delete=models.PROTECT, related_name="applications")
    key.name = "person"
    key.model = next(model for model in own_models() if room_of(model) == "cases")
    key.remote_field.model = apps.get_model("people", "Person")
    assert faults([(key.model, key)]) == [
        f'{key.model.__module__}.{key.model.__name__}.person leaves its room and needs related_name="+"'
    ]


def test_there_are_no_generic_keys():
    generic = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]
    assert generic == []
