"""Cases as the lists of the staff doors show them: one line each, the person masked as the data class asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import FAR, Case
from linli.grievances.models import Grievance
from linli.ground import masking
from linli.people.actors import Actor
from linli.staff import words
from linli.staff.saying import lang

EXCERPT = 30


@dataclass(frozen=True)
class Row:
    """One matter as the list shows it; the person is masked as the data class asks."""

    number: str
    title: str
    sort: str
    due: dt.date | None
    is_paused: bool
    is_closed: bool
    who: str
    place: str
    hands: str
    step: str
    url: str
    bulk: str = ""


def drawn(found: Sequence[Case], by: Actor) -> list[Row]:
    """Cases as rows: one further statement for the places of grievances."""
    spots = {
        pk: _Spot(building or "", spot, hidden, _excerpt(text))
        for pk, building, spot, hidden, text in Grievance.objects.get_queryset()
        .filter(pk__in=[case.pk for case in found if case.kind == "grievances.grievance"])
        .values_list("pk", "building__name", "spot", "is_anonymous", "text")
    }
    return [_row(case, spots.get(case.pk), by) for case in found]


def who(case: Case, *, is_hidden: bool = False) -> str:
    """The person of a case in a list: masked, and not at all where the class is sensitive."""
    if case.person is None:
        return "—"
    if is_hidden or case.data_class in ("P3", "P4"):
        return _("（保密）")
    return masking.name(case.person.name)


def unnamed(found: Sequence[Case]) -> set[int]:
    """Those of the cases whose person asked to stay unnamed; one statement."""
    keys = [case.pk for case in found if case.kind == "grievances.grievance"]
    rows = Grievance.objects.get_queryset().filter(pk__in=keys, is_anonymous=True)
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class _Spot:
    """What a list says of a grievance: where, whether it stays unnamed, and its first words."""

    building: str = ""
    where: str = ""
    is_hidden: bool = False
    words: str = ""


def _excerpt(text: str) -> str:
    """The first words of a grievance, personal numbers masked."""
    line = " ".join(masking.scrub(text).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def _row(case: Case, spot: _Spot | None, by: Actor) -> Row:
    told = spot or _Spot()
    home = masking.address(case.person.address) if case.person and case.data_class in ("P1", "P2") else ""
    place = f"{told.building}{told.where}" if spot else home
    if case.region_id != by.place:
        place = f"{case.region.name} {place}".strip()
    step = str(case.at_step.title.text(lang()))
    hands = "" if case.closed_on else words.post(case.hold_post)
    return Row(
        case.number,
        told.words if told.words and case.data_class == "P2" else case.title,
        f"{words.kind(case.kind)} · {case.title}" if told.words else words.kind(case.kind),
        None if case.next_due_on == FAR else case.next_due_on,
        case.is_paused,
        case.closed_on is not None,
        who(case, is_hidden=told.is_hidden),
        place or "—",
        hands,
        step,
        reverse("desk:case", args=[case.number]),
    )
