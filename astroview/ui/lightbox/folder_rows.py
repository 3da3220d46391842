"""The folder is listed beside the window, piece by piece, with what is known of its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.folder_stream import ListedFile, stream
from astroview.core.lightbox.frame_cache import FileKnowledge, FrameCache
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_query import FrameQuery, FrameRow, by_name, in_order
from astroview.core.lightbox.look_at import SeenFile
from astroview.core.lightbox.verdicts import NOTHING_SAID, VerdictBook
from astroview.ui.process.thread_pool import Background


@dataclass(frozen=True)
class FolderPiece:
    """More files; and what is known of those that were told before."""

    rows: list[FrameRow]
    known: tuple[SeenFile, ...] = ()


def pieces(folder: Path, cache: FrameCache, book: VerdictBook) -> Iterator[FolderPiece]:
    """The frames of a folder; the first ones at once, with what is known of them a moment later."""
    found = stream(folder)
    first = next(found, ())
    said = book.said_below(str(folder))
    rows = [_row(listed) for listed in first]
    for row in rows:
        row.said = said.get(row.path, NOTHING_SAID)
    yield FolderPiece(rows)
    seen = cache.seen_below(str(folder))
    yield FolderPiece([], tuple(_seen_files(first, seen)))
    for piece in found:
        rows = [_row(listed) for listed in piece]
        for row in rows:
            row.said = said.get(row.path, NOTHING_SAID)
            size, mtime_ns, known = seen.get(row.path, (0, 0, None))
            if known and (size, mtime_ns) == (row.size, row.mtime_ns):
                row.facts, row.quality = row.facts or known.facts, known.quality
        yield FolderPiece(rows)


def _row(listed: ListedFile) -> FrameRow:
    facts = FrameFacts(problem=listed.problem) if listed.problem else None
    return FrameRow(listed.path, listed.size, listed.mtime_ns, facts)


def _seen_files(
    first: Sequence[ListedFile], seen: dict[str, tuple[int, int, FileKnowledge]]
) -> Iterator[SeenFile]:
    for listed in first:
        size, mtime_ns, known = seen.get(listed.path, (0, 0, FileKnowledge()))
        if known.facts and (size, mtime_ns) == (listed.size, listed.mtime_ns):
            yield SeenFile(listed.path, size, mtime_ns, known.facts, known.quality)


@dataclass(frozen=True)
class WantedOrder:
    """Which frames are shown, and how they stand."""

    query: FrameQuery
    field: str = "name"
    descending: bool = False


def arranged(rows: Sequence[FrameRow], named: Sequence[int], wanted: WantedOrder) -> list[int]:
    """The numbers of the rows that are wanted, in their order; ``named`` are all, by name."""
    kept = [i for i in named if wanted.query.wants(rows[i])] if wanted.query.terms else named
    return in_order(rows, kept, wanted.field, wanted.descending)


class FrameListing(QObject):
    """One folder at a time; another one takes its place.

    Signals
    -------
    found : `FolderPiece`
    named : numbers of all rows in the order of their names; all is listed
    """

    found = Signal(object)
    named = Signal(object)

    def __init__(
        self, background: Background, cache: FrameCache, book: VerdictBook, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._cache, self._book = background, cache, book
        self._walk: Iterator[FolderPiece] | None = None
        self._rows: list[FrameRow] = []

    @property
    def busy(self) -> bool:
        """Whether the folder is being listed."""
        return self._walk is not None

    def begin(self, folder: Path) -> None:
        """List a folder."""
        self._rows = []
        self._walk = pieces(folder, self._cache, self._book)
        self._next(self._walk)

    def stop(self) -> None:
        """Want no more of it."""
        self._walk = None

    def _next(self, walk: Iterator[FolderPiece]) -> None:
        work = partial(next, walk, None)
        self._background.run(work, partial(self._got, walk), lambda _: self._got(walk, None))

    def _got(self, walk: Iterator[FolderPiece], piece: FolderPiece | None) -> None:
        if walk is not self._walk:
            return
        if piece is not None:
            self._rows.extend(piece.rows)
            self._next(walk)
            self.found.emit(piece)
            return
        rows = self._rows
        self._background.run(partial(by_name, rows), partial(self._named, walk), lambda _: None)

    def _named(self, walk: Iterator[FolderPiece], order: list[int]) -> None:
        if walk is self._walk:
            self._walk = None
            self.named.emit(order)
