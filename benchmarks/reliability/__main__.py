"""``python -m benchmarks.reliability NAME ...``: one table of docs/reliability.md each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks.reliability import damaged, intervals, overshoot, specks, stars

TABLES: dict[str, Callable[[Sequence[str]], int]] = {
    "overshoot": overshoot.main,
    "stars": stars.main,
    "specks": specks.main,
    "intervals": intervals.main,
    "damaged": damaged.main,
}


def main(arguments: Sequence[str]) -> int:
    """Run the table that is named first."""
    if not arguments or arguments[0] not in TABLES:
        print(f"usage: python -m benchmarks.reliability {{{','.join(TABLES)}}} ...")
        return 2
    return TABLES[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
