"""The entry point: find the command, read its arguments, run it, print one answer or one sentence.

Exit codes: 0 done, 1 done with findings or a negative result, 2 could not be done. With ``--json`` standard
output holds one JSON value and nothing else: whatever a library prints meanwhile goes to standard error.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from linli.command import answers, faults, parsing
from linli.command.answer import Answer
from linli.ground.said import Said


@dataclass(frozen=True)
class Command:
    """One line of the list: the word, its group, both languages, and whether it needs settings and a database."""

    name: str
    group: str
    zh: str
    en: str
    needs_database: bool = True

    @property
    def module(self) -> str:
        """Where the command lives."""
        return f"linli.command.{self.name}"

    @property
    def is_built(self) -> bool:
        """Whether this edition carries the command's module (looked up without importing it)."""
        return (Path(__file__).parent / f"{self.name}.py").exists()


GROUPS = {
    "site": ("站点", "the site"),
    "papers": ("评价与报告", "evaluation and reports"),
    "proof": ("存证与备份", "proof and backup"),
    "calculators": ("计算与审阅（不用数据库）", "calculators, no database needed"),
}

COMMANDS = (
    Command("serve", "site", "启动网站和后台任务", "serve the site and its background work"),
    Command("worker", "site", "只运行后台任务", "run the background work only"),
    Command("prepare", "site", "建立或升级数据库和静态文件", "make or upgrade database and static files"),
    Command("sample", "site", "载入示范社区", "load the sample community"),
    Command("publish", "site", "发布事项、流程、指标等表单版本", "publish sheets as editions"),
    Command("check", "site", "检查表单和部署", "check sheets and deployment"),
    Command("report", "papers", "生成评价报告", "make an evaluation report"),
    Command("bundle", "papers", "打包可独立验证的评价证据", "pack evidence that verifies on its own"),
    Command("ledger", "proof", "核验存证链", "verify the ledger"),
    Command("backup", "proof", "备份数据库和文件", "back up database and files"),
    Command("restore", "proof", "从备份恢复", "restore from a backup"),
    Command("deadline", "calculators", "计算法定期限", "compute a statutory deadline", needs_database=False),
    Command(
        "review",
        "calculators",
        "审阅一份评价报告",
        "review somebody's evaluation report",
        needs_database=False,
    ),
    Command(
        "score",
        "calculators",
        "按指标体系计分",
        "score readings by an indicator system",
        needs_database=False,
    ),
)


def find(name: str) -> Command:
    """The command of that word; an unknown word is refused with the known ones."""
    for command in COMMANDS:
        if command.name == name and command.is_built:
            return command
    known = ", ".join(command.name for command in COMMANDS if command.is_built)
    raise Said("command.unknown", name=name, known=known)


def load(command: Command) -> ModuleType:
    """Import the command's module, after Django is set up where it needs that."""
    if command.needs_database:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
        import django

        django.setup()
    return importlib.import_module(command.module)


def overview() -> str:
    """What ``linli --help`` prints: all commands by group, in both languages."""
    lines = ["linli COMMAND [ARGS] [--json] [--lang zh|en] [--as ACCOUNT]", ""]
    for group, (zh, en) in GROUPS.items():
        lines.append(f"{zh} / {en}")
        lines += [
            f"  {command.name:<10} {command.zh} / {command.en}"
            for command in COMMANDS
            if command.group == group and command.is_built
        ]
        lines.append("")
    lines += [
        "退出码：0 完成；1 完成但有发现；2 无法完成 / exit: 0 done; 1 done, with findings; 2 could not be done",
        "LINLI_TRACEBACK=1：开发时显示完整出错位置 / shows where a fault arose, for developers",
    ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code and never raises."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    chosen = parsing.chosen(arguments)
    try:
        return _answer(chosen)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) and left.code in (0, 1) else 2 if left.code else 0
    except BaseException as fault:
        return faults.tell(fault, chosen.lang)


def _answer(chosen: parsing.Chosen) -> int:
    chosen.refuse_bad_choice()
    if chosen.wants_overview:
        print(overview())
        return 0
    if not chosen.command:
        raise Said("command.none")
    if chosen.command == "--version":
        from linli import __version__

        print(__version__)
        return 0
    command = find(chosen.command)
    module = load(command)
    parser = parsing.parser_of(command.name, module)
    options = parser.parse_args(chosen.rest)
    options.lang, options.json, options.account = chosen.lang, chosen.json, chosen.account
    with _quiet_output(chosen.json):
        answer: Answer = module.run(options)
    answers.show(answer, as_json=chosen.json)
    return answer.code


def _quiet_output(as_json: bool) -> contextlib.AbstractContextManager[object]:
    return contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
