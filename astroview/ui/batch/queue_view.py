"""The table of the queue: many rows, keyboard, and dragging rows to another place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from astroview.ui.batch.queue_filter import QueueFilter
from astroview.ui.batch.queue_model import MOVABLE, ROW, Column, Row
from astroview.ui.batch.row_painter import HEIGHT, SIDE, RowPainter
from astroview.ui.batch.row_thumbnails import Thumbnails
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

MANY = 200
NARROW = 640  # below this, results are told by their picture alone


class QueueView(QTableView):
    """Shows a filtered queue.

    Signals
    -------
    opened : `Row`; its result is wanted on screen
    picked : the selection changed
    menu_wanted : `QPoint` on the screen
    """

    opened = Signal(object)
    picked = Signal()
    menu_wanted = Signal(object)

    def __init__(self, shown: QueueFilter, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        dress(self, "queue", spoken="Queue of frames")
        self._painter = RowPainter(self, thumbnails, theme)
        self.setModel(shown)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._shape_headers()
        self.doubleClicked.connect(self._open)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))
        self.customContextMenuRequested.connect(self._say_menu)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        thumbnails.changed.connect(self.viewport().update)

    def _shape_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(HEIGHT)
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(Column.FRAME, QHeaderView.ResizeMode.Stretch)
        columns.setMinimumSectionSize(SIDE + 16)

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.viewport().update()

    # ---- what is selected ----------------------------------------------------------------

    def selected(self) -> tuple[Row, ...]:
        """The selected frames, top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(index.data(ROW) for index in indexes)

    def has_selection(self) -> bool:
        return self.selectionModel().hasSelection()

    def can_move(self) -> bool:
        """Whether a frame that waits is selected (of many, the first are looked at)."""
        indexes = self.selectionModel().selectedRows()[:MANY]
        return any(index.data(ROW).state in MOVABLE for index in indexes)

    def current(self) -> Row | None:
        """The frame that the keyboard is on."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def open_current(self) -> None:
        """As if the row were double-clicked."""
        row = self.current()
        if row:
            self.opened.emit(row)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW))

    def _say_menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    # ---- events --------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.open_current()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        narrow = width < NARROW
        self.setColumnWidth(Column.STATE, 124)
        self.setColumnWidth(Column.TIME, 84)
        self.setColumnWidth(Column.RESULT, SIDE + 20 if narrow else max(220, width // 4))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Rows of its own are moved; files from elsewhere are for the window."""
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.source() is self:
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self:
            super().dropEvent(event)
        else:
            event.ignore()
