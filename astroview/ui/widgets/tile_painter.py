"""How a tile looks: a picture, its name, and a line of what is to be known of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.widgets import icons
from astroview.ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Tint = Literal["muted", "danger", "accent_text"]
PICTURE = QSize(136, 104)
EDGE = 8  # around the picture
FADED = 0.4
ROUND = 5  # corners
KEPT = 600  # pictures as they are on the screen
SMALL = 0.88  # of the usual letters


@dataclass(frozen=True)
class TileLook:
    """What a tile shows; ``picture`` None: it is still to come, a null one: there is none.

    ``mark`` is the icon before the second line, ``stars`` (of five) stand at its end.
    """

    title: str
    second: str = ""
    mark: str = ""
    tint: Tint = "muted"
    picture: QImage | None = None
    faded: bool = False
    stars: int = 0


def cell_of(picture: QSize, font: QFont) -> QSize:
    """The size of a tile with a picture of that size and two lines of text."""
    line = QFontMetrics(font).height() + 1
    return QSize(picture.width() + 2 * EDGE, picture.height() + 2 * line + 2 * EDGE + 6)


class TilePainter(QStyledItemDelegate):
    """Paints tiles.

    Parameters
    ----------
    tile
        What is shown of an index.
    """

    def __init__(self, view: QListView, theme: Theme, tile: Callable[[Index], TileLook]) -> None:
        super().__init__(view)
        self._view, self.theme, self._tile = view, theme, tile
        self.picture = PICTURE
        self._marks: dict[tuple[str, str], QPixmap] = {}
        self._drawn: OrderedDict[tuple[int, int, int, bool], QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return cell_of(self.picture, option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = self._tile(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        cell = QRect(option.rect)
        size = self.picture
        at = QRect(cell.left() + EDGE, cell.top() + EDGE, size.width(), size.height())
        self._paint_picture(painter, at, tile)
        self._paint_words(painter, cell, option.font, tile)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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

    def _paint_picture(self, painter: QPainter, at: QRect, tile: TileLook) -> None:
        picture = tile.picture
        if picture is not None and not picture.isNull():
            drawn = self._rounded(picture, tile.faded)
            height = round(drawn.height() / drawn.devicePixelRatioF())
            # Above its name.
            painter.drawPixmap(at.left(), at.top() + (at.height() - height) // 2, drawn)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.field))
        painter.drawRoundedRect(QRectF(at), ROUND, ROUND)
        if picture is not None:
            mark = self._mark("no_data", self.theme.muted, 28)
            painter.drawPixmap(at.center().x() - 14, at.center().y() - 14, mark)

    def _rounded(self, picture: QImage, faded: bool) -> QPixmap:
        """A picture as it is on the screen, kept: to scale and to clip costs more than to copy."""
        ratio = self._view.devicePixelRatioF()
        room = self.picture * ratio
        key = (picture.cacheKey(), room.width(), room.height(), faded)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._draw(picture, room, ratio, faded)
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        return drawn

    def _draw(self, picture: QImage, room: QSize, ratio: float, faded: bool) -> QPixmap:
        size = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSize(1, 1))
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape, place = QPainterPath(), QRectF(drawn.rect())
        shape.addRoundedRect(place, ROUND * ratio, ROUND * ratio)
        painter.setClipPath(shape)
        painter.fillRect(place, QColor(self.theme.field))
        painter.setOpacity(FADED if faded else 1.0)
        painter.drawImage(place, picture)
        painter.end()
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self.theme = theme
        self._drawn.clear()

    def _paint_words(self, painter: QPainter, cell: QRect, font: QFont, tile: TileLook) -> None:
        line = QFontMetrics(font).height() + 1
        left, width = cell.left() + EDGE, cell.width() - 2 * EDGE
        name = QRect(left, cell.top() + self.picture.height() + EDGE + 4, width, line)
        below = name.translated(0, line)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * SMALL)
        colour = self.theme.muted if tile.faded else self.theme.text
        _write(painter, name, font, colour, tile.title)
        tint = getattr(self.theme, tile.tint)
        if tile.mark:
            mark = self._mark(tile.mark, tint, 13)
            painter.drawPixmap(below.left(), below.center().y() - 6, mark)
            below.setLeft(below.left() + 18)
        if tile.stars:
            below.setRight(min(below.right(), cell.left() + EDGE + self.picture.width()))
            below.setRight(below.right() - self._paint_stars(painter, below, small, tile.stars) - 4)
        if tile.second:
            _write(painter, below, small, tint, tile.second, Qt.TextElideMode.ElideRight)

    def _paint_stars(self, painter: QPainter, place: QRect, font: QFont, stars: int) -> int:
        """Stars at the end of a line; returns how wide they are."""
        text = "★" * stars
        painter.setFont(font)
        painter.setPen(QColor(self.theme.accent_text))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return QFontMetrics(font).horizontalAdvance(text)

    def _mark(self, name: str, colour: str, size: int) -> QPixmap:
        if (name, colour) not in self._marks:
            ratio = self._view.devicePixelRatioF()
            self._marks[name, colour] = icons.pixmap(name, colour, size, ratio)
        return self._marks[name, colour]


def _write(
    painter: QPainter,
    place: QRect,
    font: QFont,
    colour: str,
    text: str,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> None:
    """Names are cut in their middle, since they differ at their ends; sentences at theirs."""
    short = QFontMetrics(font).elidedText(text, elide, place.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
