"""Every measure of the catalogue, over work done by acts in every room: its evidence gives its value everywhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.cases.handling import rate
from linli.disclosure.objecting import answer_objection, object_to
from linli.disclosure.publishing import Span as Days
from linli.disclosure.publishing import correct, take_down
from linli.disclosure.showing import Showing
from linli.disclosure.tests.test_publishing import AID, shown
from linli.evaluation.catalogue import CATALOGUE, by_word
from linli.evaluation.evidencing import evidence_rows, rows_behind
from linli.evaluation.readings import take_unstored
from linli.evaluation.recounting import recount
from linli.evaluation.taking import NATION, PREFIXES, Span, counting_of, take_level
from linli.grievances import declared as classes
from linli.grievances.answering import reply, revisit
from linli.grievances.intake import Filed, dispatch, file_grievance
from linli.grievances.tests.test_handling import told
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.projects import declared as funds
from linli.projects.gates import publish_gate
from linli.projects.tests import story as telling
from linli.rulebook.publishing import publish
from linli.services.decision import accept, refuse
from linli.services.proofs import refuse_proof
from linli.services.supplementing import ask_supplement, supply
from linli.services.tests.counter import APPLICATION, EVENT, publish_sheets, relief
from linli.services.tests.test_relief import SEEN, granted, paying
from linli.services.visiting import visit
from tests.cast import BEGIN, settle

DAY = timedelta(days=1)
YEAR = Span(date(2025, 1, 1), date(2026, 12, 31))


def serve(village) -> None:
    """One granted and rated, one refused late, one told what is missing; and a proof that may not be asked for."""
    limin, zhao = village.actor("limin"), village.resident("zhao")
    paid = granted(village)
    paying(village, paid)()
    rate(case=paid.case, stars=4, by=village.resident("wang"), at=BEGIN + 4 * DAY)
    late = accept(application=relief(village, who="mu"), by=limin, at=BEGIN)
    visit(application=late, seen=SEEN, by=village.actor("yang"), at=BEGIN + DAY)
    refuse(application=late, reason="不符合", by=village.actor("zha"), at=BEGIN + 30 * DAY)
    incomplete = relief(village, who="zhao", papers=[APPLICATION])
    ask_supplement(application=incomplete, missing=["event_proof"], by=limin, at=BEGIN)
    supply(application=incomplete, papers=[EVENT], by=zhao, at=BEGIN)
    refuse_proof(item="community_proof", kind="birth", region=village.helin, by=limin, at=BEGIN)


def hear(village) -> None:
    """A grievance resolved, one not, one still open."""
    limin = village.actor("limin")
    for number, resolved in enumerate((True, False, None)):
        filed = Filed(village.helin, village.person("wang"), "portal")
        at = BEGIN + number * DAY
        grievance = file_grievance(told=told(), filed=filed, by=village.resident("wang"), at=at)
        if resolved is None:
            continue
        dispatch(grievance=grievance, by=limin, at=at)
        reply(grievance=grievance, text="已补好防水层。", by=village.actor("ma"), at=at + DAY)
        revisit(
            grievance=grievance, was_reached=True, channel="phone", is_resolved=resolved, is_satisfied=resolved,
            by=limin, at=at + 2 * DAY,
        )  # fmt: skip


def spend(village) -> None:
    """A project that received two thirds of its money and spent some of it, with and without a voucher file."""
    story = telling.begin(village)
    story.received(4_000_000)
    story.spent(paper=telling.document(village, "voucher"))
    story.spent(number="记-002", cents=200_000)
    gate = story.project.gates.get(kind="approval")
    publish_gate(gate=gate, by=village.actor("sun"), at=telling.moment(1, 22))


def show(village) -> None:
    """Publications in time and late, one corrected, one taken down; objections answered and not."""
    zha, sun = village.actor("zha"), village.actor("sun")
    first, second = shown(village), shown(village, span=Days(event_on=date(2025, 12, 1)))
    correct(publication=first, showing=Showing(title="更正", facts=AID), why="写错", by=zha, at=BEGIN)
    take_down(publication=second, ground="privacy", reason="请求", by=sun, at=BEGIN + DAY)
    third = shown(village)
    prompt = object_to(publication=third, text="有异议", channel="portal", by=village.actor("chen"), at=BEGIN)
    object_to(publication=third, text="也有异议", channel="portal", by=village.actor("mu"), at=BEGIN)
    answer_objection(objection=prompt, outcome="upheld", text="属实", by=zha, at=BEGIN + DAY)


def publish_needed() -> None:
    """Publish the sheets of every room that works here."""
    publish_sheets()
    for kind in (classes, funds):
        for code, path in sheet_paths(kind.KIND).items():
            sheet: Any = load_file(path, kind.SCHEMA)
            publish(
                kind=kind.KIND, code=code, body=plain(sheet), title={"zh": code}, valid_from=kind.validity(sheet)[0],
                by=SETUP, at=BEGIN,
            )  # fmt: skip


class _Undo(Exception):
    """Leaves the year's transaction without keeping it."""


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory):
    """A year of work in every room, done once for this module."""
    from django.conf import settings

    storages: Any = settings.STORAGES
    options = storages["default"]["OPTIONS"]
    before, options["location"] = options["location"], tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                publish_needed()
                village = settle()
                for room in (serve, hear, spend, show):
                    room(village)
                yield village
                raise _Undo
        except _Undo:
            pass
    options["location"] = before


@pytest.fixture
def year(lived, db):
    return lived


MEASURES = pytest.mark.parametrize("measure", CATALOGUE.values(), ids=list(CATALOGUE))


@MEASURES
def test_recounting_its_evidence_gives_its_value_at_every_level(year, measure):
    for level in PREFIXES:
        found = take_level(measure, span=YEAR, level=level)
        assert found, f"{measure.word}: nothing was counted, so nothing is shown here"
        for code, counted in found.items():
            rows = evidence_rows(measure, span=YEAR, region=code)
            assert recount(counting_of(measure), rows, base=counted.base, per=measure.per) == counted
            assert take_unstored(measure, region=code, span=YEAR)[0] == counted


@MEASURES
def test_a_level_takes_one_query(year, measure, django_assert_num_queries):
    for level in ("community", "province"):
        with django_assert_num_queries(2 if measure.kind == "rate" else 1):
            take_level(measure, span=YEAR, level=level)


@MEASURES
def test_every_row_behind_it_has_a_ledger_entry_and_a_page(year, measure):
    rows = evidence_rows(measure, span=YEAR, region=NATION)
    assert rows
    assert [row.key for row in rows if row.sequence is None] == []
    first = rows_behind(measure, span=YEAR, region=NATION, actor=year.actor("sun"), limit=1)
    assert first.whole == len(rows)


@MEASURES
def test_it_says_what_it_is_in_both_languages_and_which_measure_guards_it(measure):
    assert measure.title.zh and measure.title.en and measure.definition.zh and measure.definition.en
    assert measure.unit and measure.source
    assert not measure.companion or measure.companion in CATALOGUE
    assert (counting_of(measure) in ("sum", "mean", "median", "distinct", "ratio")) == bool(measure.value)


def test_two_measures_of_one_name_are_refused():
    some = list(CATALOGUE.values())[:1]
    with pytest.raises(ValueError, match="two measures"):
        by_word(some, some)
