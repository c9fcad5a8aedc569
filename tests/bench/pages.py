"""The busiest pages at a thousand and at a hundred thousand cases, as an ordinary clerk or resident opens them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.line import Line, Times, timed
from tests.bench.seed import picture
from tests.bench.stores import Stores
from tests.cast import HELIN

LIST, DETAIL, SUBMIT, GROWTH = 10, 15, 20, 1.3
LOOKS = 3
FRAMING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # the frame of a transaction asks nothing
COUNTED = ("small", "large", "wide")
APPLY = f"/c/{HELIN}/items/temporary_assistance/apply/"
FAMILY = {"household_size": "2", "phone": "13900000001", "address": "安和苑3号楼1单元402室"}
HARDSHIP = {
    "reason": "sudden_event",
    "story": "厨房起火，灶具都烧坏了。",
    "amount": "2000",
    "account": "6222021234567890123",
}


@dataclass(frozen=True)
class Known:
    """What the pages need to know of the seed: sessions by login, a case at the desk, one's own, a resident's key."""

    sessions: Mapping[str, str]
    case: str
    own: str
    person: str
    fresh: Sequence[str]


@dataclass(frozen=True)
class Page:
    """A page: its name, most queries, what prepares an opening (not timed), and the opening itself."""

    name: str
    most: int
    open: Callable[[], Any]
    before: Callable[[], object] = lambda: None
    status: int = 200


class Visitor:
    """Browsers of everybody, over whichever database is in use."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.applicants = iter(known.fresh)
        self.applicant = ""

    def browser(self, login: str) -> Client:
        found = Client()
        found.cookies[settings.SESSION_COOKIE_NAME] = self.known.sessions[login]
        return found

    def get(self, login: str, url: str) -> Callable[[], Any]:
        return lambda: self.browser(login).get(url)

    def asks(self) -> object:
        return self.browser("limin").post("/desk/search/", {"q": "王桂"})

    def files_grievance(self) -> Any:
        told = {
            "once": secrets.token_hex(8),
            "text": "楼道灯不亮，晚上看不见台阶",
            "class_code": "G01",
            "nature": "help",
            "spot": "3号楼",
        }
        return self.browser("wang").post(f"/c/{HELIN}/grievances/new/", told)

    def fills_in(self) -> None:
        self.applicant = next(self.applicants)
        browser = self.browser(self.applicant)
        browser.get(f"{APPLY}?c_hardship=yes&c_other_help=no")
        browser.post(f"{APPLY}family/", FAMILY)
        browser.post(f"{APPLY}hardship/", HARDSHIP)

    def applies(self) -> Any:
        photos = {
            f"paper_{code}": SimpleUploadedFile(
                f"{code}.jpg", picture(secrets.randbelow(65536)), "image/jpeg"
            )
            for code in ("application", "event_proof")
        }
        sent = {"once": secrets.token_hex(8), "consent": "on", **photos}
        return self.browser(self.applicant).post(f"{APPLY}send/", sent)


def pages(visitor: Visitor) -> Iterator[Page]:
    """Ten pages and three more tabs of the inbox."""
    known, get = visitor.known, visitor.get
    yield Page("desk: inbox, 50 rows", LIST, get("limin", "/desk/"))
    yield Page("desk: inbox, filtered", LIST, get("limin", "/desk/?kind=grievances.grievance&due=late"))
    for tab in ("done", "all", "closed"):
        yield Page(f"desk: inbox, tab {tab}", LIST, get("limin", f"/desk/?tab={tab}"))
    yield Page("desk: case", DETAIL, get("limin", f"/desk/cases/{known.case}/"))
    yield Page("desk: search by name", LIST, get("limin", "/desk/search/"), before=visitor.asks)
    yield Page(
        "desk: counter intake", DETAIL, get("limin", f"/desk/counter/{known.person}/temporary_assistance/")
    )
    yield Page("portal: home", DETAIL, get("wang", f"/c/{HELIN}/"))
    yield Page("portal: my cases", LIST, get("wang", "/my/"))
    yield Page("portal: case timeline", DETAIL, get("wang", f"/cases/{known.own}/"))
    yield Page("portal: disclosure list", LIST, get("wang", f"/c/{HELIN}/disclosure/"))
    yield Page("portal: file a grievance", SUBMIT, visitor.files_grievance, status=302)
    yield Page("portal: send an application", SUBMIT, visitor.applies, before=visitor.fills_in, status=302)


def measure(stores: Stores, visitors: Mapping[str, Visitor], repeats: int) -> Iterator[Line]:
    """Every page on every database: repeats interleaved, so that the machine's noise meets all alike."""
    by_name = {name: list(pages(visitors[name])) for name in COUNTED}
    for place, page in enumerate(by_name["small"]):
        times: dict[str, list[float]] = {name: [] for name in COUNTED}
        queries = {}
        for name in COUNTED:
            stores.use(name)
            queries[name] = _queries(by_name[name][place])
        for _ in range(LOOKS):
            _repeat(stores, by_name, place, times, repeats)
            if _growth({name: Times(tuple(found)) for name, found in times.items()}) <= GROWTH:
                break  # where the machine was busy with others, a page is looked at again before it is blamed
        yield _line(page, queries, {name: Times(tuple(found)) for name, found in times.items()})


def _repeat(
    stores: Stores,
    by_name: Mapping[str, list[Page]],
    place: int,
    times: Mapping[str, list[float]],
    repeats: int,
) -> None:
    """One opening in each database in turn, each round in the other order."""
    for turn in range(repeats):
        for name in COUNTED if turn % 2 else reversed(COUNTED):
            stores.use(name)
            times[name].append(_once(by_name[name][place]))


def _growth(times: Mapping[str, Times]) -> float:
    return times["large"].median / times["small"].median


def _line(page: Page, queries: Mapping[str, int], times: Mapping[str, Times]) -> Line:
    values = {
        "queries": max(queries.values()),
        **times["small"].named("at_1k"),
        **times["large"].named("at_100k"),
        "ratio": round(_growth(times), 2),
        "openings": len(times["small"].all),  # more than the repeats: the page was looked at again
        "own_20k_ms": round(times["wide"].median, 2),
    }
    return Line("pages", page.name, values, {"queries": page.most, "ratio": GROWTH})


def _once(page: Page) -> float:
    page.before()
    return timed(lambda: _checked(page))


def _checked(page: Page) -> None:
    answer = page.open()
    if answer.status_code != page.status:
        raise RuntimeError(f"{page.name}: {answer.status_code} {answer.content.decode()[-800:]}")


def _queries(page: Page) -> int:
    """Statements of the second opening that read or write rows; what a process reads once is read in the first."""
    _once(page)
    page.before()
    with CaptureQueriesContext(connection) as asked:
        _checked(page)
    return sum(not query["sql"].startswith(FRAMING) for query in asked.captured_queries)


def slowest(stores: Stores, visitor: Visitor, name: str, most: int = 3) -> Iterator[str]:
    """For a page that grew: its slowest statements in the large database, with the engine's plan."""
    page = next(one for one in pages(visitor) if one.name == name)
    if page.status != 200:
        return
    stores.use("large")
    page.before()
    with CaptureQueriesContext(connection) as asked:
        _checked(page)
    for query in sorted(asked.captured_queries, key=lambda one: -float(one["time"]))[:most]:
        yield f"{query['time']} s  {query['sql']}"
        if query["sql"].startswith("SELECT"):
            yield _plan(query["sql"])


def _plan(sql: str) -> str:
    word = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS) "
    with connection.cursor() as cursor:
        cursor.execute(word + sql.replace("%", "%%"), [] if connection.vendor == "sqlite" else None)
        return "\n".join(f"      {row[-1]}" for row in cursor.fetchall())
