"""Measures of disclosure count what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.disclosure.measures import MEASURES
from linli.disclosure.objecting import answer_objection, object_to
from linli.disclosure.publishing import Span, correct, take_down
from linli.disclosure.showing import Showing
from linli.disclosure.tests.test_publishing import AID, shown, village
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
__all__ = ["village"]


def counted():
    found = {}
    for measure in MEASURES:
        rows = measure.population()
        part = rows.filter(measure.part).count() if measure.part is not None else rows.count()
        found[measure.word.split(".")[1]] = (part, rows.count())
        assert list(rows.values_list(measure.on, measure.at, measure.key)) is not None
    return found


def test_each_measure_counts_its_rows(village):
    zha, sun = village.actor("zha"), village.actor("sun")
    first, second = shown(village), shown(village, span=Span(event_on=date(2025, 12, 1)))
    correct(publication=first, showing=Showing(title="更正", facts=AID), why="写错", by=zha, at=BEGIN)
    take_down(publication=second, ground="privacy", reason="请求", by=sun, at=BEGIN + DAY)
    third = shown(village)
    prompt = object_to(publication=third, text="有异议", channel="portal", by=village.actor("chen"), at=BEGIN)
    object_to(publication=third, text="也有异议", channel="portal", by=village.actor("mu"), at=BEGIN)
    answer_objection(objection=prompt, outcome="upheld", text="属实", by=zha, at=BEGIN + DAY)
    assert counted() == {
        "published": (4, 4),
        "on_time": (2, 3),
        "full_time": (3, 4),
        "taken_down_early": (1, 1),
        "corrected": (1, 1),
        "objections": (2, 2),
        "objections_answered_on_time": (1, 2),
    }


def test_every_measure_is_fit_for_a_catalogue():
    words = {measure.word for measure in MEASURES}
    for measure in MEASURES:
        assert measure.definition.zh and measure.definition.en and measure.guard.zh and measure.source
        assert measure.companion in words
