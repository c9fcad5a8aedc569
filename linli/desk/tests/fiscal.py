"""Projects at every point of their way, for the tests of the fiscal pages; every state is reached by the acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from linli.cases import declared as cases
from linli.disclosure import declared as disclosure
from linli.evaluation import declared as frames
from linli.evaluation import evaluating, scores
from linli.evaluation.models import Evaluation
from linli.evaluation.readings import Asked, Proof, attest
from linli.evaluation.taking import Span
from linli.grievances import declared as grievances
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.people.entering import appoint, enter_organisation, enter_person
from linli.people.signing import open_account, post_actor
from linli.places.models import Region
from linli.projects import declared as projects
from linli.projects.applying import apply
from linli.projects.models import Programme, Project
from linli.projects.stated import enter_stated
from linli.projects.stating import stated_sheet
from linli.projects.tests.story import Story, announced, application, document, moment
from linli.reports import declared as outlines
from linli.rulebook.declared import publish_rules, seed_calendar
from linli.rulebook.parsing import forget
from linli.rulebook.publishing import edition, publish
from linli.services import declared as services
from tests import cast

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
NOW = cast.BEGIN + timedelta(days=60)
DONGCHUAN = "530113000000"


def sent(client: Client, address: str, **typed: object):
    """A form drawn and posted with what was typed into it."""
    drawn = client.get(address)
    assert drawn.status_code == 200, address
    form = drawn.context["form"]
    given: dict[str, object] = {
        bound.html_name: bound.value()
        for bound in form
        if bound.value() not in (None, "") and not bound.field.disabled
    }
    given = {name: str(value) if not isinstance(value, list) else value for name, value in given.items()}
    return client.post(address, given | typed)


def evaluated(story: Story, *, login: str = "qu", kind: str = "self") -> Evaluation:
    """A project's evaluation: measured, one value with its paper, scored and handed in."""
    by = story.village.actor(login)
    terms = evaluating.Terms(
        project=story.project.case.number, region=cast.HELIN, frame=edition("frames", "self", NOW.date()), span=YEAR,
        kind=kind, evaluator="清溪区民政局", due_on=NOW.date(),
    )  # fmt: skip
    made = evaluating.open_evaluation(terms=terms, by=by, at=NOW)
    evaluating.take_readings(evaluation=made, by=by, at=NOW)
    asked = Asked("projects.outputs_delivered", cast.HELIN, YEAR, "%")
    proof = Proof(document(story.village, "acceptance_report"), "验收报告", YEAR)
    reading = attest(asked=asked, value=Decimal(100), proofs=[proof], by=by, at=NOW)
    evaluating.use(evaluation=made, indicator="output-quantity", reading=reading, by=by, at=NOW)
    evaluating.claim(evaluation=made, points=10000, source="自评报告", by=by, at=NOW)
    scores.score(evaluation=made, by=by, at=NOW)
    scores.submit(evaluation=made, by=by, at=NOW)
    return made


def stated_project():
    """The past project as its report states it, and the officer of its district signed in."""
    project = enter_stated(sheet=stated_sheet("tongyuan_2020"), by=SETUP, at=NOW)
    who: dict[str, Any] = {"by": SETUP, "at": cast.BEGIN}
    region = Region.objects.get(code=DONGCHUAN)
    body = enter_organisation(
        key="dongchuan", name="东川区民政局", kind="civil_affairs", region=region, **who
    )
    person = enter_person(
        name="董民政", community=project.case.region, phone="13900009999", birth_year=1980, address="", **who
    )
    account = open_account(
        person=person, login="dong", password=cast.PASSWORD, phone="13900009999", is_sample=True, **who
    )
    post_actor(
        account,
        appoint(
            person=person,
            organisation=body,
            post="district_civil",
            place=region,
            valid_from=cast.SINCE,
            **who,
        ),
    )
    client = Client()
    client.force_login(account)
    return project, client


@dataclass
class World:
    """A village with projects at five points of their way, and browsers for its people."""

    village: cast.Village
    applied: Story
    approved: Story
    carried: Story
    evaluation: Evaluation
    stated: Project
    district: Client

    def browser(self, login: str) -> Client:
        """A signed-in browser."""
        client = Client()
        client.force_login(self.village.accounts[login])
        return client

    def url(self, story: Story, rest: str = "") -> str:
        return f"/desk/projects/{story.project.case.number}/{rest}"


ROOMS = (cases, disclosure, services, grievances, projects, frames, outlines)


def publish_sheets() -> None:
    """Every sheet that the pages of public money need."""
    publish_rules(by=SETUP, at=cast.BEGIN)
    seed_calendar(by=SETUP, at=cast.BEGIN)
    for room in ROOMS:
        for code, path in sheet_paths(room.KIND).items():
            sheet = load_file(path, room.SCHEMA)
            begin, end = room.validity(sheet)
            title = room.title(sheet)
            publish(kind=room.KIND, code=code, body=plain(sheet), title={"zh": title.zh, "en": title.en},
                    valid_from=begin, valid_to=end, by=SETUP, at=cast.BEGIN)  # fmt: skip


def build() -> World:
    """Everything, by acts."""
    publish_sheets()
    village = cast.settle()
    programme = announced(village, quota=9)
    names = ("议事厅项目", "老年食堂项目", "儿童之家项目")
    applied, approved, carried = (_applied(village, programme, name) for name in names)
    approved.approved()
    carried.received()
    carried.spent(invoice_number="INV-0001", payee="李木匠")
    stated, district = stated_project()
    return World(village, applied, approved, carried, evaluated(carried), stated, district)


def _applied(village: cast.Village, programme: Programme, name: str) -> Story:
    papers = [("deliberation_minutes", document(village))]
    asked, by = application(village, name=name), village.actor("sun")
    story = Story(
        village,
        programme,
        apply(programme=programme, application=asked, papers=papers, by=by, at=moment(1, 9)),
    )
    story.again()
    return story


class _Undo(Exception):
    """Leaves the world's transaction without keeping it."""


@pytest.fixture(scope="module", name="built")
def built_once(django_db_setup, django_db_blocker):
    """The world, built once for a module and undone after it; each test runs on top."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build()
                raise _Undo
        except _Undo:
            forget()


@pytest.fixture(name="world")
def world_of_today(built: World, db, settings) -> World:
    settings.LINLI_FROZEN_DAY = NOW.date().isoformat()
    for story in (built.applied, built.approved, built.carried):
        story.again()
    return built
