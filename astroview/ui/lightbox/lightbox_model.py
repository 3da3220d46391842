"""The frames of a folder as a list for Qt: those that are wanted, in the order that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from astroview.core.io.paths.called_apart import with_folder
from astroview.core.lightbox.frame_query import FrameRow
from astroview.core.lightbox.look_at import SeenFile
from astroview.core.lightbox.verdicts import FrameVerdict
from astroview.ui.lightbox.row_text import spoken, tip

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the whole `FrameRow`
ROOT = QModelIndex()


class LightboxModel(QAbstractListModel):
    """All files of the folder, of which some are shown.

    `rows` are all, in the order they were found; `shown` are the numbers of those on show.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FrameRow] = []
        self.shown: list[int] = []
        self.counts: Counter[str] = Counter()  # "all", "kept", "rejected", "rated", "unrated"
        self._numbers: dict[str, int] = {}
        self._of_name: dict[str, list[str]] = {}  # paths

    # ---- what changes ----------------------------------------------------------------------

    def begin(self) -> None:
        """Forget all: another folder."""
        self.beginResetModel()
        self.rows, self.shown, self._numbers = [], [], {}
        self.counts.clear()
        self._of_name.clear()
        self.endResetModel()

    def add(self, rows: Sequence[FrameRow], wants: Callable[[FrameRow], bool]) -> None:
        """More files were found; those that are wanted stand at the end until all are arranged."""
        first, at = len(self.rows), len(self.shown)
        self.rows.extend(rows)
        for number, row in enumerate(rows, first):
            self._numbers[row.path] = number
            self._of_name.setdefault(row.name, []).append(row.path)
            self._count(row.said, 1)
        new = [number for number, row in enumerate(rows, first) if wants(row)]
        if new:
            self.beginInsertRows(ROOT, at, at + len(new) - 1)
            self.shown.extend(new)
            self.endInsertRows()

    def arrange(self, shown: list[int]) -> None:
        """Show these, in this order."""
        if shown != self.shown:
            self.beginResetModel()
            self.shown = shown
            self.endResetModel()

    def take_seen(self, found: Iterable[SeenFile]) -> None:
        """What was found out about files; of one that changed meanwhile, as it is now."""
        for seen in found:
            number = self._numbers.get(seen.path)
            if number is None:
                continue
            row = self.rows[number]
            row.facts = seen.facts
            if seen.quality is not None or (seen.size, seen.mtime_ns) != (row.size, row.mtime_ns):
                row.quality = seen.quality
            row.size, row.mtime_ns = seen.size, seen.mtime_ns
        self.redraw()

    def say(self, verdicts: Mapping[str, FrameVerdict]) -> None:
        """What the user says of files now."""
        for path, said in verdicts.items():
            if path in self._numbers:
                row = self.rows[self._numbers[path]]
                self._count(row.said, -1)
                row.said = said
                self._count(said, 1)
        self.redraw()

    def _count(self, said: FrameVerdict, by: int) -> None:
        kinds = ("rejected",) if said.rejected else ("kept", "rated" if said.rating else "unrated")
        for kind in ("all", *kinds):
            self.counts[kind] += by

    def redraw(self) -> None:
        """Draw what is on show again."""
        if self.shown:
            self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))

    # ---- what there is ---------------------------------------------------------------------

    def row_at(self, place: int) -> FrameRow:
        """The file on show at a place."""
        return self.rows[self.shown[place]]

    def not_measured(self) -> int:
        """How many frames on show have no quality yet."""
        return sum(self.rows[number].quality is None for number in self.shown)

    def called(self, row: FrameRow) -> str:
        """A file's name, with a folder where there is another one of that name."""
        same = self._of_name.get(row.name, ())
        return with_folder(row.name, Path(row.path), (Path(one) for one in same))

    def row_of(self, path: str) -> FrameRow | None:
        """A file by its path."""
        number = self._numbers.get(path)
        return None if number is None else self.rows[number]

    def number_of(self, path: str) -> int:
        """A file's number among all rows; -1 when there is none."""
        return self._numbers.get(path, -1)

    def place_of(self, path: str) -> int:
        """Where a file is on show; -1 when it is not."""
        number = self._numbers.get(path)
        try:
            return -1 if number is None else self.shown.index(number)
        except ValueError:
            return -1

    # ---- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.shown):
            return None
        row = self.row_at(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.called(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self.called(row))
        return None
