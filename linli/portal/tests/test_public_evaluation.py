"""What everybody may see of an evaluation: proven and claimed points, gaps in words, numbers without their rows."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.evaluation.models import Reading
from linli.evaluation.tests.judging import AT
from linli.projects.gates import publish_gate
from linli.projects.models import Project
from linli.reports.tests.conftest import own_evaluation
from tests.cast import HELIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(village, published, settings):
    settings.LINLI_FROZEN_DAY = "2027-03-02"
    made = own_evaluation(village)

    project = Project.objects.get(case__number=made.project)
    publish_gate(gate=project.gates.get(kind="approval"), by=village.actor("sun"), at=AT)
    return made


def _page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_sees_points_gaps_in_words_and_amounts_in_yuan(evaluation):
    base = f"/c/{HELIN}/projects/{evaluation.project}/evaluations/{evaluation.key}/"
    page = _page(base)
    assert "有据得分" in page
    assert "没有读数" in page
    assert "missing" not in page
    reading = Reading.objects.get(word="projects.execution_rate")
    behind = _page(f"{base}readings/{reading.key}/")
    assert "60,000.00 元" in behind
    assert "20,500.50 元" in behind
    assert "网上不公开" in behind


def test_public_rows_are_listed_with_their_pages(evaluation):
    base = f"/c/{HELIN}/projects/{evaluation.project}/evaluations/{evaluation.key}/"
    reading = Reading.objects.get(word="disclosure.on_time")
    assert f"/c/{HELIN}/disclosure/" in _page(f"{base}readings/{reading.key}/").split("<main")[1]


def test_a_reading_of_another_evaluation_is_not_found(evaluation):
    base = f"/c/{HELIN}/projects/{evaluation.project}/evaluations/{evaluation.key}/"
    assert Client().get(f"{base}readings/000000000000/").status_code == 404
