"""Thumbnails of files that were judged, to look over and to overrule."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from astroview.core.messages.curate_messages import Judged
from astroview.ui.i18n.translate import tr
from astroview.ui.train.curation.judged_files import ROW, ShownFiles, second_line
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

PICTURE = QSize(136, 104)
CELL = QSize(152, 158)
KEPT = 2000  # pictures in memory, about 40 kB each
OPACITY = {"accepted": 1.0, "refused": 0.4}


class GridPictures:
    """Thumbnails, read when they come into view (a fraction of a millisecond each)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, QImage] = OrderedDict()

    def of(self, path: str) -> QImage:
        """The picture; a null one when there is none."""
        if path not in self._kept:
            self._kept[path] = QImage(path) if path else QImage()
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[path]

    def clear(self) -> None:
        """Forget all: files may have changed."""
        self._kept.clear()


class CellPainter(QStyledItemDelegate):
    """Paints a picture, its name, and its verdict."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self.theme = view, theme
        self.pictures = GridPictures()
        self._marks: dict[tuple[str, str], QPixmap] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return CELL

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Judged = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option, index)
        cell = QRect(option.rect)
        at = QRect(cell.left() + 8, cell.top() + 8, PICTURE.width(), PICTURE.height())
        self._paint_picture(painter, at, row)
        self._paint_words(painter, cell, option.font, row)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = self._view.currentIndex() == index and self._view.hasFocus()
        place = QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5)
        if selected or hovered:
            fill = QColor(self.theme.hover)
            fill.setAlphaF(1.0 if selected else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(place, 7, 7)
        if current or selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent if current else self.theme.faint), 1))
            painter.drawRoundedRect(place, 7, 7)

    def _paint_picture(self, painter: QPainter, at: QRect, row: Judged) -> None:
        picture = self.pictures.of(row.thumbnail)
        place = QRectF(at)
        if not picture.isNull():
            size = picture.size().scaled(at.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(at).center())
            place.moveLeft(at.left())  # above its name
        shape = QPainterPath()
        shape.addRoundedRect(place, 5, 5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(place, QColor(self.theme.field))
        painter.setOpacity(OPACITY[row.verdict])
        if picture.isNull():
            mark = self._mark("no_data", self.theme.muted, 28)
            painter.drawPixmap(at.center().x() - 14, at.center().y() - 14, mark)
        else:
            painter.drawImage(place, picture)
        painter.restore()

    def _paint_words(self, painter: QPainter, cell: QRect, font: QFont, row: Judged) -> None:
        left, width = cell.left() + 8, cell.width() - 16
        name = QRect(left, cell.top() + 116, width, 17)
        below = QRect(left, cell.top() + 133, width, 17)
        refused = row.verdict == "refused"
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        colour = self.theme.muted if refused else self.theme.text
        _write(painter, name, font, colour, PurePath(row.path).name)
        tint = self.theme.danger if refused else self.theme.muted
        if row.overruled:
            tint = self.theme.accent_text
        mark = "error" if refused else "done"
        painter.drawPixmap(below.left(), below.center().y() - 6, self._mark(mark, tint, 13))
        words = second_line(row)
        if row.overruled and not refused:
            words = tr("Accepted by you")
        _write(painter, below.adjusted(18, 0, 0, 0), small, tint, words)

    def _mark(self, name: str, colour: str, size: int) -> QPixmap:
        if (name, colour) not in self._marks:
            ratio = self._view.devicePixelRatioF()
            self._marks[name, colour] = icons.pixmap(name, colour, size, ratio)
        return self._marks[name, colour]


class VerdictGrid(QListView):
    """The thumbnails.

    Signals
    -------
    wished : bool; the selected files shall be accepted, or refused
    toggled : `Judged`; this file's verdict shall be the other one
    """

    wished = Signal(bool)
    toggled = Signal(object)

    def __init__(self, shown: ShownFiles, theme: Theme) -> None:
        super().__init__()
        dress(self, "verdicts", spoken="Files that were judged")
        self.setModel(shown)
        self._painter = CellPainter(self, theme)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setViewportMargins(10, 0, 4, 0)
        self.doubleClicked.connect(lambda index: self.toggled.emit(index.data(ROW)))

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.viewport().update()

    def forget_pictures(self) -> None:
        """Files may have changed."""
        self._painter.pictures.clear()

    def selected(self) -> list[Judged]:
        """The selected files, in their order."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [index.data(ROW) for index in indexes]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts, Delete refuses, Space takes the other verdict."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wished.emit(True)  # noqa: FBT003 - a signal has no names
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.wished.emit(False)  # noqa: FBT003
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().data(ROW))
        else:
            super().keyPressEvent(event)


def _write(painter: QPainter, place: QRect, font: QFont, colour: str, text: str) -> None:
    metrics = QFontMetrics(font)
    short = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
