"""One engine's benchmarks, in a process of its own: ``python -m tests.bench.inside OUT [PART ...]`` (see ``__main__``).

Writes JSON: the lines, and what the load on a real server needs (address of the database, sessions).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db.models import F  # noqa: E402

from linli.cases.models import Case  # noqa: E402
from linli.people.actors import SETUP  # noqa: E402
from linli.people.entering import enter_person  # noqa: E402
from linli.people.models import Account  # noqa: E402
from linli.people.signing import open_account  # noqa: E402
from tests import cast  # noqa: E402
from tests.bench import ledger, measures, pages, reports  # noqa: E402
from tests.bench.growing import Copy, Growth, communities  # noqa: E402
from tests.bench.line import Line  # noqa: E402
from tests.bench.seed import Seed, prepare, signed_in  # noqa: E402
from tests.bench.stores import Stores  # noqa: E402

EACH, FEW = 250, 60
FRESH = 80
GROWN = {"small": (4, 0), "large": (4, 99), "wide": (80, 0), "thousand": (1, 999)}


def grown(stores: Stores, name: str, *, source: str) -> None:
    """A database of ``times`` the seed in each of its communities, Helin and ``others`` more."""
    times, others = GROWN[name]
    stores.copy(name, source=source)
    stores.use(name)
    places = [cast.HELIN, *communities(others)]
    turns = [divmod(k, len(places)) for k in range(times * len(places))]
    copies = [
        Copy(k, at, places[at], turn * 9 % 360)
        for k, (turn, at) in enumerate(turns)
        if turn or places[at] != cast.HELIN
    ]
    staff = Account.objects.filter(person__appointments__isnull=False)
    growth = Growth(copies, times * len(places), [account.word for account in staff])
    growth.run()
    if name == "wide":
        _close(growth.base["cases.Case"])


def _close(above: int) -> None:
    """Where one community has very many cases, all but the newest thousand are long closed."""
    kept = Case.objects.order_by("pk")[1000:].values("pk")[:1]
    rows = Case.objects.filter(pk__gt=max(above, kept.get()["pk"]), closed_on=None)
    rows.update(closed_on=F("opened_on"), closed_at=F("opened_at"), is_paused=False)


def newcomers(seed: Seed) -> list[str]:
    """Residents without any case, for applications to come."""
    logins = []
    for number in range(FRESH):
        login, phone = f"s{number}", f"1370000{number:04d}"
        who: dict[str, Any] = {"by": SETUP, "at": cast.BEGIN}
        person = enter_person(
            name="申新来", community=seed.village.helin, phone=phone, birth_year=1970, **who
        )
        open_account(person=person, login=login, password=cast.PASSWORD, phone=phone, is_sample=True, **who)
        logins.append(login)
    return logins


def known_of(seed: Seed) -> pages.Known:
    """Sessions, and one case of each sort."""
    fresh = newcomers(seed)
    logins = ["limin", "wang", "zhao", "chen", "mu", *fresh]
    sessions = {account.login: signed_in(account) for account in Account.objects.filter(login__in=logins)}
    wang = seed.village.person("wang")
    own = Case.objects.filter(person=wang).order_by("-passages_count", "pk")[0].number
    at_desk = (
        Case.objects.open().filter(hold_post="clerk", kind="grievances.grievance").order_by("pk")[0].number
    )
    return pages.Known(sessions, at_desk, own, wang.key, fresh)


def run(parts: list[str], repeats: int) -> Iterator[Line]:
    """The parts asked for; data are grown only for those that need them."""
    stores = Stores()
    seed = prepare()
    seed.cases(FEW)
    if "measures" in parts:
        grown(stores, "thousand", source="seed")
        yield from measures.measure()
    if "ledger" in parts:
        stores.copy("chain")
        stores.use("chain")
        yield from ledger.measure(repeats)
    stores.use("seed")
    if {"pages", "burst"} & set(parts):
        yield from _casework(stores, seed, parts, repeats)
    stores.use("seed")
    if "reports" in parts:
        yield from reports.measure(seed.village, repeats)
    stores.close()


def _casework(stores: Stores, seed: Seed, parts: list[str], repeats: int) -> Iterator[Line]:
    seed.cases(EACH)
    known = known_of(seed)
    if "pages" in parts:
        yield from _pages(stores, known, repeats)
    else:
        grown(stores, "small", source="seed")
    _TOLD.update(
        sessions=dict(known.sessions), url=stores.url("small"), form=f"/c/{cast.HELIN}/grievances/new/"
    )


def _pages(stores: Stores, known: pages.Known, repeats: int) -> Iterator[Line]:
    for name in pages.COUNTED:
        grown(stores, name, source="seed")
        print(f"  {name}: {Case.objects.count()} cases", file=sys.stderr, flush=True)
    visitors = {name: pages.Visitor(known) for name in pages.COUNTED}
    for line in pages.measure(stores, visitors, repeats):
        yield line
        if "ratio" in line.over:
            print(
                line.name,
                *pages.slowest(stores, pages.Visitor(known), line.name),
                sep="\n    ",
                file=sys.stderr,
            )


_TOLD: dict[str, object] = {}


def main() -> None:
    out, repeats, *parts = sys.argv[1:]
    lines = []
    for line in run(parts, int(repeats)):
        lines.append(line.plain())
        print(f"  {line.name}: {line.verdict or 'told'}", file=sys.stderr, flush=True)
    Path(out).write_text(json.dumps({"lines": lines, **_TOLD}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
