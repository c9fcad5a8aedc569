"""``linli sample``: load the sample community, once. It belongs into a database of its own."""

from __future__ import annotations

import argparse
from datetime import date

from django.conf import settings

from linli.command.answer import Answer
from linli.command.progress import tell
from linli.ground.said import Said, Saying
from linli.ground.wording import say
from linli.places.models import Region
from linli.sample import cast, loading
from linli.sample.day import DAY

HELP = "载入示范社区（虚构，只载入一次）/ load the sample community (invented, once)"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--once``: nothing to do is no fault. ``--small``: the same people and projects, little daily work."""
    parser.add_argument("--once", action="store_true", help="已载入就直接结束 / done already is fine")
    parser.add_argument("--small", action="store_true", help="少量数据，几秒钟 / few data, some seconds")


def run(options: argparse.Namespace) -> Answer:
    """Load. Refused on a production site, and where the database already holds somebody else's places."""
    lang = str(options.lang)
    if settings.MODE == "production":
        raise Said("sample.production")
    if loading.is_loaded():
        if not options.once:
            raise Said("sample.loaded-already")
        return Answer({"loaded": False}, (say(Saying("sample.there"), lang),))
    if Region.objects.exists():
        raise Said("sample.not-empty")
    tell(lang, "sample.begins", day=DAY)
    loaded = loading.load(small=options.small, told=lambda day: _month(lang, day))
    done = Saying("sample.done", {"persons": loaded.persons, "cases": loaded.cases, "open": loaded.open})
    accounts = [f"{login:<8} {zh if lang == 'zh' else en}" for login, zh, en in cast.SHOWN]
    password = say(Saying("sample.password", {"password": cast.PASSWORD}), lang)
    data = {
        "loaded": True,
        "persons": loaded.persons,
        "cases": loaded.cases,
        "open": loaded.open,
        "day": DAY.isoformat(),
    }
    return Answer(data, (say(done, lang), *accounts, password))


def _month(lang: str, day: date) -> None:
    tell(lang, "sample.month", month=f"{day:%Y-%m}")
