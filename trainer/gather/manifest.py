"""The list of what was gathered: where each file is from, whom to thank, its checksum."""

from __future__ import annotations

import csv
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from trainer.gather.downloads import sha256_of

NAME = "manifest.csv"


@dataclass(frozen=True)
class ManifestLine:
    """One file of the folder."""

    file: str
    survey: str
    target: str
    credit: str
    bytes: str
    sha256: str
    fetched: str
    url: str


class Manifest:
    """``manifest.csv`` in the folder of the frames; a line is added when a file is whole."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._lines = {line.file: line for line in _read(self.path)}

    def has(self, folder: Path, name: str, check: bool) -> bool:
        """Whether a file was gathered, and is there as it was then: its size, and with
        ``check`` its checksum too.
        """
        line = self._lines.get(name)
        path = folder / name
        if line is None or not path.is_file() or str(path.stat().st_size) != line.bytes:
            return False
        return not check or sha256_of(path) == line.sha256

    def add(self, path: Path, survey: str, target: str, credit: str, url: str, digest: str) -> None:
        """One more file. Raises OSError."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        size = str(path.stat().st_size)
        line = ManifestLine(path.name, survey, target, credit, size, digest, now, url)
        new = not self.path.exists() or not self.path.stat().st_size
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [f.name for f in fields(ManifestLine)])
            if new:
                writer.writeheader()
            writer.writerow(asdict(line))
            file.flush()
            os.fsync(file.fileno())
        self._lines[path.name] = line


def _read(path: Path) -> list[ManifestLine]:
    """The lines; a torn one is left out, and ended so that the next does not grow onto it."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    if text and not text.endswith("\n"):
        with path.open("a", encoding="utf-8") as file:
            file.write("\n")
    names = [f.name for f in fields(ManifestLine)]
    rows: list[dict[str, str]] = []
    with suppress(csv.Error):  # a field without end: what is before it counts
        rows.extend(csv.DictReader(text.splitlines()))
    return [
        ManifestLine(**{name: row[name] for name in names})
        for row in rows
        if all(isinstance(row.get(name), str) for name in names)
    ]
