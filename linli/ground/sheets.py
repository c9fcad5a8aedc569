"""Strict sheets: one YAML file per declared thing, read into a frozen dataclass or refused with its line.

A schema is a dataclass whose fields are ``str``, ``int``, ``bool``, ``Decimal``, ``date``, ``Literal``,
``Optional``, ``tuple[X, ...]``, ``dict[str, X]``, ``Both`` or further dataclasses. A field with a default may be
left out. Nothing is guessed: an unquoted 530113 is no text, ``no`` is no text, and a key may stand once only.

Every fault is a ``Said("sheets.<fault>", source=, line=, key=)``; ``key`` is the path, as ``steps[2].post``.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, Union

import yaml

from linli.ground.said import Said

T = TypeVar("T")

# The loader written in C gives the same nodes and line numbers, ten times as fast, where it was built.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_WHOLE = re.compile(r"[+-]?(0|[1-9]\d*)")


@dataclass(frozen=True)
class Both:
    """A text in Chinese and, where there is one, English. A sheet writes a plain text for Chinese alone."""

    zh: str
    en: str = ""

    def text(self, lang: str = "zh") -> str:
        """The text in ``lang``; Chinese where the English is missing."""
        return self.en if lang == "en" and self.en else self.zh


def load_text(text: str, schema: type[T], *, source: str) -> T:
    """Read one sheet from text; ``source`` names it in faults. Raises ``Said`` on every fault."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise Said("sheets.syntax", source=source, line=mark.line + 1 if mark else 1, key="") from fault
    except yaml.YAMLError as fault:
        raise Said("sheets.syntax", source=source, line=1, key="") from fault
    except RecursionError as fault:
        raise Said("sheets.too_deep", source=source, line=1, key="") from fault
    if node is None:
        raise Said("sheets.empty", source=source, line=1, key="")
    return typing.cast(T, _Reading(source).value(node, schema, ""))


def load_file(path: Path, schema: type[T]) -> T:
    """Read one sheet from a file in UTF-8; faults name the file. Raises ``Said``, also if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Said("sheets.not_utf8", source=str(path), line=1, key="") from fault
    except OSError as fault:
        raise Said("sheets.unreadable", source=str(path), line=0, key="") from fault
    return load_text(text, schema, source=str(path))


def from_plain(value: object, schema: type[T], *, source: str) -> T:
    """The sheet again from what ``plain`` gave, for instance from a published edition's row."""
    return load_text(json.dumps(value, ensure_ascii=False), schema, source=source)


class _Reading:
    """One sheet while it is being read: knows its source and the nodes already used."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.used: set[int] = set()

    def refuse(self, fault: str, node: yaml.Node, key: str, **values: object) -> NoReturn:
        line = node.start_mark.line + 1
        raise Said(f"sheets.{fault}", field="", source=self.source, line=line, key=key, **values)

    def value(self, node: yaml.Node, kind: Any, key: str) -> Any:
        if id(node) in self.used:  # an alias: two places that look apart would change together
            self.refuse("alias", node, key)
        self.used.add(id(node))
        origin = typing.get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._optional(node, kind, key)
        if origin is Literal:
            return self._choice(node, kind, key)
        if origin is tuple:
            return self._items(node, kind, key)
        if origin in (dict, Mapping):
            return self._mapping(node, kind, key)
        if kind is Both:
            return self._both(node, key)
        if dataclasses.is_dataclass(kind):
            return self._sheet(node, kind, key)
        return self._plain(node, kind, key)

    def _optional(self, node: yaml.Node, kind: Any, key: str) -> Any:
        inner = [choice for choice in typing.get_args(kind) if choice is not type(None)]
        if len(inner) != 1 or len(typing.get_args(kind)) != 2:
            raise TypeError(f"a sheet field may be optional, not one of several kinds: {kind}")
        if node.tag == _TAG + "null":
            return None
        self.used.discard(id(node))
        return self.value(node, inner[0], key)

    def _choice(self, node: yaml.Node, kind: Any, key: str) -> Any:
        allowed = typing.get_args(kind)
        value = self._plain(node, type(allowed[0]), key)
        if value not in allowed:
            self.refuse("not_a_choice", node, key, value=value, allowed=[str(word) for word in allowed])
        return value

    def _items(self, node: yaml.Node, kind: Any, key: str) -> tuple[Any, ...]:
        inner, *rest = typing.get_args(kind)
        if rest != [Ellipsis]:
            raise TypeError(f"a list in a sheet is declared tuple[X, ...], not {kind}")
        if not isinstance(node, yaml.SequenceNode):
            self.refuse("wrong_type", node, key, expected="list")
        return tuple(self.value(item, inner, f"{key}[{at}]") for at, item in enumerate(node.value, 1))

    def _mapping(self, node: yaml.Node, kind: Any, key: str) -> dict[str, Any]:
        word, inner = typing.get_args(kind)
        if word is not str:
            raise TypeError(f"keys in a sheet are text: {kind}")
        return {name: self.value(item, inner, _path(key, name)) for name, _, item in self._pairs(node, key)}

    def _pairs(self, node: yaml.Node, key: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.refuse("wrong_type", node, key, expected="mapping")
        pairs: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
        for name_node, item in node.value:
            if name_node.tag != _TAG + "str":
                self.refuse("key_not_text", name_node, _path(key, str(name_node.value)))
            name = str(name_node.value)
            if name in pairs:
                self.refuse("duplicate_key", name_node, _path(key, name))
            pairs[name] = (name, name_node, item)
        return list(pairs.values())

    def _both(self, node: yaml.Node, key: str) -> Both:
        if isinstance(node, yaml.MappingNode):
            return typing.cast(Both, self._sheet(node, Both, key))
        return Both(zh=self._plain(node, str, key))

    def _sheet(self, node: yaml.Node, schema: Any, key: str) -> Any:
        kinds = _kinds(schema)
        values: dict[str, Any] = {}
        for name, name_node, item in self._pairs(node, key):
            if name not in kinds:
                self.refuse("unknown_key", name_node, _path(key, name), allowed=sorted(kinds))
            values[name] = self.value(item, kinds[name], _path(key, name))
        for field in dataclasses.fields(schema):
            if field.name not in values and _is_required(field):
                self.refuse("missing_key", node, _path(key, field.name))
        return self._made(node, schema, key, values)

    def _made(self, node: yaml.Node, schema: Any, key: str, values: dict[str, Any]) -> Any:
        try:
            return schema(**values)
        except Said as refusal:  # the schema's own rule was broken: say where
            place: dict[str, object] = {"source": self.source, "line": node.start_mark.line + 1, "key": key}
            raise Said(refusal.code, field=refusal.field, **(place | refusal.values)) from refusal

    def _plain(self, node: yaml.Node, kind: Any, key: str) -> Any:
        if kind not in _PLAIN:
            raise TypeError(f"a sheet cannot hold {kind}")
        tags, pattern, convert = _PLAIN[kind]
        text = node.value
        if not isinstance(node, yaml.ScalarNode) or node.tag.removeprefix(_TAG) not in tags:
            self.refuse("wrong_type", node, key, expected=kind.__name__)
        if pattern is not None and not pattern.fullmatch(text):
            self.refuse("wrong_type", node, key, expected=kind.__name__)
        try:
            return convert(text)
        except ValueError:  # 2026-02-30
            self.refuse("wrong_type", node, key, expected=kind.__name__)


# Kind: the YAML tags it may have, the only spelling allowed, and how it is read. Decimals are read from
# their digits, never through a float; they and dates may also be quoted, as ``plain`` writes them.
_PLAIN: dict[Any, tuple[tuple[str, ...], re.Pattern[str] | None, Any]] = {
    str: (("str",), None, str),
    int: (("int",), _WHOLE, int),
    bool: (("bool",), re.compile("true|false"), lambda text: text == "true"),
    Decimal: (("int", "float", "str"), _DECIMAL, Decimal),
    date: (("timestamp", "str"), _DATE, date.fromisoformat),
}


def _path(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


@lru_cache
def _kinds(schema: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(schema)
    return {field.name: hints[field.name] for field in dataclasses.fields(schema)}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _is_default(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return field.default is not dataclasses.MISSING and value == field.default


def _declared(value: Any) -> Any:
    """The value as a file would say it: dataclasses become mappings and leave out what equals the default."""
    if isinstance(value, Both) and not value.en:
        return value.zh
    if dataclasses.is_dataclass(value):
        members = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: _declared(item) for field, item in members if not _is_default(field, item)}
    if isinstance(value, Mapping):
        return {name: _declared(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_declared(item) for item in value]
    return value


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def plain(sheet: object) -> dict[str, Any]:
    """What the file says, as a value for ``canonical`` and JSON columns: decimals and dates become text.

    Fields that equal their default are left out, so that a schema which gains an optional field does not
    change the digest of sheets already published.
    """
    return typing.cast("dict[str, Any]", _as_json(_declared(sheet)))


def dump(sheet: object) -> str:
    """The sheet as a file, in the order of its schema; loading it again gives an equal sheet."""
    return yaml.dump(
        _declared(sheet), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, indent=2
    )


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key, long texts as blocks, and decimals digit by digit."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TAG + "str", text, style="|" if "\n" in text else None)


def _represent_decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    tag = "float" if "." in format(number, "f") else "int"
    return dumper.represent_scalar(_TAG + tag, format(number, "f"))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Decimal, _represent_decimal)
