"""``linli reindex``: put every findable row into the search index again, by batches; broken off, it goes on where it was."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils import timezone

from linli.command.acting import actor_of
from linli.command.answer import Answer
from linli.command.progress import tell
from linli.finding.indexing import Findable, reindex
from linli.ground.said import Said, Saying
from linli.ground.wording import say
from linli.notices.clock import mark_done
from linli.notices.models import ClockMark
from linli.people.actors import Actor
from linli.trail.writing import note

HELP = "重建检索索引（分批，可中断后继续）/ fill the search index again, by batches; may be broken off and gone on with"
NEEDS_DATABASE = True
MARK = "linli.finding.reindex"
BATCH = 500


@dataclass(frozen=True)
class _Progress:
    """How far a kind has come: the version it is filled under, and the last key, empty once it is whole."""

    version: int = 0
    after: str = ""

    @classmethod
    def of(cls, findable: Findable) -> _Progress:
        """What is remembered of a kind."""
        word = ClockMark.objects.filter(task=_mark(findable)).values_list("last_result", flat=True).first()
        version, _, after = (word or "0 0").partition(" ")
        return cls(int(version), after)

    def is_whole(self, findable: Findable) -> bool:
        """Filled to the end under the present version."""
        return self.version == findable.version and not self.after


def _mark(findable: Findable) -> str:
    return f"{MARK}:{findable.name}"


def findables() -> list[Findable]:
    """What the rooms make findable: the ``FINDABLES`` of every room's ``findable`` module."""
    found: list[Findable] = []
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and find_spec(f"{config.name}.findable"):
            found += import_module(f"{config.name}.findable").FINDABLES
    return found


def waiting() -> list[str]:
    """Kinds whose rows have to be put in again: filled before the present version, or broken off.

    A kind without any row needs nothing; that is remembered, since from then on the acts themselves put rows in.
    """
    names = []
    for findable in findables():
        if _Progress.of(findable).is_whole(findable):
            continue
        if findable.rows().exists():
            names.append(findable.name)
        else:
            mark_done(_mark(findable), timezone.now(), f"{findable.version} ")
    return names


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which kinds; all where none is named."""
    parser.add_argument(
        "--kind", action="append", metavar="ROOM.NOUN", help="such as people.person; may be repeated"
    )


def run(options: argparse.Namespace) -> Answer:
    """Fill the index again and say how many rows were put in of each kind."""
    at, lang = timezone.now(), str(options.lang)
    by = actor_of(options, at)
    chosen = _chosen(options.kind or [])
    counts = {}
    for findable in chosen:
        counts[findable.name] = _fill(findable, by, at, lang)
    note(verb="finding.reindex", kind="finding.index", key="all", region="", by=by, at=at, facts=dict(counts))
    lines = [
        say(Saying("reindex.done", {"kind": name, "count": count}), lang) for name, count in counts.items()
    ]
    return Answer(counts, tuple(lines))


def _chosen(names: list[str]) -> list[Findable]:
    known = {findable.name: findable for findable in findables()}
    for name in names:
        if name not in known:
            raise Said("reindex.unknown_kind", kind=name, known=", ".join(sorted(known)))
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def _fill(findable: Findable, by: Actor, at: datetime, lang: str) -> int:
    """Batch by batch, each its own transaction; how far it came is remembered after every one."""
    reached = _Progress.of(findable)
    after = int(reached.after or 0) if reached.version == findable.version else 0
    done = 0
    if after:
        tell(lang, "reindex.going_on", kind=findable.name, key=after)
    while True:
        count, after = reindex(findable=findable, after=after, most=BATCH, by=by, at=at)
        done += count
        if not count:
            mark_done(_mark(findable), timezone.now(), f"{findable.version} ")
            return done
        mark_done(_mark(findable), timezone.now(), f"{findable.version} {after}")
        tell(lang, "reindex.progress", kind=findable.name, count=done)
