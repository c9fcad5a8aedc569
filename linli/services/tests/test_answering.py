"""Every kind of question reads its own answers; a file answers by the paper handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.ground.packs import sheet_paths
from linli.ground.sheets import Both, load_file
from linli.people.actors import SETUP
from linli.people.entering import enter_person
from linli.services import declared
from linli.services.answering import read_answers
from linli.services.declared import Group, Question
from tests.cast import BEGIN


@pytest.fixture
def sheet():
    shipped = load_file(sheet_paths(declared.KIND)["library_card"], declared.SCHEMA)
    asked = Question("day", Both("日期"), "date", "P1", "测试")
    questions = (
        asked,
        replace(asked, code="who", kind="person"),
        replace(asked, code="identity", kind="file"),
    )
    return replace(shipped, groups=(Group("all", Both("全部"), questions),))


@pytest.mark.django_db
def test_days_persons_and_files_are_read(sheet):
    person = enter_person(name="王桂兰", community=None, by=SETUP, at=BEGIN)
    read = read_answers(sheet, {"day": "2026-03-02", "who": person.key}, {"identity"})
    assert read.values == {"day": "2026-03-02", "who": person.key, "identity": "identity"} and not read.faults


@pytest.mark.django_db
def test_what_is_no_day_no_person_and_no_paper_is_named(sheet):
    read = read_answers(sheet, {"day": "2026-02-30", "who": "NOBODY"})
    assert [(fault.code, fault.field) for fault in read.faults] == [
        ("services.answer_date", "day"),
        ("services.answer_person", "who"),
        ("services.answer_missing", "identity"),
    ]
