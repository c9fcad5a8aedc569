"""Publishing, correcting and taking down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.cases.opening import next_number
from linli.disclosure.declared import KIND, DisclosureItem, item_of
from linli.disclosure.formulas import days_shown
from linli.disclosure.models import GROUNDS, Publication, TakenDown
from linli.disclosure.showing import Showing, compose, require_no_personal
from linli.finding.indexing import put
from linli.ground.clock import due_day
from linli.ground.digest import digest_of
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.places.models import Region
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition
from linli.rulebook.reading import calendar, rule
from linli.trail.writing import act, append

INDEXED = "disclosure.publication"


@dataclass(frozen=True)
class Span:
    """Where and how long: ``from_on`` and ``until_on`` are first and last day; empty means today and the minimum."""

    from_on: date | None = None
    until_on: date | None = None
    board: str = ""
    event_on: date | None = None


@act
def publish(
    *,
    item: str,
    region: Region,
    showing: Showing,
    source: str,
    by: Actor,
    at: datetime,
    span: Span | None = None,
) -> Publication:
    """Publish facts under a catalogue item. The masked text is written as shown and never edited.

    ``source`` is the word of the matter (``case:NUMBER``, ``project:CODE``). Refused: without the right or the
    approver's post, a span below the minimum days (城市居民委员会组织法、村民委员会组织法: at least 15), a fact the
    item does not show, and any personal number.
    """
    catalogue = edition(KIND, item, timezone.localdate(at))
    _require_approver(item_of(catalogue), region, by)
    return _write(_Sheet(catalogue, region, showing, source, span or Span()), by, at)


@act
def correct(
    *, publication: Publication, showing: Showing, why: str, by: Actor, at: datetime, span: Span | None = None
) -> Publication:
    """Replace a publication by a corrected one that names it; the earlier version is kept as it was shown."""
    if not why.strip():
        raise Said("disclosure.correction_why", field="why")
    if Publication.objects.filter(previous=publication).exists():
        raise Said("disclosure.corrected_already", number=publication.number)
    if TakenDown.objects.filter(publication=publication).exists():
        raise Said("disclosure.down_already", number=publication.number)
    require_no_personal([why])
    _require_approver(item_of(publication.item), publication.region, by)
    wanted = span or Span(board=publication.board, event_on=publication.event_on)
    sheet = _Sheet(
        publication.item, publication.region, showing, publication.source, wanted, publication, why.strip()
    )
    return _write(sheet, by, at)


@act
def take_down(*, publication: Publication, ground: str, reason: str, by: Actor, at: datetime) -> TakenDown:
    """Take a publication down. ``ground``: over, privacy, ordered or mistake.

    Before the minimum days are over the ground ``over`` is refused; on the other grounds it comes down at once and
    the row stays flagged as early.
    """
    by.require("disclosure.publish", publication.region_id)
    if ground not in GROUNDS:
        raise Said("disclosure.unknown_ground", field="ground")
    if not reason.strip():
        raise Said("disclosure.reason_missing", field="reason")
    require_no_personal([reason])
    if TakenDown.objects.filter(publication=publication).exists():
        raise Said("disclosure.down_already", number=publication.number)
    today = timezone.localdate(at)
    days = max(0, days_shown(publication.from_on, today))
    is_early = days < publication.minimum_days
    if is_early and ground == "over":
        raise Said("disclosure.too_early", days=days, minimum=publication.minimum_days)
    down = TakenDown.objects.create(
        publication=publication, at=at, on=today, days=days, is_early=is_early, ground=ground,
        reason=reason.strip(), actor=by.actor_word, post=by.post,
    )  # fmt: skip
    content = {
        "number": publication.number,
        "on": today.isoformat(),
        "days": days,
        "early": is_early,
        "ground": ground,
    }
    append(
        region=publication.region_id,
        kind="disclosure.taken_down",
        row_key=publication.number,
        content=content,
        at=at,
    )
    return down


@dataclass(frozen=True)
class _Sheet:
    """A publication about to be written: under which item, where, what, about what, how long, instead of which."""

    catalogue: Edition
    region: Region
    showing: Showing
    source: str
    span: Span
    previous: Publication | None = None
    why: str = ""


def _require_approver(item: DisclosureItem, region: Region, by: Actor) -> None:
    by.require("disclosure.publish", region.code)
    if by.post not in item.approvers:
        raise Said("disclosure.not_approver", item=item.title, post=by.role.title)


def minimum_days(item: DisclosureItem, region: str, on: date) -> int:
    """Days an item must be shown at least: its own number, or the dated rule where it has none."""
    return item.minimum_days or int(rule("disclosure.minimum_days", place=region, on=on).value)


def _spanned(item: DisclosureItem, region: Region, span: Span, today: date) -> tuple[date, date, int]:
    first = span.from_on or today
    if first < today:
        raise Said("disclosure.begins_in_past", field="from_on")
    least = minimum_days(item, region.code, first)
    last = span.until_on or due_day(start=first, days=least, unit="natural", calendar=calendar()).on
    if last < first + timedelta(days=least):
        raise Said(
            "disclosure.too_short", field="until_on", minimum=least, until=first + timedelta(days=least)
        )
    return first, last, least


def _write(sheet: _Sheet, by: Actor, at: datetime) -> Publication:
    item, region, span, today = item_of(sheet.catalogue), sheet.region, sheet.span, timezone.localdate(at)
    body = compose(item, sheet.showing)
    first, last, least = _spanned(item, region, span, today)
    event = span.event_on or today
    publication = Publication.objects.create(
        number=next_number(region, today.year), item=sheet.catalogue, region=region, title=sheet.showing.title.strip(),
        body=body, board=span.board or item.board.zh, source=sheet.source, event_on=event, duty_on=_duty(item, event),
        at=at, from_on=first, until_on=last, minimum_days=least, previous=sheet.previous, correction=sheet.why,
        actor=by.actor_word, post=by.post, place=by.place,
    )  # fmt: skip
    append(
        region=region.code,
        kind="disclosure.publication",
        row_key=publication.number,
        content=content(publication),
        at=at,
    )
    texts = [publication.title, item.title.zh, *(row["value"]["zh"] for row in body["rows"])]
    put(kind=INDEXED, key=publication.pk, region=region.code, data_class="P0", texts=texts, by=by, at=at)
    return publication


def _duty(item: DisclosureItem, event: date) -> date | None:
    if item.within_days < 0:
        return None
    return due_day(start=event, days=item.within_days, unit="working", calendar=calendar()).on


def content(publication: Publication) -> dict[str, object]:
    """What the ledger's digest of a publication covers: where, when, and the very text by its digest."""
    return {
        "number": publication.number,
        "item": str(publication.item),
        "region": publication.region_id,
        "source": publication.source,
        "from": publication.from_on.isoformat(),
        "until": publication.until_on.isoformat(),
        "text": digest_of([publication.title, publication.body]),
        "previous": publication.previous.number if publication.previous else "",
    }
