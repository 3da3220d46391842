"""What was seen of files, so that nothing is looked at twice: facts, measures, small pictures.

One database (SQLite); a file that changed (size or time) is another file. Pictures are held to a
number of bytes, the ones that were not looked at longest go first. All of it can be made again: a
database that is damaged is thrown away.
"""

from __future__ import annotations

import logging
import math
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path
from threading import Lock
from typing import Any

from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.path_keys import below, is_key, key_of, path_of

ERRORS = (sqlite3.Error, UnicodeDecodeError)  # of a damaged file even the words of an error
log = logging.getLogger(__name__)
VERSION = 1  # of what is written; another one is thrown away
PATIENCE_S = 10.0
FACTS = tuple(f"f_{field.name}" for field in fields(FrameFacts))
QUALITY = tuple(f"q_{field.name}" for field in fields(FrameQuality))
COLUMNS = ("size", "mtime_ns", "has_facts", *FACTS, "has_quality", *QUALITY)
TABLES = (
    f"CREATE TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY, {', '.join(COLUMNS)})",
    """CREATE TABLE IF NOT EXISTS pictures (path TEXT, kind TEXT, size INTEGER, mtime_ns INTEGER,
       used INTEGER, data BLOB, PRIMARY KEY (path, kind))""",
    "CREATE INDEX IF NOT EXISTS by_use ON pictures (used)",
)
PRUNE_EVERY = 64  # pictures that are put
ROOM = 0.9  # of the limit that is kept, so that not each picture costs another


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file, as it is now."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FileKnowledge:
    """What is known of a file."""

    facts: FrameFacts | None = None
    quality: FrameQuality | None = None


class FrameCache:
    """May be asked from any thread; a database that cannot be used holds nothing."""

    def __init__(self, path: Path | None, most_bytes: int) -> None:
        self._path, self.most_bytes = path, most_bytes
        self._lock = Lock()
        self._puts = 0
        self._base = self._open()

    # ---- facts and measures ----------------------------------------------------------------

    def seen_below(self, folder: str) -> dict[str, tuple[int, int, FileKnowledge]]:
        """(size, mtime_ns, what is known) of files in a folder and its sub-folders, by path."""
        query = f"SELECT path, {', '.join(COLUMNS)} FROM seen WHERE path >= ? AND path < ?"
        rows = self._ask(query, below(folder))
        return {path_of(row[0]): (row[1], row[2], _seen(row)) for row in rows if is_key(row[0])}

    def put(self, found: Sequence[tuple[FileState, FileKnowledge]]) -> None:
        """Keep what was seen; what is None of it stays as it was, if the file is the same."""
        for columns, has, pick in (
            (FACTS, "has_facts", _facts),
            (QUALITY, "has_quality", _quality),
        ):
            rows = [
                (key_of(s.path), s.size, s.mtime_ns, 1, *astuple(part))
                for s, seen in found
                if (part := pick(seen)) is not None
            ]
            names = (has, *columns)
            kept = ", ".join(f"{name} = excluded.{name}" for name in names)
            # Another size or time is another file: of that nothing is known but this.
            same = "(seen.size = excluded.size AND seen.mtime_ns = excluded.mtime_ns)"
            others = "has_quality" if has == "has_facts" else "has_facts"
            self._change(
                f"INSERT INTO seen (path, size, mtime_ns, {', '.join(names)})"
                f" VALUES (?, ?, ?, {', '.join('?' * len(names))}) ON CONFLICT (path) DO UPDATE SET"
                f" {others} = CASE WHEN {same} THEN {others} END,"
                f" {kept}, size = excluded.size, mtime_ns = excluded.mtime_ns",
                rows,
            )

    # ---- pictures --------------------------------------------------------------------------

    def picture(self, state: FileState, kind: str) -> bytes | None:
        """A small picture of a file as it is now; None when there is none."""
        query = (
            "SELECT data FROM pictures WHERE path = ? AND kind = ? AND size = ? AND mtime_ns = ?"
        )
        found = self._ask(query, (key_of(state.path), kind, state.size, state.mtime_ns))
        if not found:
            return None
        self._change(
            "UPDATE pictures SET used = ? WHERE path = ? AND kind = ?",
            [(time.time_ns(), key_of(state.path), kind)],
        )
        return found[0][0]

    def put_picture(self, state: FileState, kind: str, data: bytes) -> None:
        """Keep a small picture."""
        row = (key_of(state.path), kind, state.size, state.mtime_ns, time.time_ns(), data)
        self._change("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?)", [row])
        self._puts += 1
        if self._puts % PRUNE_EVERY == 0:
            self.prune()

    @property
    def picture_bytes(self) -> int:
        """What all pictures take."""
        found = self._ask("SELECT ifnull(sum(length(data)), 0) FROM pictures", ())
        return found[0][0] if found else 0

    def prune(self) -> None:
        """Let the pictures go that were not looked at longest, until they keep to the limit."""
        over = self.picture_bytes - self.most_bytes
        if over <= 0:
            return
        over += int((1 - ROOM) * self.most_bytes)
        gone: list[tuple[str, str]] = []
        for path, kind, size in self._ask(
            "SELECT path, kind, length(data) FROM pictures ORDER BY used", ()
        ):
            if over <= 0:
                break
            gone.append((path, kind))
            over -= size
        self._change("DELETE FROM pictures WHERE path = ? AND kind = ?", gone)

    def close(self) -> None:
        """No more is asked."""
        with self._lock:
            self._base.close()

    # ---- the database ----------------------------------------------------------------------

    def _ask(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            with self._lock:
                return self._base.execute(query, values).fetchall()
        except ERRORS as problem:
            log.warning("the cache of frames cannot be read: %s", problem)
            return []

    def _change(self, query: str, rows: Sequence[tuple[Any, ...]]) -> None:
        try:
            with self._lock, self._base:
                self._base.executemany(query, rows)
        except ERRORS as problem:
            log.warning("the cache of frames cannot be written: %s", problem)

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return _connected(None)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(self._path)
        except (*ERRORS, OSError) as problem:
            log.warning("the cache of frames begins anew: %s", problem)
            for end in ("", "-wal", "-shm"):
                with suppress(OSError):
                    Path(f"{self._path}{end}").unlink(missing_ok=True)
        try:
            return _connected(self._path)
        except ERRORS:
            return _connected(None)


def _connected(path: Path | None) -> sqlite3.Connection:
    base = sqlite3.connect(path or ":memory:", timeout=PATIENCE_S, check_same_thread=False)
    try:
        if path is not None:
            base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = OFF")  # it can be made again
        if base.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
            for name in ("seen", "pictures"):
                base.execute(f"DROP TABLE IF EXISTS {name}")
        for table in TABLES:
            base.execute(table)
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.commit()
    except ERRORS:
        base.close()
        raise
    return base


def _facts(seen: FileKnowledge) -> FrameFacts | None:
    return seen.facts


def _quality(seen: FileKnowledge) -> FrameQuality | None:
    return seen.quality


def _seen(row: Sequence[Any]) -> FileKnowledge:
    first = 4 + len(FACTS)
    facts = FrameFacts(*map(_known, row[4:first])) if row[3] else None
    quality = FrameQuality(*map(_known, row[first + 1 :])) if row[first] else None
    return FileKnowledge(facts, quality)


def _known(value: Any) -> Any:
    """SQLite has no NaN: it keeps NULL."""
    return math.nan if value is None else value
