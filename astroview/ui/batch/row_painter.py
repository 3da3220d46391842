"""How a row of the queue is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from astroview.ui.batch import batch_text
from astroview.ui.batch.queue_model import DONE, ROW, Column, Row
from astroview.ui.batch.row_thumbnails import Thumbnails
from astroview.ui.widgets import icons
from astroview.ui.widgets.theme import Theme

HEIGHT = 56
SIDE = 42  # of a thumbnail
EDGE = 14  # left and right of the table, as in the panels
MARKS = {"done": "done", "skipped": "done", "failed": "error", "cancelled": "cancel"}


class RowPainter(QStyledItemDelegate):
    """Paints thumbnails, name and second line, state, time, and result."""

    def __init__(self, view: QTableView, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._thumbnails, self.theme = view, thumbnails, theme
        self.hovered = -1  # row below the mouse; Qt knows of the cell alone
        self._marks: dict[tuple[str, str], QPixmap] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option, index)
        place = QRect(option.rect).adjusted(8, 0, -8, 0)
        match index.column():
            case Column.FRAME:
                self._paint_frame(painter, place.adjusted(EDGE - 8, 0, 0, 0), option.font, row)
            case Column.STATE:
                self._paint_state(painter, place, option.font, row)
            case Column.TIME:
                text = batch_text.time_of(row)
                self._write(painter, place, option.font, self.theme.muted, text, right=True)
            case _:
                self._paint_result(painter, place, option.font, row)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self.hovered
        if selected or hovered:
            fill = QColor(self.theme.hover)
            fill.setAlphaF(1.0 if selected else 0.4)
            painter.fillRect(option.rect, fill)
        current = self._view.currentIndex().row() == index.row() and self._view.hasFocus()
        if index.column() == Column.FRAME and (selected or current):
            bar = QRectF(option.rect.left() + 2, option.rect.top() + 9, 3, HEIGHT - 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent if current else self.theme.faint))
            painter.drawRoundedRect(bar, 1.5, 1.5)

    # ---- cells -------------------------------------------------------------------------

    def _paint_frame(self, painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
        self._paint_picture(painter, place, row.before or row.path, row.state == "cancelled")
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        words = place.adjusted(SIDE + 12, 0, 0, 0)
        middle = place.center().y()
        first = QRect(words.left(), middle - 19, words.width(), 20)
        second = QRect(words.left(), middle + 1, words.width(), 18)
        faded = row.state in ("cancelled", "skipped")
        colour = self.theme.muted if faded else self.theme.text
        self._write(painter, first, font, colour, row.name)
        colour = self.theme.danger if row.state == "failed" else self.theme.muted
        if row.warnings and row.state == "done":
            colour = self.theme.accent_text
        self._write(painter, second, small, colour, batch_text.second_line(row))

    def _paint_state(self, painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
        theme = self.theme
        colour = {"failed": theme.danger, "running": theme.text, "done": theme.text}.get(
            row.state, theme.muted
        )
        mark = MARKS.get(row.state)
        if mark:
            tint = theme.muted if row.state != "failed" else theme.danger
            painter.drawPixmap(place.left(), place.center().y() - 8, self._mark(mark, tint))
        words = place.adjusted(23 if mark else 0, 0, 0, 0)
        if row.state == "running":
            self._paint_bar(painter, QRectF(place.left(), place.center().y() + 9, 84, 4), row.part)
            words.translate(0, -5)
        self._write(painter, words, font, colour, batch_text.state(row))

    def _paint_bar(self, painter: QPainter, place: QRectF, part: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRoundedRect(place, 2, 2)
        painter.setBrush(QColor(self.theme.accent))
        place.setWidth(max(4.0, place.width() * part))
        painter.drawRoundedRect(place, 2, 2)

    def _paint_result(self, painter: QPainter, place: QRect, font: QFont, row: Row) -> None:
        if row.state not in DONE:
            if row.target and place.width() > SIDE + 70 and row.state in ("waiting", "running"):
                words = place.adjusted(SIDE + 12, 0, 0, 0)
                name = row.target.replace("\\", "/").rpartition("/")[2]
                self._write(painter, words, font, self.theme.faint, name)
            return
        self._paint_picture(painter, place, row.after or row.target, faded=False)
        if place.width() > SIDE + 70:
            words = place.adjusted(SIDE + 12, 0, 0, 0)
            name = row.target.replace("\\", "/").rpartition("/")[2]
            self._write(painter, words, font, self.theme.muted, name)

    # ---- strokes -------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter, place: QRect, path: str, faded: bool) -> None:
        at = QRect(place.left(), place.center().y() - SIDE // 2 + 1, SIDE, SIDE)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(at), 4, 4)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(at, QColor(self.theme.field))
        picture: QImage | None = self._thumbnails.get(path) if path else None
        if picture is not None and not picture.isNull():
            painter.setOpacity(0.45 if faded else 1.0)
            painter.drawImage(at, picture)
        painter.restore()

    def _mark(self, name: str, colour: str) -> QPixmap:
        if (name, colour) not in self._marks:
            ratio = self._view.devicePixelRatioF()
            self._marks[name, colour] = icons.pixmap(name, colour, 16, ratio)
        return self._marks[name, colour]

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        font: QFont,
        colour: str,
        text: str,
        right: bool = False,
    ) -> None:
        metrics = QFontMetrics(font)
        short = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.setFont(font)
        painter.setPen(QColor(colour))
        x = place.right() - metrics.horizontalAdvance(short) if right else place.left()
        base = place.center().y() + (metrics.ascent() - metrics.descent()) // 2 + 1
        painter.drawText(QPoint(x, base), short)
