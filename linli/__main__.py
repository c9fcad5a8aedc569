"""``python -m linli`` is the same as ``linli``."""

import sys

from linli.command import main

if __name__ == "__main__":
    sys.exit(main())
