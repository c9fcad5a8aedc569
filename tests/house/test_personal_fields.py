"""Every field that can hold something about a person says its data class (P0 public … P4 restricted)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import models

from tests.house.reading import floors

HOLDING_TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)
CLASSES = {"P0", "P1", "P2", "P3", "P4"}


def undeclared(name: str, fields: Iterable[str], declared: Mapping[str, str]) -> list[str]:
    known = list(fields)
    found = [f"{name}.{field} has no data class" for field in known if field not in declared]
    found += [
        f"{name}.{field} has the unknown class {word}"
        for field, word in declared.items()
        if word not in CLASSES
    ]
    return found


def text_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, HOLDING_TEXT)]


def from_people_upward() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("linli.")
        and floors()[model.__module__.split(".")[1]] >= floors()["people"]
    ]


def test_every_field_that_can_hold_personal_text_has_a_data_class():
    faults = [
        fault
        for model in from_people_upward()
        for fault in undeclared(
            f"{model.__module__.split('.')[1]}.{model.__name__}",
            text_fields(model),
            getattr(model, "DATA_CLASSES", {}),
        )
    ]
    assert faults == []


def test_no_declared_class_is_left_of_a_field_that_is_gone():
    gone = [
        f"{model.__name__}.{name}"
        for model in from_people_upward()
        for name in getattr(model, "DATA_CLASSES", {})
        if name not in {field.name for field in model._meta.get_fields()}
    ]
    assert gone == []


def test_a_field_without_a_class_would_be_found():
    assert undeclared("Person", ["name"], {}) == ["Person.name has no data class"]
    assert undeclared("Person", ["name"], {"name": "P9"}) == ["Person.name has the unknown class P9"]
