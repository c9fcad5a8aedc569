"""Many communities out of one: rows are copied in bulk by the database itself, with new keys, places, numbers and days.

A copy ``k`` of ``n`` gives row ``id`` the key ``base + id * n + k``, so that the rows of all copies lie mixed as they
would had they come in side by side. The chains of the ledger are copied for their size only and do not verify.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from linli.finding.terms import EDGE
from linli.places.models import CommunityProfile, Region
from tests.cast import HELIN, MINGHE, QINGXI

PLACES = ("places.Grid", "places.Building", "places.Facility")
PEOPLE = ("people.Person",)
CASEWORK = (
    "cases.Case", "cases.Passage", "cases.Opinion", "cases.Hold", "cases.Hand", "cases.CasePaper", "cases.Rating",
    "services.Application", "services.Supplement", "services.Visit", "services.Grant", "services.Payment",
    "services.LibraryCard", "grievances.Grievance", "grievances.Revisit", "disclosure.Publication",
    "notices.Notice", "notices.Delivery", "trail.AuditEntry", "finding.Indexed",
)  # fmt: skip
# Kinds of the search index and the rows that their keys number.
INDEXED = {
    "cases.case": "cases.Case",
    "people.person": "people.Person",
    "disclosure.publication": "disclosure.Publication",
}
# Columns that hold a region's code without being a key to it.
COORDINATES = {"hold_place", "place", "to_place", "region"}
ACTORS = {"actor", "filed_by", "assisted_by", "left_by", "put_by", "issued_by"}
OWN_WORDS = {"number", "key", "source", "row_key", "link"}
FAR = "9999-12-31"


@dataclass(frozen=True)
class Copy:
    """One copy: its turn among all, the first turn of its community (whose buildings it shares), its community, by how
    many days it lies earlier.
    """

    k: int
    home: int
    place: str
    days: int

    @property
    def street(self) -> str:
        return MINGHE if self.place == HELIN else self.place[:9] + "000"

    @property
    def district(self) -> str:
        return QINGXI if self.place == HELIN else self.place[:6] + "000000"


def communities(count: int) -> list[str]:
    """Codes of further communities: ten to a street, ten streets to a district."""
    return [f"9901{2 + at // 100:02d}{at // 10 % 10 + 1:03d}{at % 10 + 1:03d}" for at in range(count)]


@dataclass
class Growth:
    """Copies of the seed into one database. ``n`` is more than the number of all copies."""

    copies: list[Copy]
    n: int
    staff: list[str]
    base: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Enter the regions, then copy: people and places only where the community is another one."""
        _enter({copy.place for copy in self.copies} - {HELIN})
        for name in (*PLACES, *PEOPLE, *CASEWORK):
            model = apps.get_model(name)
            self.base[name] = model._default_manager.aggregate(most=models.Max("pk"))["most"] or 0
        ledger = apps.get_model("trail.LedgerEntry")
        with connection.cursor() as cursor:
            self._lay_copies(cursor)
            for name in PLACES:
                self._copy(cursor, apps.get_model(name), " AND c.k = c.home AND c.place <> %s", [HELIN])
            for name in (*PEOPLE, *CASEWORK):
                self._copy(cursor, apps.get_model(name))
            self._copy_terms(cursor)
            self._copy_ledger(cursor, ledger)
            cursor.execute("DROP TABLE bench_copies")
            self._tidy(cursor)

    def _lay_copies(self, cursor: Any) -> None:
        cursor.execute(
            "CREATE TABLE bench_copies (k bigint PRIMARY KEY, home bigint, place varchar(12),"
            " street varchar(12), district varchar(12), days integer)"
        )
        rows = [(one.k, one.home, one.place, one.street, one.district, one.days) for one in self.copies]
        cursor.executemany("INSERT INTO bench_copies VALUES (%s, %s, %s, %s, %s, %s)", rows)

    def _copy(
        self, cursor: Any, model: type[models.Model], more: str = "", given: Iterable[str] = ()
    ) -> None:
        meta = model._meta
        fields = meta.concrete_fields
        columns = ", ".join(f'"{one.column}"' for one in fields)
        values = ", ".join(self._value(one, meta.label) for one in fields)
        key = f's."{meta.pk.column}"'
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({columns}) SELECT {values} FROM "{meta.db_table}" s, bench_copies c'
            f" WHERE {key} <= {self.base[meta.label]}{more}",
            list(given),
        )

    def _value(self, one: Any, label: str) -> str:
        column = f's."{one.column}"'
        if one.primary_key and not one.is_relation:
            return self._moved(column, label)
        if one.is_relation:
            return self._related(column, _root(one.related_model)._meta.label)
        if label == "finding.Indexed" and one.name in ("key", "number"):
            return self._indexed(one.name)
        if isinstance(one, models.DateField):
            return self._shifted(column, is_moment=isinstance(one, models.DateTimeField))
        return self._word(column, one) if isinstance(one, models.CharField) else column

    def _word(self, column: str, one: Any) -> str:
        if one.name in COORDINATES:
            return _placed(column)
        if one.name in ACTORS:
            staff = ", ".join(f"'{word}'" for word in self.staff)
            return f"CASE WHEN c.place = '{HELIN}' AND {column} IN ({staff}) THEN {column} ELSE {column} || '-' || c.k END"
        if one.name in OWN_WORDS and one.unique:
            return f"substr({column}, 1, {one.max_length - 5}) || '-' || c.k"
        if one.name in OWN_WORDS:
            return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || c.k END"
        return column

    def _moved(self, column: str, label: str) -> str:
        turn = "c.home" if label in PLACES else "c.k"
        return f"({self.base[label]} + {column} * {self.n} + {turn})"

    def _related(self, column: str, label: str) -> str:
        if label == "places.Region":
            return _placed(column)
        if label not in self.base:
            return column
        moved = self._moved(column, label)
        return f"CASE WHEN c.place = '{HELIN}' THEN {column} ELSE {moved} END" if label in PLACES else moved

    def _indexed(self, name: str) -> str:
        moves = " ".join(
            f"WHEN '{kind}' THEN {self._moved('s.number', label)}" for kind, label in INDEXED.items()
        )
        moved = f"CASE s.kind {moves} END"
        if name == "number":
            return moved
        return f"coalesce(CAST({moved} AS varchar(80)), s.\"key\" || '-' || c.k)"

    def _shifted(self, column: str, *, is_moment: bool) -> str:
        if connection.vendor == "sqlite":
            call = "datetime" if is_moment else "date"
            moved = f"{call}({column}, '-' || c.days || ' day')"
        else:
            kind = "timestamptz" if is_moment else "date"
            moved = f"({column} - c.days * interval '1 day')::{kind}"
        return moved if is_moment else f"CASE WHEN {column} = '{FAR}' THEN {column} ELSE {moved} END"

    def _copy_terms(self, cursor: Any) -> None:
        """Terms with their region marks changed; the rest of a text stays."""
        is_sqlite = connection.vendor == "sqlite"
        moved, before, after = ("s.terms", "", " ") if is_sqlite else ("s.terms::text", "'", "'")
        given: list[str] = []
        for length, part in ((12, "place"), (9, "street"), (6, "district")):
            moved = f"replace({moved}, %s, %s || substr(c.{part}, 1, {length}) || %s)"
            given += [f"{before}{EDGE}r{HELIN[:length]}{after}", f"{before}{EDGE}r", after]
        moved = moved if is_sqlite else f"({moved})::tsvector"
        cursor.execute(
            f"INSERT INTO finding_terms (rowid, terms) SELECT {self._moved('s.rowid', 'finding.Indexed')}, {moved}"
            f" FROM finding_terms s, bench_copies c WHERE s.rowid <= {self.base['finding.Indexed']}",
            given,
        )

    def _copy_ledger(self, cursor: Any, model: type[models.Model]) -> None:
        most = model._default_manager.aggregate(most=models.Max("pk"))["most"] or 0
        cursor.execute(
            "INSERT INTO trail_ledgerentry (region, sequence, at, kind, row_key, digest, previous, hash, algorithm)"
            f" SELECT {_placed('region')}, sequence + (c.k + 1) * 1000000, at, kind, replace(row_key, '#', '-' || c.k || '#'),"
            f" digest, previous, hash, algorithm FROM trail_ledgerentry, bench_copies c WHERE id <= {most}"
        )

    def _tidy(self, cursor: Any) -> None:
        """New rows follow behind the copies; the server's statistics are taken as its own clock would."""
        if connection.vendor == "sqlite":
            return
        for name in (*PLACES, *PEOPLE, *CASEWORK, "trail.LedgerEntry"):
            meta = apps.get_model(name)._meta
            if isinstance(meta.pk, models.AutoField):
                table, column = meta.db_table, meta.pk.column
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT max({column}) FROM {table}))"
                )
        cursor.execute("ANALYZE")


def _root(model: Any) -> Any:
    """The model whose own key it is: rows that share their case's key are found under the case."""
    while model._meta.pk.is_relation:
        model = model._meta.pk.related_model
    return model


def _placed(column: str) -> str:
    """A region's code in the copy's own part of the tree."""
    pairs: Mapping[str, str] = {HELIN: "c.place", MINGHE: "c.street", QINGXI: "c.district"}
    cases = " ".join(f"WHEN '{code}' THEN {value}" for code, value in pairs.items())
    return f"CASE {column} {cases} ELSE {column} END"


def _enter(codes: set[str]) -> None:
    """The regions of the copies, from district to community."""
    levels = {
        **{code[:6] + "000000": ("district", "区") for code in codes},
        **{code[:9] + "000": ("street", "街道") for code in codes},
        **{code: ("community", "社区") for code in codes},
    }
    rows = [
        Region(
            code=code, name=f"第{code[4:].rstrip('0')}{name}", level=level, stands="reserved", is_sample=True
        )
        for code, (level, name) in sorted(levels.items())
    ]
    Region.objects.bulk_create(rows, ignore_conflicts=True)
    CommunityProfile.objects.bulk_create(
        [
            CommunityProfile(region_id=code, number_letters="LL", households=1000, residents=3000)
            for code in sorted(codes)
        ],
        ignore_conflicts=True,
    )
