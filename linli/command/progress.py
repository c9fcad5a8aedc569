"""Progress for the person who waits: on standard error, so that an answer stays alone on standard output."""

from __future__ import annotations

import sys

from linli.ground.said import Saying
from linli.ground.wording import say


def tell(lang: str, code: str, **values: object) -> None:
    """Say one line of progress."""
    print(say(Saying(code, values), lang), file=sys.stderr, flush=True)
