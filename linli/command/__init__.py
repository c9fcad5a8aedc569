"""The console: the same acts as the screens, and calculators that need no database.

``linli COMMAND [ARGS] [--json] [--lang zh|en]``. Every command is one module of this package with ``HELP``,
``NEEDS_DATABASE``, ``arguments(parser)`` and ``run(options) -> Answer``; the list of commands is in ``console``.
"""

from linli.command.console import main

__all__ = ["main"]
