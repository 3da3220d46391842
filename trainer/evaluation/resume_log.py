"""What was scored already, so that a run that was stopped goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from astroview.core import strict_json

EDITION = 4  # of the protocol: raised when the same model no longer gives the same row

Row = dict[str, Any]


class ResumeLog:
    """Rows by what they are rows of, appended to a file of JSON lines as they come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, Row] = {}
        for line in strict_json.lines(path):
            self._take(line)

    def recall(self, key: str, make: Callable[[], Row]) -> Row:
        """The row noted under a key, or made and noted now."""
        key = f"{EDITION} {key}"
        if key not in self._rows:
            self._rows[key] = make()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "row": self._rows[key]}) + "\n")
        return self._rows[key]

    def _take(self, line: str) -> None:
        try:
            noted = strict_json.loads(line, nan=True)
            self._rows[str(noted["key"])] = dict(noted["row"])
        except (ValueError, KeyError, TypeError):  # the last line of a run that was killed
            return


def means(rows: list[Row]) -> dict[str, float]:
    """The mean of each number over the rows that have it."""
    keys = dict.fromkeys(k for row in rows for k, v in row.items() if isinstance(v, int | float))
    return {
        key: sum(values) / len(values)
        for key in keys
        if (values := [row[key] for row in rows if row.get(key) is not None])
    }
