"""Tiles in rows that fill a view: where each stands is computed, so that a hundred thousand cost
what fifty do. Qt's own list lays all of them out whenever one comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint
MARGIN = 10  # pixels beside the tiles


class TileView(QListView):
    """A view of a list model as tiles of one size.

    Signals
    -------
    seen : (first, last); other rows are on show, or rows of theirs changed place
    """

    seen = Signal(int, int)

    def __init__(self, cell: QSize) -> None:
        super().__init__()
        self._cell = cell
        self._anchor = self._reached = 0  # rows between which the keyboard and the mouse select
        self._shown = (0, -1)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._say_seen)

    # ---- where tiles stand -------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many tiles there are."""
        model = self.model()
        return model.rowCount() if model else 0

    @property
    def columns(self) -> int:
        """How many stand in a row."""
        return max(1, (self.viewport().width() - 2 * MARGIN) // self._cell.width())

    @property
    def on_show(self) -> tuple[int, int]:
        """The first and the last row that is at least partly in view; (0, -1) for none."""
        top, height = self.verticalOffset(), self.viewport().height()
        first = top // self._cell.height() * self.columns
        last = ((top + height - 1) // self._cell.height() + 1) * self.columns - 1
        return min(first, self.count), min(last, self.count - 1)

    def set_cell(self, cell: QSize) -> None:
        """Tiles of another size; the current one, or the first in view, stays in view."""
        if cell == self._cell:
            return
        first = self.on_show[0]
        keep = self.currentIndex()
        self._cell = cell
        self.updateGeometries()
        kept = keep if keep.isValid() else self.model().index(first, 0)
        if kept.isValid():
            self.scrollTo(kept, Hint.PositionAtCenter if keep.isValid() else Hint.PositionAtTop)
        self.viewport().update()
        self._say_seen()

    def visualRect(self, index: Index) -> QRect:
        return self._place(index.row()) if index.isValid() else QRect()

    def _place(self, row: int) -> QRect:
        columns, height = self.columns, self._cell.height()
        width = (self.viewport().width() - 2 * MARGIN) // columns
        left = MARGIN + row % columns * width
        top = row // columns * height - self.verticalOffset()
        return QRect(left, top, max(width, self._cell.width()), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        columns = self.columns
        width = max((self.viewport().width() - 2 * MARGIN) // columns, self._cell.width())
        column = (point.x() - MARGIN) // width
        row = (point.y() + self.verticalOffset()) // self._cell.height() * columns + column
        inside = 0 <= column < columns and 0 <= row < self.count
        return self.model().index(row, 0) if inside else QModelIndex()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        if not index.isValid():
            return
        bar, place, height = (
            self.verticalScrollBar(),
            self.visualRect(index),
            self.viewport().height(),
        )
        top = place.top() + self.verticalOffset()
        if hint == Hint.PositionAtCenter:
            bar.setValue(top - (height - place.height()) // 2)
        elif hint == Hint.PositionAtTop or (hint == Hint.EnsureVisible and place.top() < 0):
            bar.setValue(top)
        elif hint == Hint.PositionAtBottom or place.bottom() >= height:
            bar.setValue(top + place.height() - height)

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        rows = -(-self.count // self.columns)
        bar.setSingleStep(self._cell.height() // 4)
        bar.setPageStep(max(height // self._cell.height(), 1) * self._cell.height())
        bar.setRange(0, max(0, rows * self._cell.height() - height))

    def doItemsLayout(self) -> None:
        """Nothing is laid out; only how far one may scroll is told anew."""
        self.updateGeometries()
        self.viewport().update()
        self._say_seen()

    def reset(self) -> None:
        """Other rows, perhaps: what was selected is not."""
        super().reset()
        self._anchor = self._reached = 0
        self.doItemsLayout()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.on_show[0]
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        if first and not self.currentIndex().isValid():
            self.verticalScrollBar().setValue(first // self.columns * self._cell.height())
        self._say_seen()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # ---- what is selected --------------------------------------------------------------------

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not self.count:
            return QModelIndex()
        now = self.currentIndex().row()
        if now < 0:
            row = self.on_show[0]
        else:
            row = min(max(now + self._step(action, now), 0), self.count - 1)
        self._reached = row
        if not modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = row
        return self.model().index(row, 0)

    def _step(self, action: Action, now: int) -> int:
        columns = self.columns
        page = max(self.viewport().height() // self._cell.height(), 1) * columns
        steps = {
            Action.MoveLeft: -1, Action.MovePrevious: -1, Action.MoveRight: 1, Action.MoveNext: 1,
            Action.MoveUp: -columns if now >= columns else 0,
            Action.MoveDown: columns if now + columns < self.count else 0,
            Action.MovePageUp: -page, Action.MovePageDown: page,
            Action.MoveHome: -now, Action.MoveEnd: self.count - 1 - now,
        }  # fmt: skip
        return steps[action]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._reached = index.row()
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = index.row()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid():
                self._reached = index.row()
        QAbstractItemView.mouseMoveEvent(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        QAbstractItemView.mouseReleaseEvent(self, event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """All tiles from where it began to where it is now, as words in a text are selected."""
        first, last = sorted((self._anchor, self._reached))
        model = self.model()
        chosen = QItemSelection()
        if first >= 0 and last < self.count:
            chosen.select(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(chosen, command)

    def set_current(self, row: int) -> None:
        """Put the keyboard on a row, and select it alone."""
        if 0 <= row < self.count:
            self._anchor = self._reached = row
            index = self.model().index(row, 0)
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these rows and no others; the keyboard stays where it is."""
        chosen, model = QItemSelection(), self.model()
        for first, last in runs(rows):
            chosen.select(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_rows(self) -> list[int]:
        """Rows that are selected, in their order."""
        chosen = self.selectionModel().selection()
        ranges = [(chosen.at(i).top(), chosen.at(i).bottom()) for i in range(chosen.count())]
        return sorted({row for top, bottom in ranges for row in range(top, bottom + 1)})

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    # ---- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        first, last = self.on_show
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        model, chosen, dirty = self.model(), self.selectionModel(), event.rect()
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        hovered = under.row() if self.viewport().underMouse() else -1
        usual = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        for row in range(first, last + 1):
            place = self._place(row)
            if not place.intersects(dirty):
                continue
            index = model.index(row, 0)
            option.rect = place  # type: ignore[assignment]
            option.state = usual  # type: ignore[assignment]
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected  # type: ignore[operator]
            if row == hovered:
                option.state |= QStyle.StateFlag.State_MouseOver  # type: ignore[operator]
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _say_seen(self) -> None:
        self._shown = self.on_show
        self.seen.emit(*self._shown)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted numbers as (first, last) of runs without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found
