"""``linli ledger verify``: recompute the chains and checkpoints of the ledger."""

from __future__ import annotations

import argparse

from linli.command.answer import Answer
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.trail.verifying import verify

HELP = "核验存证链：逐条重算哈希、顺序和检查点 / verify the ledger: every hash, link and checkpoint"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """``verify [--region CODE]``."""
    parser.add_argument("verb", choices=("verify",), metavar="verify", help="核验 / verify")
    parser.add_argument(
        "--region", metavar="CODE", help="只核验一个区划 / only this region, by its 12-digit code"
    )


def run(options: argparse.Namespace) -> Answer:
    """Code 1 where a fault was found; the first fault names its region and entry."""
    verdict = verify(options.region)
    data = {"entries": verdict.entries, "ok": verdict.ok, "first_fault": verdict.first_fault}
    code = "ledger.whole" if verdict.ok else "ledger.broken"
    line = say(Saying(code, {"entries": verdict.entries, "fault": verdict.first_fault}), options.lang)
    return Answer(data, (line,), 0 if verdict.ok else 1)
