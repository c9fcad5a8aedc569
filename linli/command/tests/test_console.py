"""The frame of the console: choices anywhere, three exit codes, one sentence per fault."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from linli.command import answers, console, faults, main, parsing
from linli.ground.said import Said
from linli.ground.wording import words

DEADLINE = ["deadline", "--from", "2026-01-05", "--days", "60", "--unit", "natural"]


def test_global_choices_stand_before_or_after_the_command(capsys):
    for arguments in (["--json", "--lang", "en", *DEADLINE], [*DEADLINE, "--lang=en", "--json"]):
        assert main(arguments) == 0
        assert json.loads(capsys.readouterr().out)["due"] == "2026-03-06"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["deadline"],
        [*DEADLINE, "--unknown"],
        [*DEADLINE, "--lang", "fr"],
        [*DEADLINE, "--lang"],
        ["deadline", "--from", "2026-02-30", "--days", "5", "--unit", "natural"],
        ["deadline", "--from", "2026-01-05", "--days", "60", "--unit", "lunar"],
        ["score", "no-such-frame.yaml", "no-such-readings.json"],
        ["ledger", "falsify"],
    ],
)
def test_what_cannot_be_done_gives_one_sentence_and_code_2(arguments, capsys):
    assert main(arguments) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert len(heard.err.strip().splitlines()) == 1
    assert "Traceback" not in heard.err
    assert "没有收录" not in heard.err


def test_a_fault_is_told_in_the_chosen_language(capsys):
    main(["nonsense", "--lang", "en"])
    assert capsys.readouterr().err.startswith('There is no command "nonsense"')
    main(["nonsense"])
    assert capsys.readouterr().err.startswith("没有命令“nonsense”")


@pytest.mark.parametrize(
    "fault",
    [
        FileNotFoundError(2, "No such file", "x.csv"),
        PermissionError(13, "Permission denied", "x.csv"),
        OSError(28, "No space left on device"),
        OSError(5, "Input/output error"),
        KeyboardInterrupt(),
        MemoryError(),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"),
        json.JSONDecodeError("Expecting value", "{", 1),
        ZeroDivisionError("division by zero"),
        Said("no.such.code", secret="110101199003077777"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_fault_has_a_sentence(fault, lang, capsys):
    assert faults.tell(fault, lang) == 2
    sentence = capsys.readouterr().err.strip()
    assert sentence
    assert "\n" not in sentence
    assert "110101199003077777" not in sentence, "values of an unworded code may be personal"


def test_every_english_message_of_argparse_is_translated():
    parser = parsing.Parser(prog="linli x")
    parser.add_argument("file")
    parser.add_argument("--n", type=int)
    parser.add_argument("--kind", choices=("a", "b"))
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--left", action="store_true")
    group.add_argument("--right", action="store_true")
    for arguments in (
        [],
        ["f", "--n"],
        ["f", "--n", "x"],
        ["f", "--kind", "c"],
        ["f", "--left", "--right"],
        ["f", "g"],
    ):
        with pytest.raises(Said) as refusal:
            parser.parse_args(arguments)
        assert refusal.value.code != "command.arguments", arguments
        assert refusal.value.code in words()


def test_help_lists_every_command_in_both_languages(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in console.COMMANDS:
        assert command.is_built == (f"  {command.name} " in shown)
        if command.is_built:
            assert command.zh in shown
            assert command.en in shown


@pytest.mark.parametrize("command", [c for c in console.COMMANDS if c.is_built], ids=lambda c: c.name)
def test_every_command_keeps_the_convention(command):
    module = importlib.import_module(command.module)
    assert isinstance(module.HELP, str)
    assert getattr(module, "NEEDS_DATABASE", False) == command.needs_database
    assert callable(module.run)
    parsing.parser_of(command.name, module)


def test_calculators_need_neither_settings_nor_django():
    """In a process of its own, where a look at Django's settings would fail."""
    program = (
        "import sys; from linli.command import main; "
        f"code = main({[*DEADLINE, '--json']!r}); "
        "sys.exit(code or (3 if 'django' in sys.modules else 0))"
    )
    root = Path(console.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_not_a_number_is_no_json():
    with pytest.raises(ValueError, match="JSON compliant"):
        answers.json_text({"value": float("nan")})


def test_a_reader_that_goes_away_leaves_no_trace():
    root = Path(console.__file__).parents[2]
    done = subprocess.run(
        f"{sys.executable} -m linli --help | head -c 1",
        shell=True,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
