"""The small sample, loaded once for a module's tests; loaded a first time and undone, to compare both."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import override_settings

from linli.cases import declared as procedures
from linli.cases.models import Case, Passage
from linli.disclosure import declared as disclosure
from linli.disclosure.models import Publication
from linli.evaluation import declared as frames
from linli.evaluation.models import Reading, Score
from linli.grievances import declared as classes
from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.people.actors import SETUP
from linli.projects import declared as funds
from linli.rulebook.declared import publish_rules, seed_calendar
from linli.rulebook.parsing import forget
from linli.rulebook.publishing import publish
from linli.sample import loading
from linli.services import declared as items
from tests.cast import BEGIN

KINDS = (procedures, disclosure, items, classes, funds, frames)


class _Undo(Exception):
    """Leaves a transaction without keeping it."""


@dataclass(frozen=True)
class Portrait:
    """What must be the same each time: public numbers, counts, measured values, points."""

    numbers: tuple[tuple[str, str, str], ...]
    passages: int
    publications: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    points: tuple[tuple[int, int, int], ...]


def portrait() -> Portrait:
    return Portrait(
        tuple(Case.objects.order_by("number").values_list("number", "step", "subject")),
        Passage.objects.count(),
        tuple(Publication.objects.order_by("number").values_list("number", flat=True)),
        tuple(
            (word, str(value)) for word, value in Reading.objects.order_by("id").values_list("word", "value")
        ),
        tuple(Score.objects.order_by("id").values_list("proven", "claimed", "without_evidence")),
    )


@dataclass(frozen=True)
class Sample:
    """The first load's portrait and the second load, which is in the database."""

    first: Portrait
    loaded: loading.Loaded


def publish_sheets() -> None:
    """Every sheet that the sample uses, published as editions."""
    publish_rules(by=SETUP, at=BEGIN)
    seed_calendar(by=SETUP, at=BEGIN)
    for kind in KINDS:
        for code, path in sheet_paths(kind.KIND).items():
            sheet = load_file(path, kind.SCHEMA)
            title, (valid_from, valid_to) = kind.title(sheet), kind.validity(sheet)
            publish(
                kind=kind.KIND, code=code, body=plain(sheet), title={"zh": title.zh, "en": title.en},
                valid_from=valid_from, valid_to=valid_to, by=SETUP, at=BEGIN,
            )  # fmt: skip


def _first() -> Portrait:
    try:
        with transaction.atomic():
            loading.load(small=True)
            seen = portrait()
            raise _Undo
    except _Undo:
        return seen


@pytest.fixture(scope="module")
def _sample(django_db_setup, django_db_blocker, tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    place = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": home}}
    }
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with django_db_blocker.unblock(), override_settings(HOME=home, STORAGES=place | static):
        try:
            with transaction.atomic():
                forget()
                publish_sheets()
                first = _first()
                yield Sample(first, loading.load(small=True))
                raise _Undo
        except _Undo:
            forget()


@pytest.fixture
def sample(_sample: Sample, db) -> Sample:
    return _sample
