"""``linli deadline``: a statutory last day with every step of its counting, without database or settings."""

from __future__ import annotations

import argparse
import re
from datetime import date

from linli.command.answer import Answer
from linli.ground.clock import Span, due_day, packaged_calendar
from linli.ground.said import Said
from linli.ground.wording import say, written

HELP = "计算法定期限，逐日说明 / compute a statutory deadline and explain every day"
NEEDS_DATABASE = False

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--from", dest="start", required=True, metavar="D", help="起算事件日，当日不计 / day of the event"
    )
    parser.add_argument("--days", required=True, metavar="N", help="天数 / number of days")
    parser.add_argument(
        "--unit", required=True, choices=("natural", "working"), help="自然日或工作日 / kind of days"
    )
    parser.add_argument(
        "--hold",
        dest="holds",
        action="extend",
        nargs="+",
        default=[],
        metavar="A:B",
        help="中止期间，含首尾两日 / a hold, both ends included",
    )
    parser.add_argument(
        "--weekends-stay",
        action="store_true",
        help="届满日为普通周末时不顺延 / a natural period may end on a plain weekend",
    )


def run(options: argparse.Namespace) -> Answer:
    """``{"due", "certain", "explanation"}``; raises ``Said`` on impossible input."""
    due = due_day(
        start=_day(options.start),
        days=_number(options.days),
        unit=options.unit,
        calendar=packaged_calendar(),
        holds=[_hold(text) for text in options.holds],
        weekends_stay=options.weekends_stay,
    )
    explanation = [say(line, options.lang) for line in due.explanation]
    data = {"due": due.on.isoformat(), "certain": due.certain, "explanation": explanation}
    return Answer(data, (written(due.on, options.lang), *explanation))


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # the shape is right, but there is no such day
        pass
    raise Said("deadline.not_a_day", text=text)


def _number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Said("deadline.not_a_number", text=text)
    return int(text)


def _hold(text: str) -> Span:
    first, colon, last = text.partition(":")
    if not colon:
        raise Said("deadline.not_a_hold", text=text)
    return _day(first), _day(last)
