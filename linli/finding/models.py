"""The search index: which row of which room carries which terms."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from linli.finding.terms import EDGE, Phrase, Question, kind_term, question, region_term

DATA_CLASSES_KNOWN = ("P0", "P1", "P2", "P3", "P4")
# Candidates are capped: reading all hits of a very common word costs half a second.
MOST = 500


def _fts_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.terms)}"{"*" if phrase.is_open else ""}'


def _ts_phrase(phrase: Phrase) -> str:
    terms = [f"'{term}'" for term in phrase.terms]
    if phrase.is_open:
        terms[-1] += ":*"
    return "(" + " <-> ".join(terms) + ")"


def fts_words(asked: Question) -> str:
    """The question in the language of FTS5 (SQLite). Terms hold letters and digits only, so nothing to escape."""
    return " AND ".join("(" + " OR ".join(map(_fts_phrase, clause)) + ")" for clause in asked.clauses)


def ts_words(asked: Question) -> str:
    """The question in the language of tsquery (PostgreSQL)."""
    return " & ".join("(" + " | ".join(map(_ts_phrase, clause)) + ")" for clause in asked.clauses)


class TermsField(models.TextField[list[str], list[str]]):
    """Terms in order: words of a full-text table on SQLite, a tsvector with positions on PostgreSQL.

    The vector is written as a literal, so no text parser of the server, and no locale, touches our terms.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if connection.vendor == "postgresql":
            return " ".join(f"'{term}':{place}" for place, term in enumerate(value, start=1))
        return " ".join(value)


@TermsField.register_lookup
class Answers(models.Lookup[Any]):
    """``terms__answers=question``: the same question to either engine."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, fts_words(self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, ts_words(self.rhs)]


class IndexedQuerySet(models.QuerySet["Indexed"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_classes(self, *data_classes: str) -> Self:
        return self.filter(data_class__in=data_classes)

    def matching(self, text: str, *, kind: str = "", inside: str = "", limit: int = MOST) -> Self:
        """Rows that answer what somebody typed: the ``limit`` newest, one statement, usable as a subquery.

        ``kind`` and ``inside`` (12-digit region code) narrow before the cap is applied. An empty text, or one that
        holds nothing to look for, finds nothing.
        """
        must = [*([kind_term(kind)] if kind else []), *([region_term(inside)] if inside else [])]
        asked = question(text, must=must)
        if not asked:
            return self.none()
        found = Terms.objects.filter(terms__answers=asked).order_by("-rowid").values("rowid")[:limit]
        return self.filter(pk__in=found)


IndexedManager = models.Manager.from_queryset(IndexedQuerySet)


class Indexed(models.Model):
    """One row of some room that can be found. ``key`` is that row's key as a word, ``number`` the same as a number."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    number = models.BigIntegerField(null=True)
    region = models.CharField(max_length=12)
    data_class = models.CharField(max_length=2)
    put_at = models.DateTimeField()
    put_by = models.CharField(max_length=80)

    objects = IndexedManager()

    DATA_CLASSES = {"kind": "P0", "key": "P0", "region": "P0", "data_class": "P0", "put_by": "P1"}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="a_row_is_indexed_once"),
            models.CheckConstraint(
                condition=models.Q(data_class__in=DATA_CLASSES_KNOWN),
                name="an_indexed_row_has_a_known_data_class",
            ),
            models.CheckConstraint(
                condition=Exact(Length("region"), 12), name="an_indexed_row_lies_in_a_region"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Terms(models.Model):
    """The terms of one indexed row (same number). Its table is made by hand in the migration, per engine."""

    rowid = models.BigIntegerField(primary_key=True)
    terms = TermsField()

    objects = models.Manager["Terms"]()

    DATA_CLASSES = {"terms": "P3"}

    class Meta:
        managed = False
        db_table = "finding_terms"

    def __str__(self) -> str:
        return f"{EDGE}{self.rowid}"
