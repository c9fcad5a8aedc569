"""Entering a past project from what its report states, without faking its course (据报告登记).

Nothing is filled in: no passage of a level, no day, no receipt, no spending. The case gets one passage, "entered from
a report"; the opinion chain and the claims are kept as statements.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.opening import Opening, open_case
from linli.finding.indexing import put
from linli.people.actors import Actor
from linli.places.establishing import describe, establish
from linli.places.models import CommunityProfile, Region
from linli.projects.models import Allocation, FundSource, Programme, Project, Statement
from linli.projects.passing import KIND, PROCEDURE, change_totals, enter_totals, make_move
from linli.projects.stating import (
    Claim,
    Remark,
    StatedAllocation,
    StatedOpinion,
    StatedProgramme,
    StatedSheet,
)
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition, enter_policy
from linli.trail.writing import act, append


@act
def enter_stated(*, sheet: StatedSheet, by: Actor, at: datetime) -> Project:
    """Enter a past project from its sheet, once; the same sheet again returns the project that is there.

    Every fact comes from the sheet and keeps its reference; what is not stated stays null and is named in
    ``not_stated``. The days of the entry itself (of the case, of showing it) are the day of entering.
    """
    known = Project.objects.select_related("case__region").filter(stated_from=sheet.code).first()
    if known is not None:
        return known
    by.require("projects.enter_stated", sheet.region)
    for place in sheet.places:
        establish(code=place.code, name=place.name, kind=place.kind, stands=place.stands, by=by, at=at)
    if not CommunityProfile.objects.filter(region=sheet.region).exists():
        region = Region.objects.get(pk=sheet.region)
        describe(region=region, facts={"number_letters": sheet.number_letters}, by=by, at=at)
    project = _project(sheet, by, at)
    _source(project, sheet, by, at)
    _statements(project, sheet, at)
    make_move(project, "projects.stated.enter_stated", by=by, at=at, opinion=sheet.report.text.zh)
    texts = [project.name, project.unit_name, project.case.number, *project.themes]
    put(
        kind="projects.project",
        key=project.pk,
        region=sheet.region,
        data_class="P0",
        texts=texts,
        by=by,
        at=at,
    )
    return project


def _programme(stated: StatedProgramme, fund: Edition, by: Actor, at: datetime) -> Programme:
    policy = enter_policy(
        title=stated.policy.zh, issuer=stated.issuer.zh, jurisdiction=stated.region, by=by, at=at
    )
    region = Region.objects.get(pk=stated.region)
    programme, _ = Programme.objects.get_or_create(
        code=stated.code,
        defaults={
            "title": stated.title.zh,
            "policy": policy,
            "region": region,
            "level": region.level,
            "fund": fund,
        },
    )
    return programme


def _project(sheet: StatedSheet, by: Actor, at: datetime) -> Project:
    stated, today = sheet.project, timezone.localdate(at)
    region = Region.objects.get(pk=sheet.region)
    fund = edition("funds", sheet.source.fund, today)
    opening = Opening(
        procedure=edition("procedures", PROCEDURE, today),
        subject=KIND,
        title=stated.name.text.zh,
        region=region,
        channel="report",
        first_move="open",
    )
    case = open_case(opening=opening, by=by, at=at)
    return Project.objects.create(
        case=case,
        programme=_programme(sheet.programme, fund, by, at),
        name=stated.name.text.zh,
        unit_name=stated.unit.text.zh,
        year=stated.year.number,
        themes=[theme.text.zh for theme in stated.themes],
        purpose=stated.purpose.text.zh,
        need=stated.need.text.zh,
        content=stated.content.text.zh,
        general_goals=[goal.text.zh for goal in stated.general_goals],
        yearly_goal=stated.yearly_goal.text.zh,
        entered="stated",
        stated_from=sheet.code,
        not_stated=list(sheet.not_stated),
        references=_references(sheet),
        published_on=today,
    )


def _references(sheet: StatedSheet) -> dict[str, str]:
    stated = sheet.project
    single = {
        name: getattr(stated, name).ref
        for name in ("name", "unit", "year", "purpose", "need", "content", "yearly_goal")
    }
    return {
        **single,
        "themes": ",".join(theme.ref for theme in stated.themes),
        "general_goals": ",".join(goal.ref for goal in stated.general_goals),
        "programme": sheet.programme.ref,
        "source": sheet.source.ref,
        "report": sheet.report.ref,
    }


def _source(project: Project, sheet: StatedSheet, by: Actor, at: datetime) -> None:
    stated = sheet.source
    assert project.programme is not None
    assert project.programme.fund is not None
    source = FundSource.objects.create(
        project=project,
        number=1,
        fund=project.programme.fund,
        level=stated.level,
        year=stated.year,
        batch=stated.batch,
        approved_cents=stated.cents,
    )
    enter_totals(source, at=at)
    for handed in sheet.allocations:
        _allocation(source, handed, by, at)


def _allocation(source: FundSource, handed: StatedAllocation, by: Actor, at: datetime) -> None:
    # Money said to be handed down with no level named has left its source; anything finer is not stated.
    leaves = handed.from_level in (None, source.level)
    case = source.project.case
    allocation = Allocation.objects.create(
        source=source,
        key=f"{case.number}-A{source.allocations.count() + 1}",
        order_number=handed.order_number,
        from_level=handed.from_level or "",
        to_level=handed.to_level or "",
        payer=handed.payer.zh,
        payee=handed.payee.zh,
        amount_cents=handed.cents,
        on=handed.on,
        leaves_source=leaves,
        entered="stated",
        reference=handed.ref,
        actor=by.actor_word,
        at=at,
    )
    content: dict[str, object] = {
        "key": allocation.key,
        "amount": handed.cents,
        "entered": "stated",
        "ref": handed.ref,
    }
    append(region=case.region_id, kind="projects.allocation", row_key=allocation.key, content=content, at=at)
    if leaves:
        change_totals(source, at=at, allocated=handed.cents)


def _statements(project: Project, sheet: StatedSheet, at: datetime) -> None:
    rows = [
        Statement(layer="project", kind="opinion", point=f"opinion_{said.level}", level=said.level, on=said.on,
                  text=_both(said), reference=said.ref)
        for said in sheet.opinions
    ]  # fmt: skip
    rows += [
        Statement(layer=claim.layer, kind="claim", point=claim.point, text=_both(claim), reference=claim.ref,
                  claimed_points=claim.points, of_points=claim.of, share_percent=claim.share_percent,
                  amount_cents=claim.cents, grade=claim.grade)
        for claim in sheet.claims
    ]  # fmt: skip
    rows += [
        Statement(layer=said.layer, kind=said.kind, point=said.point, text=_both(said), reference=said.ref)
        for said in sheet.statements
    ]
    for number, row in enumerate(rows, start=1):
        row.project, row.number = project, number
    Statement.objects.bulk_create(rows)
    for row in rows:
        content: dict[str, object] = {
            "case": project.case.number, "number": row.number, "point": row.point, "ref": row.reference,
            "points": row.claimed_points, "of": row.of_points, "amount": row.amount_cents,
        }  # fmt: skip
        key = f"{project.case.number}/{row.number}"
        append(region=sheet.region, kind="projects.statement", row_key=key, content=content, at=at)


def _both(said: StatedOpinion | Claim | Remark) -> dict[str, str]:
    return {"zh": said.text.zh, "en": said.text.en}
