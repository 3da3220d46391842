"""The rows of the table of sources before and after."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from astroview.core.enhance.source_changes import STATES, SourceChanges, State, percent_apart
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.measure.ledger.change_marks import COLOURS

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    (noted("Source"), noted("What became of it")),
    (noted("Before"), noted("Flux in a circle of 5 pixels, in the frame's unit")),
    (noted("Change"), noted("Flux after, against before")),
    (noted("S/N"), noted("Flux over its noise")),
    (noted("Shift"), noted("From its centre before to that after, in pixels of the frame")),
)
WORDS: dict[State, str] = {
    "lost": noted("lost"),
    "new": noted("new"),
    "changed": noted("changed"),
    "kept": noted("kept"),
}
UNKNOWN = "–"


class ChangesModel(QAbstractTableModel):
    """Sources of the states that are wanted; rows are numbered as `SourceChanges` does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._changes: SourceChanges | None = None
        self._shown: frozenset[State] = frozenset(STATES)
        self.rows: NDArray[np.intp] = np.empty(0, np.intp)

    def show_changes(self, changes: SourceChanges | None, shown: frozenset[State]) -> None:
        """Show the sources of these states."""
        self.beginResetModel()
        self._changes, self._shown = changes, shown
        states = changes.rows["state"] if changes else np.empty(0, "U8")
        self.rows = np.flatnonzero(np.isin(states, list(shown)))
        self.endResetModel()

    def row_of(self, source: int) -> int | None:
        """Where a source stands; None when it is not among them."""
        found = np.flatnonzero(self.rows == source)
        return int(found[0]) if found.size else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._changes is None or not index.isValid():
            return None
        row = self._changes.rows[self.rows[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return _told(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return COLOURS[str(row["state"])]  # type: ignore[index]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section][0])
        return tr(COLUMNS[section][1]) if role == Qt.ItemDataRole.ToolTipRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._changes is None or column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        keys = np.array([_key(self._changes.rows[i], column) for i in self.rows])
        self.rows = self.rows[np.argsort(keys, kind="stable")]
        if order == Qt.SortOrder.DescendingOrder:
            self.rows = self.rows[::-1]
        self.layoutChanged.emit()


def _key(row: Any, column: int) -> float:
    if column == 0:
        return float(STATES.index(str(row["state"])))  # type: ignore[arg-type]
    name = ("flux_before", "", "sn", "shift")[column - 1]
    value = float(row[name]) if name else abs(percent_apart(row))
    return value if math.isfinite(value) else -math.inf


def _told(row: Any, column: int) -> str:
    if column == 0:
        return tr(WORDS[str(row["state"])])  # type: ignore[index]
    if column == 2:
        apart = percent_apart(row)
        known = math.isfinite(apart) and row["state"] in ("kept", "changed")
        return local(f"{apart:+.2f} %") if known else UNKNOWN
    name, form = (("flux_before", ".3g"), ("", ""), ("sn", ".0f"), ("shift", ".2f"))[column - 1]
    value = float(row[name])
    return local(f"{value:{form}}") if math.isfinite(value) else UNKNOWN
