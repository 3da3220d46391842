"""What the user says of frames: stars, tags, rejected. Nothing is written into their folder.

A small database (SQLite), so that each word is written at once and whole, and two windows may
write at the same time. Frames are known by their path.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from astroview.core.errors import CannotSave
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.path_keys import below, is_key, key_of, path_of
from astroview.core.texts import Text

log = logging.getLogger(__name__)
TABLE = """CREATE TABLE IF NOT EXISTS said (
    path TEXT PRIMARY KEY,
    rating INTEGER NOT NULL, rejected INTEGER NOT NULL, tags TEXT NOT NULL)"""
PATIENCE_S = 10.0  # for another window that writes
BETWEEN = "\n"  # of tags
MOST_STARS = 5
ERRORS = (sqlite3.Error, UnicodeDecodeError)  # of a damaged file even the words of an error


@dataclass(frozen=True, slots=True)
class FrameVerdict:
    """Of one frame: 0 to 5 stars (0: not rated), sorted tags, and whether it is rejected."""

    rating: int = 0
    tags: tuple[str, ...] = ()
    rejected: bool = False


NOTHING_SAID = FrameVerdict()


class VerdictBook:
    """The verdicts of all folders; may be asked from any thread. Without a path nothing lasts."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._lock = path, Lock()
        self.set_aside: Path | None = None  # a damaged book, where it lies now
        self._base = self._open()

    def said_below(self, folder: str) -> dict[str, FrameVerdict]:
        """All verdicts on frames in a folder and its sub-folders, by path."""
        query = "SELECT path, rating, rejected, tags FROM said WHERE path >= ? AND path < ?"
        try:
            with self._lock:
                rows = self._base.execute(query, below(folder)).fetchall()
        except ERRORS:
            log.exception("verdicts cannot be read")
            return {}
        return {
            path_of(path): FrameVerdict(
                rating, tuple(tags.split(BETWEEN)) if tags else (), bool(rejected)
            )
            for path, rating, rejected, tags in filter(_is_verdict, rows)
        }

    def put(self, verdicts: Mapping[str, FrameVerdict]) -> None:
        """Keep verdicts, all or none.

        Raises
        ------
        CannotSave
            They cannot be written.
        """
        gone = [(key_of(path),) for path, said in verdicts.items() if said == NOTHING_SAID]
        kept = [
            (key_of(path), said.rating, said.rejected, BETWEEN.join(said.tags))
            for path, said in verdicts.items()
            if said != NOTHING_SAID
        ]
        try:
            with self._lock, self._base:
                self._base.executemany("DELETE FROM said WHERE path = ?", gone)
                self._base.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)", kept)
        except ERRORS as problem:
            raise CannotSave(
                Text("Ratings and tags cannot be kept: {problem}", problem=problem),
                hint=Text(
                    "See whether there is room, and whether you may write {path}.", path=self._path
                ),
            ) from problem

    def close(self) -> None:
        """No more is asked."""
        with self._lock:
            self._base.close()

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return _connected(None)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(self._path)
        except ERRORS:
            log.exception("the book of verdicts is damaged")
            aside, rows = self._path.with_suffix(f".damaged-{time.time_ns()}"), _rescued(self._path)
            with suppress(OSError):
                self._path.replace(aside)
                self.set_aside = aside
                base = _connected(self._path)
                with base:
                    base.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)", rows)
                return base
        except OSError as problem:
            log.warning("no book of verdicts: %s", problem)
        return _connected(None)


def _connected(path: Path | None) -> sqlite3.Connection:
    """A connection; in memory where nothing can be written."""
    base = sqlite3.connect(path or ":memory:", timeout=PATIENCE_S, check_same_thread=False)
    base.text_factory = _text
    try:
        base.execute(TABLE)
        base.execute("SELECT path, rating, rejected, tags FROM said LIMIT 1").fetchone()
        if base.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("it does not hold together")
    except ERRORS:
        base.close()
        raise
    return base


def _rescued(path: Path) -> list[tuple[Any, ...]]:
    """What of a damaged book can still be read: from both its ends to where it is damaged."""
    rows: list[tuple[Any, ...]] = []
    query = "SELECT path, rating, rejected, tags FROM said NOT INDEXED ORDER BY rowid"
    for way in ("", " DESC"):
        with suppress(*ERRORS), closing(sqlite3.connect(path)) as base:
            base.text_factory = _text
            for row in base.execute(query + way):
                rows += [row] if _is_verdict(row) else []
    return rows


def _text(content: bytes) -> str:
    """A text; a spoilt letter in one is no reason to lose all others."""
    return content.decode("utf-8", "replace")


def _is_verdict(row: tuple[Any, ...]) -> bool:
    path, rating, rejected, tags = row
    if not (isinstance(path, str) and isinstance(tags, str) and isinstance(rejected, int)):
        return False
    return isinstance(rating, int) and 0 <= rating <= MOST_STARS and is_key(path)


def shared_tags(verdicts: Iterable[FrameVerdict]) -> tuple[str, ...]:
    """The tags that all of some verdicts have."""
    shared: set[str] | None = None
    for said in verdicts:
        shared = set(said.tags) if shared is None else shared & set(said.tags)
        if not shared:
            break
    return _in_order(shared or ())


def with_tags(said: FrameVerdict, more: set[str], less: set[str]) -> FrameVerdict:
    """A verdict with some tags more, and others less."""
    return replace(said, tags=_in_order((set(said.tags) - less) | more))


def clean_tags(text: str) -> tuple[str, ...]:
    """Tags of a line: words with commas between them, without what cannot be searched for."""
    words = (" ".join(part.split()) for part in text.replace("\n", ",").split(","))
    return _in_order({word for word in words if word})


def _in_order(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(tags, key=lambda tag: (tag.casefold(), tag)))


def all_tags(verdicts: Iterable[FrameVerdict]) -> list[str]:
    """Every tag that is used, each once, in order."""
    return sorted({tag for said in verdicts for tag in said.tags}, key=str.casefold)
