"""Handlers declare their near relatives (近亲属备案); what these receive is drawn for a second look."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Region
from linli.services.models import Kinship
from linli.trail.writing import act, note


@act
def declare_relative(*, relative: Person, relation: str, place: Region, by: Actor, at: datetime) -> Kinship:
    """Declare that a resident is one's near relative: one may no longer decide on their matters."""
    if by.person_id is None or by.person_id == relative.pk:
        raise Said("services.kinship_self", field="relative")
    if not relation.strip():
        raise Said("services.kinship_relation", field="relation")
    if Kinship.objects.filter(handler=by.person_id, relative=relative, ended_on=None).exists():
        raise Said("services.kinship_there", field="relative")
    row = Kinship.objects.create(
        handler_id=by.person_id, relative=relative, relation=relation.strip()[:20], place=place,
        declared_by=by.actor_word, declared_on=timezone.localdate(at),
    )  # fmt: skip
    _note("services.kinship.declare_relative", row, by, at)
    return row


@act
def end_relative(*, kinship: Kinship, by: Actor, at: datetime) -> Kinship:
    """End one's own declaration; what was drawn under it stays drawn."""
    if by.person_id != kinship.handler_id:
        raise Said("services.kinship_self", field="relative")
    kinship.ended_on = timezone.localdate(at)
    kinship.save(update_fields=["ended_on"])
    _note("services.kinship.end_relative", kinship, by, at)
    return kinship


def _note(verb: str, row: Kinship, by: Actor, at: datetime) -> None:
    note(
        verb=verb, kind="services.kinship", key=row.pk, region=row.place_id, by=by, at=at, data_class="P2", facts={}
    )  # fmt: skip
