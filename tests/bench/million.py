"""A million cases over a thousand communities against ten thousand over ten: lists, search, inbox, statistics.

``BENCH_PLACES`` sets how many communities the large database has (1,000 unless told; each has 1,000 cases), for
machines and hours that are too short for all of them; the line names the size it measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models.functions import TruncMonth
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cases.facts import count_month
from linli.cases.models import Case, Passage
from linli.people.actors import CLOCK
from tests.bench.line import Line, Times, timed
from tests.bench.stores import Stores

FEW_PLACES = 10
PLACES = int(os.environ.get("BENCH_PLACES", "1000"))
LIST, STATISTICS, GROWTH, LOOKS = 10, 15, 1.3, 3
FRAMING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
NOON = datetime(2026, 2, 13, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Opening:
    """A page as somebody opens it; ``typed`` is what they searched for before."""

    name: str
    most: int
    login: str
    url: str
    typed: str = ""


OPENINGS = (
    Opening("inbox, 50 rows", LIST, "limin", "/desk/"),
    Opening("inbox, filtered", LIST, "limin", "/desk/?kind=grievances.grievance&due=late"),
    Opening("list: all of the place", LIST, "limin", "/desk/?tab=all"),
    Opening("list: closed", LIST, "limin", "/desk/?tab=closed"),
    Opening("list: closed, by channel and days", LIST, "limin",
            "/desk/?tab=closed&channel=portal&since=2026-01-01&until=2026-01-31"),  # fmt: skip
    Opening("search by name", LIST, "limin", "/desk/search/", "王桂"),
    Opening("search by initials", LIST, "limin", "/desk/search/", "wgy"),
    Opening("search, cases alone", LIST, "limin", "/desk/search/?kind=cases", "楼道灯"),
    Opening("statistics by item", STATISTICS, "limin", "/desk/statistics/?by=subject"),
    Opening("statistics by month", STATISTICS, "limin", "/desk/statistics/?by=month"),
    Opening("statistics of the street by place", STATISTICS, "jie", "/desk/statistics/?by=place"),
    Opening("statistics of the province by item", STATISTICS, "sheng", "/desk/statistics/?by=subject"),
)  # fmt: skip


def count_facts() -> tuple[float, int]:
    """Count every month there is; the seconds it took and how many months."""
    found = Passage.objects.order_by().annotate(month=TruncMonth("on")).values_list("month", flat=True)
    months: list[date] = sorted(set(found.distinct()))
    took = timed(lambda: [count_month(month=month, by=CLOCK, at=NOON) for month in months])
    return took / 1000, len(months)


def measure(stores: Stores, sessions: Mapping[str, str], repeats: int) -> Iterator[Line]:
    """The facts of both databases, then every page on both, repeats interleaved."""
    sizes = {}
    for name in ("ten", "million"):
        stores.use(name)
        sizes[name] = Case.objects.count()
        seconds, months = count_facts()
        values = {"count_s": round(seconds, 2), "months": months, "cases": sizes[name]}
        yield Line("million", f"monthly facts, {sizes[name]:,} cases", values)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for opening in OPENINGS:
        yield _line(stores, opening, sessions, repeats, sizes)


def _line(
    stores: Stores, opening: Opening, sessions: Mapping[str, str], repeats: int, sizes: Mapping[str, int]
) -> Line:
    times: dict[str, list[float]] = {"ten": [], "million": []}
    queries = max(_queries(stores, name, opening, sessions) for name in times)
    for _ in range(LOOKS):
        for turn in range(repeats):
            for name in list(times) if turn % 2 else list(reversed(times)):
                stores.use(name)
                browser = _browser(opening, sessions)
                times[name].append(timed(lambda browser=browser: _opened(browser, opening)))  # type: ignore[misc]
        found = {name: Times(tuple(all_)) for name, all_ in times.items()}
        ratio = found["million"].median / found["ten"].median
        if ratio <= GROWTH:
            break  # where the machine was busy with others, a page is looked at again before it is blamed
    values = {
        "queries": queries, **found["ten"].named("at_10k"), **found["million"].named("at_large"), "ratio": round(ratio, 2),
        "openings": len(times["ten"]),
    }  # fmt: skip
    return Line("million", f"{opening.name}", values, {"queries": opening.most, "ratio": GROWTH}, "",
                f"{sizes['ten']:,} and {sizes['million']:,} cases")  # fmt: skip


def _browser(opening: Opening, sessions: Mapping[str, str]) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = sessions[opening.login]
    if opening.typed:
        browser.post("/desk/search/", {"q": opening.typed})
    return browser


def _opened(browser: Client, opening: Opening) -> Any:
    answer = browser.get(opening.url)
    if answer.status_code != 200:
        raise RuntimeError(f"{opening.name}: {answer.status_code}")
    return answer


def _queries(stores: Stores, name: str, opening: Opening, sessions: Mapping[str, str]) -> int:
    """Statements of the second opening that read or write rows; what a process reads once is read in the first."""
    stores.use(name)
    _opened(_browser(opening, sessions), opening)
    browser = _browser(opening, sessions)
    with CaptureQueriesContext(connection) as asked:
        _opened(browser, opening)
    return sum(not query["sql"].startswith(FRAMING) for query in asked.captured_queries)


def slowest(stores: Stores, opening_name: str, sessions: Mapping[str, str], most: int = 3) -> Iterator[str]:
    """For a page that grew: its slowest statements in the large database, with SQLite's plan."""
    opening = next(one for one in OPENINGS if one.name == opening_name)
    stores.use("million")
    browser = _browser(opening, sessions)
    with CaptureQueriesContext(connection) as asked:
        _opened(browser, opening)
    for query in sorted(asked.captured_queries, key=lambda one: -float(one["time"]))[:most]:
        yield f"{query['time']} s  {query['sql'][:1500]}"
        if query["sql"].startswith("SELECT") and connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"), [])
                yield "\n".join(f"      {row[-1]}" for row in cursor.fetchall())
