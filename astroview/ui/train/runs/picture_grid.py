"""Rows of pictures of the same piece of sky: before, base, now, truth. A click enlarges a row."""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import tr
from astroview.ui.train.runs.run_pictures import RunPictures
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

GAP = 6
HEAD = 24  # of the columns' names
LEAST, MOST = 72, 320  # of a picture's side, while several rows are on show


@dataclass(frozen=True)
class PictureRow:
    """Paths of one row, one a column ("" for none), and what the row is called."""

    paths: tuple[str, ...]
    words: str = ""


def inside(folder: Path, name: str) -> str:
    """The path of a picture that a run named; "" for none, and for one outside its folder."""
    relative = PurePath(name)
    safe = name and not relative.is_absolute() and ".." not in relative.parts
    return str(folder / relative) if safe else ""


class PictureGrid(QWidget):
    """Paints rows of pictures; reads them from a store when they come into view.

    Signals
    -------
    enlarged : whether one row fills the grid
    """

    enlarged = Signal(bool)

    def __init__(self, columns: tuple[str, ...], pictures: RunPictures, theme: Theme) -> None:
        super().__init__()
        dress(self, "pictures", spoken="Pictures")
        self._columns, self._pictures, self._theme = columns, pictures, theme
        self._rows: tuple[PictureRow, ...] = ()
        self._last: dict[tuple[int, int], QImage] = {}
        self._large: int | None = None
        self._marked = -1  # the column whose name stands out
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Click a row to enlarge it"))
        pictures.changed.connect(self.update)

    def show_rows(self, rows: tuple[PictureRow, ...], marked: int = -1) -> None:
        """Show other pictures; what was on show stays until the new ones are there."""
        self._marked = marked
        if rows == self._rows:
            return
        if len(rows) != len(self._rows):
            self._last.clear()
            self._large = None if self._large is None or self._large >= len(rows) else self._large
        self._rows = rows
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def row_count(self) -> int:
        return len(self._rows)

    @property
    def large(self) -> int | None:
        """The row that is enlarged."""
        return self._large

    def enlarge(self, row: int | None) -> None:
        """Show one row as large as there is room; None shows all."""
        self._large = row if row is not None and row < len(self._rows) else None
        self._fit()
        self.update()
        self.enlarged.emit(self._large is not None)

    # ---- sizes -----------------------------------------------------------------------------

    @property
    def _side(self) -> int:
        free = self.width() - GAP * (len(self._columns) - 1)
        side = free // len(self._columns)
        return max(LEAST, side if self._large is not None else min(side, MOST))

    def _shown(self) -> list[int]:
        return list(range(len(self._rows))) if self._large is None else [self._large]

    def _fit(self) -> None:
        height = HEAD + len(self._shown()) * (self._side + GAP)
        if self.height() != height:
            self.setFixedHeight(max(height, HEAD))

    def sizeHint(self) -> QSize:
        return QSize(4 * MOST, HEAD + max(1, len(self._shown())) * (LEAST + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._side
        for column, name in enumerate(self._columns):
            marked = column == self._marked
            painter.setPen(QColor(self._theme.text if marked else self._theme.muted))
            place = QRect(column * (side + GAP), 0, side, HEAD - 4)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), tr(name))
        for at, row in enumerate(self._shown()):
            top = HEAD + at * (side + GAP)
            if top > event.rect().bottom() or top + side < event.rect().top():
                continue
            for column, path in enumerate(self._rows[row].paths[: len(self._columns)]):
                place = QRect(column * (side + GAP), top, side, side)
                self._paint(painter, place, (row, column), path)

    def _paint(self, painter: QPainter, place: QRect, key: tuple[int, int], path: str) -> None:
        picture = self._pictures.get(path) if path else QImage()
        if picture is None:
            picture = self._last.get(key, QImage())
        elif not picture.isNull():
            self._last[key] = picture
        painter.fillRect(place, QColor(self._theme.surround))
        if picture.isNull():
            pen = QPen(QColor(self._theme.faint), 1, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            return
        fitted = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, fitted.width(), fitted.height())
        target.moveCenter(place.center())
        reduced = picture.width() > fitted.width() * self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, reduced)
        painter.drawImage(QRectF(target), picture)

    # ---- hands -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._large is not None:
            self.enlarge(None)
            return
        row = int((event.position().y() - HEAD) // (self._side + GAP))
        if 0 <= row < len(self._rows) and len(self._rows) > 1:
            self.enlarge(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through the rows of an enlarged grid, Esc shows all."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if self._large is not None and event.key() in steps:
            self.enlarge((self._large + steps[Qt.Key(event.key())]) % len(self._rows))
        elif self._large is not None and event.key() == Qt.Key.Key_Escape:
            self.enlarge(None)
        elif self._large is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(0)
        else:
            super().keyPressEvent(event)
