"""A notice calls for projects (发布试点通知)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.places.models import Region
from linli.projects.models import Programme
from linli.rulebook.models import Edition, PolicyDocument
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Notice:
    """What a notice says: its document, batch, quota, the fund that pays, and until when to apply."""

    code: str
    title: str
    region: Region
    year: int
    fund: Edition
    policy: PolicyDocument | None = None
    batch: int | None = None
    quota: int | None = None
    apply_until: date | None = None


@act
def announce(*, notice: Notice, by: Actor, at: datetime) -> Programme:
    """Announce a programme. Refused: without the right at the place, a quota of none, a deadline already past."""
    by.require("projects.announce", notice.region.code)
    day = timezone.localdate(at)
    if notice.quota is not None and notice.quota < 1:
        raise Said("projects.quota_none", field="quota")
    if notice.apply_until is not None and notice.apply_until < day:
        raise Said("projects.deadline_past", field="apply_until", day=notice.apply_until)
    if Programme.objects.filter(code=notice.code).exists():
        raise Said("projects.programme_twice", field="code", code=notice.code)
    programme = Programme.objects.create(
        code=notice.code,
        title=notice.title,
        policy=notice.policy,
        region=notice.region,
        level=notice.region.level,
        year=notice.year,
        batch=notice.batch,
        quota=notice.quota,
        fund=notice.fund,
        announced_on=day,
        apply_until=notice.apply_until,
    )
    content = {
        "code": notice.code, "title": notice.title, "year": notice.year, "batch": notice.batch,
        "quota": notice.quota, "fund": str(notice.fund), "on": day.isoformat(),
    }  # fmt: skip
    append(region=notice.region.code, kind="projects.programme", row_key=notice.code, content=content, at=at)
    return programme
