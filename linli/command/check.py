"""``linli check [--deploy]``: every sheet of every kind, and with ``--deploy`` all that a production start refuses."""

from __future__ import annotations

import argparse

from linli.command import publish, refusing
from linli.command.answer import Answer
from linli.evaluation.frames import Frame
from linli.ground.packs import sheet_paths
from linli.ground.said import Said, Saying
from linli.ground.sheets import load_file
from linli.ground.wording import say, words
from linli.notices.texts import Template
from linli.people.roles import Role
from linli.rulebook.declared import RuleSheet

HELP = (
    "检查全部表单；加 --deploy 检查能否正式运行 / check all sheets; with --deploy, readiness for production"
)
NEEDS_DATABASE = True

# Kinds that are read from their sheets directly and never become editions.
READ_DIRECTLY: dict[str, type] = {"roles": Role, "notices": Template, "rules": RuleSheet, "frames": Frame}


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--deploy`` and the address that the site would listen on."""
    parser.add_argument("--deploy", action="store_true", help="正式运行前的检查 / before production")
    parser.add_argument("--host", default="127.0.0.1", help="将要监听的地址 / the address to be served")


def run(options: argparse.Namespace) -> Answer:
    """Code 1 where anything was found; each finding is a code and a sentence."""
    found = sheets()
    if options.deploy:
        found += [*refusing.always(options.host), *refusing.in_production()]
    findings = [{"code": finding.code, "message": say(finding, options.lang)} for finding in found]
    if findings:
        return Answer({"findings": findings}, tuple(finding["message"] for finding in findings), 1)
    clean = Saying("deploy.clean" if options.deploy else "check.clean", {"count": count()})
    return Answer({"findings": []}, (say(clean, options.lang),))


def sheets() -> list[Saying]:
    """Everything wrong with any sheet, words included."""
    found = [fault.saying for fault in publish.check_all()]
    for kind, schema in READ_DIRECTLY.items():
        for path in sheet_paths(kind).values():
            try:
                load_file(path, schema)
            except Said as fault:
                found.append(fault.saying)
    try:
        words()
    except Said as fault:
        found.append(fault.saying)
    return found


def count() -> int:
    """How many sheets were read."""
    kinds = {*READ_DIRECTLY, *(kind.KIND for kind in publish.kinds())}
    return sum(len(sheet_paths(kind)) for kind in kinds)
