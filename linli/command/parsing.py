"""Reading the words after ``linli``: the global choices anywhere, then the command's own arguments.

argparse writes its faults in English and ends the process; here they become ``Said`` so that they are told like
every other fault, in the reader's language.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import NoReturn

from linli.ground.said import Said

LANGUAGES = ("zh", "en")
_WITH_VALUE = {"--lang": "lang", "--as": "account"}

# argparse's own sentences, and the code that says the same in both languages.
_FAULTS = (
    (r"the following arguments are required: (?P<names>.+)", "command.arguments-missing"),
    (r"unrecognized arguments: (?P<names>.+)", "command.arguments-unknown"),
    (r"argument (?P<name>.+?): expected .*argument.*", "command.argument-empty"),
    (
        r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)",
        "command.argument-choice",
    ),
    (r"argument (?P<name>.+?): invalid .* value: '?(?P<value>.*?)'?", "command.argument-value"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "command.argument-clash"),
    (r"one of the arguments (?P<names>.+) is required", "command.arguments-one-of"),
    (r"ambiguous option: (?P<names>\S+) could match .+", "command.arguments-unknown"),
)


def fault_of(message: str) -> Said:
    """The refusal that says what argparse's English message says."""
    for pattern, code in _FAULTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return Said(code, **found.groupdict())
    return Said("command.arguments", message=message)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of printing usage and leaving."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments as a ``Said``."""
        raise fault_of(message)


@dataclass
class Chosen:
    """What was found before the command's own parser reads the rest."""

    command: str = ""
    rest: list[str] = field(default_factory=list)
    json: bool = False
    lang: str = "zh"
    account: str = ""
    bad: Said | None = None

    @property
    def wants_overview(self) -> bool:
        """``linli``'s own help, not a command's."""
        return self.command in ("--help", "-h", "help")

    def refuse_bad_choice(self) -> None:
        """Raise what was wrong with a global choice (kept until here, so that the language is known)."""
        if self.bad is not None:
            raise self.bad


def chosen(arguments: Sequence[str]) -> Chosen:
    """Take ``--json``, ``--lang X`` and ``--as X`` out, wherever they stand before a ``--``."""
    found = Chosen(lang=os.environ.get("LINLI_LANG", "zh"))
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            found.rest += [word, *waiting]
            break
        if word == "--json":
            found.json = True
        elif name in _WITH_VALUE:
            _take(found, name, value if equals else None, waiting)
        elif not found.command:
            found.command = word
        else:
            found.rest.append(word)
    if found.lang not in LANGUAGES:
        found.bad = Said(
            "command.argument-choice", name="--lang", value=found.lang, known=", ".join(LANGUAGES)
        )
        found.lang = "zh"
    return found


def _take(found: Chosen, name: str, value: str | None, waiting: list[str]) -> None:
    if value is None:
        if not waiting or waiting[0].startswith("--"):
            found.bad = Said("command.argument-empty", name=name)
            return
        value = waiting.pop(0)
    setattr(found, _WITH_VALUE[name], value)


def parser_of(name: str, module: ModuleType) -> Parser:
    """The parser of one command, filled by its module."""
    parser = Parser(prog=f"linli {name}", description=module.HELP, allow_abbrev=False)
    parser.add_argument(
        "--json", action="store_true", help="一个 JSON 值 / one JSON value on standard output"
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="语言 / language")
    if getattr(module, "NEEDS_DATABASE", False):
        parser.add_argument(
            "--as", dest="account", metavar="ACCOUNT", help="以谁的身份 / act as this account"
        )
    module.arguments(parser)
    return parser
