"""Filling the search index again: whole, by batches, gone on with after a break, asked for where it is needed."""

from __future__ import annotations

import json

import pytest

from linli.command import reindex
from linli.command.console import main
from linli.finding.models import Indexed, Terms
from linli.finding.searching import matching_keys
from linli.notices.clock import mark_done
from linli.people.models import Person
from linli.trail.models import AuditEntry
from tests.cast import BEGIN, HELIN

pytestmark = pytest.mark.django_db


def forget(kind):
    """A database filled before there was an index."""
    rows = Indexed.objects.of_kind(kind)
    Terms.objects.filter(rowid__in=rows.values("pk")).delete()
    rows.delete()


def names(text):
    found = Person.objects.filter(pk__in=matching_keys("people.person", text, inside=HELIN))
    return set(found.values_list("name", flat=True))


def run(capsys, *arguments):
    code = main(["reindex", *arguments, "--as", "limin", "--json"])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_what_was_not_in_the_index_is_found_again(village, capsys):
    forget("people.person")
    assert names("王桂兰") == set()
    code, out, _ = run(capsys, "--kind", "people.person")
    assert code == 0 and json.loads(out) == {"people.person": Person.objects.count()}
    assert names("王桂兰") == names("wgl") == {"王桂兰"}
    assert len(names("安和苑3号楼")) > 5, "by address"
    assert AuditEntry.objects.filter(verb="finding.reindex").count() == 1


def test_it_goes_on_where_it_was_broken_off(village, capsys, monkeypatch):
    forget("people.person")
    monkeypatch.setattr(reindex, "BATCH", 4)
    keys = sorted(Person.objects.values_list("pk", flat=True))
    mark_done("linli.finding.reindex:people.person", BEGIN, f"2 {keys[7]}")
    _, out, err = run(capsys, "--kind", "people.person")
    assert json.loads(out) == {"people.person": len(keys) - 8}
    assert str(keys[7]) in err and err.count("\n") > 3, "says where it goes on, and every batch"
    _, out, _ = run(capsys, "--kind", "people.person")
    assert json.loads(out) == {"people.person": len(keys)}, "whole: from the beginning"


def test_prepare_is_told_when_it_is_needed(village, capsys):
    assert "people.person" in reindex.waiting() and "cases.case" not in reindex.waiting()
    run(capsys)
    assert reindex.waiting() == []
    mark_done("linli.finding.reindex:people.person", BEGIN, "1 ")
    assert reindex.waiting() == ["people.person"], "filled under an older version"


def test_a_database_that_was_empty_needs_none(db, village, capsys):
    Person.objects.filter(pk__lt=0).delete()
    assert "services.application" not in reindex.waiting(), (
        "no application yet; from now on the acts put them in"
    )


def test_an_unknown_kind_or_no_account_is_refused_in_a_sentence(village, capsys):
    code, _, err = run(capsys, "--kind", "people.dog")
    assert code == 2 and "people.dog" in err
    assert main(["reindex"]) == 2
