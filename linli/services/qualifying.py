"""The pre-check: whether somebody meets the conditions of an item, asked before anything is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.ground.said import Said
from linli.people.models import Person
from linli.rulebook.reading import rule
from linli.services.declared import Condition, ServiceItem

Told = Mapping[str, bool]


def unmet(item: ServiceItem, *, person: Person | None, told: Told, place: str, on: date) -> list[Said]:
    """Conditions that are not met, each with what to do instead. A question not answered yet is not held against one."""
    return [
        Said(
            "services.condition_unmet",
            field=condition.code,
            question=condition.question,
            instead=condition.otherwise,
        )
        for condition in item.conditions
        if not _is_met(condition, person, told, place, on)
    ]


def _is_met(condition: Condition, person: Person | None, told: Told, place: str, on: date) -> bool:
    if condition.check == "asked":
        return told.get(condition.code, condition.wanted) == condition.wanted
    age = person.age(on) if person else None
    if age is None:  # an unknown age is asked like any other question
        return told.get(condition.code, True)
    bound = int(rule(condition.rule, place=place, on=on).value)
    return age >= bound if condition.check == "age_at_least" else age < bound
