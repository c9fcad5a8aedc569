"""Printing an answer: one JSON value, or lines for a person."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import fractions
import json
import uuid
from collections.abc import Mapping
from pathlib import Path

from linli.command.answer import Answer


def plain(value: object) -> object:
    """A value JSON does not know, as one it knows: dates as ISO text, exact fractions and decimals as numbers."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | fractions.Fraction):
        return float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Path | uuid.UUID):
        return str(value)
    message = f"{type(value).__name__} has no JSON form"
    raise TypeError(message)


def json_text(data: object, *, indent: int | None = None) -> str:
    """One JSON value in readable UTF-8; not-a-number is refused, since no reader of JSON accepts it."""
    return json.dumps(data, ensure_ascii=False, default=plain, allow_nan=False, indent=indent)


def show(answer: Answer, *, as_json: bool) -> None:
    """Write the answer to standard output."""
    if as_json:
        text = json_text(answer.data)
    else:
        text = "\n".join(answer.lines) if answer.lines else json_text(answer.data, indent=2)
    print(text, flush=True)
