"""Drafting the next edition of a sheet: its text, its faults by line, what differs, and publishing it.

The rulebook knows no kind by itself: the room that owns a kind lends its schema and its checks (``Kind``), as it does
to ``linli publish``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from linli.ground.said import Said
from linli.ground.sheets import dump, from_plain, load_text, plain
from linli.people.actors import Actor
from linli.rulebook.models import Draft, Edition
from linli.rulebook.publishing import edition, publish
from linli.trail.writing import act, note

DRAFT, PUBLISH = "rulebook.draft", "rulebook.publish"


class Kind(Protocol):
    """What a room offers about its kind of sheet: the module ``linli/<room>/declared.py`` itself.

    ``faults(sheet, source=)`` lists what is wrong, ``title(sheet)`` names it, ``validity(sheet)`` gives its days.
    """

    KIND: str
    SCHEMA: Any
    faults: Any
    title: Any
    validity: Any


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text, and in which line (0: nowhere in particular)."""

    said: Said
    line: int


@dataclass(frozen=True)
class Change:
    """One difference: the path of the field, what it said before and what it would say; ``None``: not there."""

    path: tuple[str, ...]
    before: Any
    after: Any


def exported(row: Edition, kind: Kind) -> str:
    """An edition as the sheet's file: reading it again gives the same canonical body and so the same digest."""
    return dump(from_plain(row.body, kind.SCHEMA, source=str(row)))


@act
def write_draft(*, kind: Kind, code: str, text: str, by: Actor, at: datetime) -> Draft:
    """Write (or rewrite) the one open draft of a sheet. Faulty text is kept too: nobody loses what they typed."""
    by.require(DRAFT, by.place)
    row = Draft.objects.open().filter(kind=kind.KIND, code=code).first()
    if row is None:
        based = Edition.objects.of_kind(kind.KIND).filter(code=code).order_by("-number").first()
        row = Draft(kind=kind.KIND, code=code, based_on=based, begun_by=by.actor_word, begun_at=at)
    row.text, row.written_by, row.written_at = text, by.actor_word, at
    row.save()
    _note("rulebook.write_draft", row, by, at)
    return row


@act
def drop_draft(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """Give a draft up; the row stays with who wrote it."""
    by.require(DRAFT, by.place)
    _require_open(draft)
    draft.dropped_at = at
    draft.save(update_fields=["dropped_at"])
    _note("rulebook.drop_draft", draft, by, at)
    return draft


@act
def publish_draft(
    *, draft: Draft, kind: Kind, by: Actor, at: datetime, seen: Edition | None = None
) -> Edition:
    """Publish a draft as the next edition. Refused: with a fault, without a change, under another code, or where
    somebody published another edition since (``seen`` is the one the reader compared with)."""
    by.require(PUBLISH, by.place)
    _require_open(draft)
    sheet, found = examined(draft.text, kind)
    if sheet is None or found:
        raise Said("rulebook.draft_faulty", field="text", count=len(found))
    if sheet.code != draft.code:
        raise Said("rulebook.draft_other_code", field="text", wanted=draft.code)
    last = Edition.objects.of_kind(kind.KIND).filter(code=draft.code).order_by("-number").first()
    if last is not None and seen is not None and last.pk != seen.pk:
        raise Said("rulebook.draft_overtaken", number=last.number)
    if last is not None and not difference(last.body, plain(sheet)):
        raise Said("rulebook.draft_unchanged", field="text")
    name, (first, until) = kind.title(sheet), kind.validity(sheet)
    made = publish(
        kind=kind.KIND, code=draft.code, body=plain(sheet), title={"zh": name.zh, "en": name.en}, valid_from=first,
        valid_to=until, by=by, at=at, source=draft.written_by,
    )  # fmt: skip
    draft.published = made
    draft.save(update_fields=["published"])
    _note("rulebook.publish_draft", draft, by, at)
    return made


def in_force(kind: Kind, code: str, on: date) -> Edition | None:
    """The edition that a draft is compared with; ``None`` for a new sheet."""
    try:
        return edition(kind.KIND, code, on)
    except Said:
        return None


def examined(text: str, kind: Kind) -> tuple[Any | None, list[Fault]]:
    """The sheet that a text declares, and every fault with its line; no sheet where it cannot be read."""
    try:
        sheet = load_text(text, kind.SCHEMA, source="")
    except Said as fault:
        return None, [Fault(fault, int(str(fault.values.get("line", 0))))]
    found = kind.faults(sheet, source=sheet.code)
    return sheet, [Fault(fault, line_of(text, fault)) for fault in found]


def line_of(text: str, fault: Said) -> int:
    """The first line that names the word of a fault, else its place, else 0."""
    for name in ("word", "place", "post", "step", "move"):
        word = str(fault.values.get(name, "")).split("/")[-1]
        if not word:
            continue
        found = re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.])")
        for number, line in enumerate(text.splitlines(), start=1):
            if found.search(line):
                return number
    return 0


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two bodies, field by field; entries of a list are matched by their code."""
    return list(_compare((), dict(before), dict(after)))


def _compare(path: tuple[str, ...], before: Any, after: Any) -> list[Change]:
    if before == after:
        return []
    one, two = _members(before), _members(after)
    if one is None or two is None:
        return [Change(path, before, after)]
    found: list[Change] = []
    for name in [*one, *(name for name in two if name not in one)]:
        if name not in one or name not in two:
            found.append(Change((*path, name), one.get(name), two.get(name)))
        else:
            found += _compare((*path, name), one[name], two[name])
    if not found and list(one) != list(two):
        found.append(Change((*path, "order"), "、".join(one), "、".join(two)))
    return found


def _members(value: Any) -> dict[str, Any] | None:
    """The members of a mapping, or of a list whose entries have a code; texts in two languages stay whole."""
    if isinstance(value, dict):
        return None if set(value) <= {"zh", "en"} else value
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        keys = [str(one.get("code") or one.get("post") or one.get("step") or "") for one in value]
        if all(keys) and len(set(keys)) == len(keys):
            return dict(zip(keys, value, strict=True))
    return None


def _require_open(draft: Draft) -> None:
    if draft.published_id is not None or draft.dropped_at is not None:
        raise Said("rulebook.draft_closed")


def _note(verb: str, row: Draft, by: Actor, at: datetime) -> None:
    note(
        verb=verb, kind=f"rulebook.{row.kind}", key=row.code, region="", by=by, at=at, facts={"draft": row.pk}
    )
