"""The list of files that are being gathered, for Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from astroview.core.memory_limits import amount
from astroview.core.messages.gather_messages import Fetched
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
TITLES = (noted("File"), noted("State"), noted("Size"))
STATES = {
    "fetching": noted("Coming …"),
    "done": noted("Here"),
    "before": noted("Here before"),
    "failed": noted("Failed"),
}


class GatheredFiles(QAbstractTableModel):
    """One row a file, the latest word on it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: list[Fetched] = []
        self._places: dict[str, int] = {}

    def begin(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.rows.clear()
        self._places.clear()
        self.endResetModel()

    def take(self, event: Fetched) -> None:
        """A file is in a new state."""
        place = self._places.get(event.name)
        if place is None:
            place = self._places[event.name] = len(self.rows)
            self.beginInsertRows(ROOT, place, place)
            self.rows.append(event)
            self.endInsertRows()
        else:
            self.rows[place] = event
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(TITLES) - 1))

    def give_up(self, problem: str) -> None:
        """What was still coming does not come."""
        for row in [row for row in self.rows if row.state == "fetching"]:
            self.take(replace(row, state="failed", problem=problem))

    # ---- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            failed = row.state == "failed" and index.column() == 1
            return QColor(self.theme.danger if failed else self.theme.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.path or row.name, tr(row.problem), row.credit)))
        return None

    def _text(self, row: Fetched, column: int) -> str:
        if column == 0:
            return row.name
        if column == 1:
            why = f": {tr(row.problem)}" if row.problem else ""
            return f"{tr(STATES[row.state])}{why}"
        return local(amount(row.size)) if row.size else ""


class Padded(QStyledItemDelegate):
    """Cells that begin where the titles above them do."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option.rect.adjust(11 if index.column() == 0 else 5, 0, 0, 0)
        super().paint(painter, option, index)
