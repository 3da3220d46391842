"""The page beside the picture with the sources of a catalogue: a table, and one row in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import local, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, tool
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.catalogues import Catalogue

Index = QModelIndex | QPersistentModelIndex
WIDEST = 140  # pixels of a column to begin with
MEASURED = 50  # rows that a column's width is fitted to


class SourcesModel(QAbstractTableModel):
    """Rows of a catalogue in the order they are wanted; sources are numbered as it does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self.sources: NDArray[np.int64] = np.empty(0, np.int64)
        self._all = self.sources

    def show_sources(self, catalogue: Catalogue | None, sources: NDArray[np.int64]) -> None:
        """Show some of a catalogue's sources."""
        self.beginResetModel()
        self._catalogue, self.sources, self._all = catalogue, sources, sources
        self.endResetModel()

    def find(self, words: str) -> None:
        """Keep the rows in which these words are; with none, all."""
        self.beginResetModel()
        found = self._catalogue.find(self._all, words) if self._catalogue else self._all
        self.sources = found if words else self._all
        self.endResetModel()

    def row_of(self, source: int) -> int | None:
        """Where a source stands; None when it is not among them."""
        found = np.flatnonzero(self.sources == source)
        return int(found[0]) if found.size else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sources)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._catalogue.columns) if self._catalogue else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._catalogue is None or not index.isValid():
            return None
        source, column = int(self.sources[index.row()]), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            told = self._catalogue.cell(source, column)
            return local(told) if self._catalogue.is_number(column) else told
        if role == Qt.ItemDataRole.TextAlignmentRole and self._catalogue.is_number(column):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._catalogue is None or way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._catalogue.is_number(section) else None
            return (side or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return self._catalogue.columns[section] if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._catalogue is None or column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        self.sources = self._catalogue.sorted(self.sources, column)
        if order == Qt.SortOrder.DescendingOrder:
            self.sources = self.sources[::-1]
        self.layoutChanged.emit()


class SourceTable(QWidget):
    """Shows sources and the row of the chosen one.

    Signals
    -------
    chosen : a source of the catalogue, by hand or key in the table
    copy, close_wished
    """

    chosen = Signal(int)
    copy = Signal()
    close_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = SourcesModel(self)
        self._count = label("", "muted")
        self._find = QLineEdit(placeholderText=tr("Search"), clearButtonEnabled=True)
        self._find.setAccessibleName(tr("Search the sources"))
        self._find.textChanged.connect(self.model.find)
        self.view = _table(self.model)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._row = _row_view()
        self._copy = tool("Copy this row (Ctrl+Shift+C)", self.copy.emit)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._telling = True
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label("Catalogue", "heading"), 1)
        for widget in (self._count, self._copy, self._close):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._find)
        column.addWidget(self.view, 3)
        column.addWidget(self._row, 2)

    def set_theme(self, theme: Theme) -> None:
        self._copy.setIcon(icons.icon("copy", theme))
        self._close.setIcon(icons.icon("close", theme))

    def show_sources(self, catalogue: Catalogue | None, sources: NDArray[np.int64]) -> None:
        """Show these sources of a catalogue; the search begins anew."""
        self._telling = False
        self._find.clear()
        self.model.show_sources(catalogue, sources)
        for column in range(self.model.columnCount()):
            width = self.view.sizeHintForColumn(column) + 8
            self.view.setColumnWidth(column, min(width, WIDEST))
        self._telling = True
        total = len(catalogue) if catalogue else 0
        self._count.setText(tr("{count:,} of {total:,}", count=len(sources), total=total))
        self.show_row(())

    def choose(self, source: int, row: tuple[tuple[str, str], ...]) -> None:
        """Show the source that was chosen elsewhere, without saying so."""
        at = self.model.row_of(source)
        self._telling = False
        if at is None:
            self.view.clearSelection()
        else:
            index = self.model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._telling = True
        self.show_row(row)

    def show_row(self, row: tuple[tuple[str, str], ...]) -> None:
        """Show all values of one source."""
        self._row.clear()
        self._row.addTopLevelItems([QTreeWidgetItem([name, _told(value)]) for name, value in row])
        self._row.resizeColumnToContents(0)
        self._copy.setEnabled(bool(row))

    @property
    def words(self) -> str:
        """The row that is shown, for tests."""
        items = [self._row.topLevelItem(i) for i in range(self._row.topLevelItemCount())]
        return "\n".join(f"{item.text(0)}\t{item.text(1)}" for item in items if item)

    def _row_chosen(self, now: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.chosen.emit(int(self.model.sources[now.row()]))


def _table(model: SourcesModel) -> QTableView:
    view = dress(QTableView(), "sources", spoken="Sources")
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSortingEnabled(True)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setStretchLastSection(True)
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    head.setResizeContentsPrecision(MEASURED)
    return view


def _told(value: str) -> str:
    """A value as the language writes numbers, where it is one."""
    try:
        float(value)
    except ValueError:
        return value
    return local(value)


def _row_view() -> QTreeWidget:
    view = dress(QTreeWidget(), "hdus", spoken="The chosen source")
    view.setColumnCount(2)
    view.setHeaderHidden(True)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    return view
