"""Setting up places: regions, a community's profile, grids, buildings, homes and facilities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from linli.ground import codes
from linli.ground.said import Said
from linli.places.models import Building, CommunityProfile, Facility, Grid, Home, Region, level_of
from linli.trail.words import By
from linli.trail.writing import act, note


@act
def establish(
    *,
    code: str,
    name: str,
    by: By,
    at: datetime,
    kind: str = "urban",
    stands: str = "official",
    is_sample: bool = False,
    valid_from: date | None = None,
) -> Region:
    """Enter a region under its code. The level follows from the code; the same code again changes nothing.

    Raises ``Said('places.code_shape')`` where the code is not 12 digits.
    """
    try:
        code = codes.region(code)
    except Said:
        raise Said("places.code_shape", field="code", code=code) from None
    known = Region.objects.filter(code=code).first()
    if known is not None:
        return known
    region = Region.objects.create(
        code=code,
        name=name,
        level=level_of(code),
        kind=kind,
        stands=stands,
        is_sample=is_sample,
        valid_from=valid_from,
    )
    note(verb="places.establish", kind="places.region", key=code, region=code, by=by, at=at)
    return region


@act
def succeed(*, region: Region, successor: Region, on: date, by: By, at: datetime) -> Region:
    """End a code on a day and name the one that follows it; rows of the past keep the old code."""
    region.valid_to = on
    region.successor = successor
    region.save(update_fields=["valid_to", "successor"])
    note(
        verb="places.succeed",
        kind="places.region",
        key=region.code,
        region=region.code,
        by=by,
        at=at,
        facts={"successor": successor.code},
    )
    return region


@act
def describe(*, region: Region, facts: dict[str, Any], by: By, at: datetime) -> CommunityProfile:
    """Write or renew a community's profile."""
    profile, _ = CommunityProfile.objects.update_or_create(region=region, defaults=facts)
    note(
        verb="places.describe",
        kind="places.profile",
        key=region.code,
        region=region.code,
        by=by,
        at=at,
        facts={"fields": sorted(facts)},
    )
    return profile


@act
def draw_grid(*, community: Region, code: str, name: str, by: By, at: datetime, boundary: str = "") -> Grid:
    """Cut a grid; one cutting for all departments, so a code stands once in a community."""
    grid, _ = Grid.objects.get_or_create(
        community=community, code=code, defaults={"name": name, "boundary": boundary}
    )
    note(verb="places.draw_grid", kind="places.grid", key=grid.pk, region=community.code, by=by, at=at)
    return grid


@act
def enter_building(
    *,
    community: Region,
    name: str,
    doors: Sequence[tuple[str, str, int | None]],
    by: By,
    at: datetime,
    **facts: Any,
) -> Building:
    """Enter a building with its homes; ``doors`` are (unit, number, area in hundredths of a square metre)."""
    building = Building.objects.create(community=community, name=name, **facts)
    Home.objects.bulk_create(
        [
            Home(building=building, unit=unit, number=number, area_centiares=area)
            for unit, number, area in doors
        ]
    )
    note(
        verb="places.enter_building",
        kind="places.building",
        key=building.pk,
        region=community.code,
        by=by,
        at=at,
    )
    return building


@act
def enter_facility(
    *, community: Region, code: str, name: str, kind: str, by: By, at: datetime, **facts: Any
) -> Facility:
    """Enter a facility of the community."""
    facility, _ = Facility.objects.update_or_create(
        community=community, code=code, defaults={"name": name, "kind": kind, **facts}
    )
    note(
        verb="places.enter_facility",
        kind="places.facility",
        key=facility.pk,
        region=community.code,
        by=by,
        at=at,
    )
    return facility
