"""Frames in grey and in palettes, side by side."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from astroview.core.models.palette_set import MARK
from astroview.ui.enhance.palette_picker import title
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import Elided, dress, label
from astroview.ui.widgets.theme import Theme

COLUMNS = 6  # grey, and five palettes
SIDE = 96  # least pixels of a picture


class PaintedPicture(QWidget):
    """A picture as large as there is room, with rounded corners; its name is below it."""

    def __init__(self, file: Path, theme: Theme) -> None:
        super().__init__()
        self._picture, self._theme = QPixmap(str(file)), theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._picture.size()
        return round(width * size.height() / max(size.width(), 1))

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(SIDE, self.heightForWidth(SIDE))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = min(self.width() / self._picture.width(), self.height() / self._picture.height())
        box = QRectF(
            0.5, 0.5, self._picture.width() * scale - 1, self._picture.height() * scale - 1
        )
        shape = QPainterPath()
        shape.addRoundedRect(box, 5, 5)
        painter.setClipPath(shape)
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRoundedRect(box, 5, 5)


class PaintedFrames(QWidget):
    """A row of pictures for each frame."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[Path, QGridLayout] = {}
        self._names: dict[Path, list[str]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.pictures: list[PaintedPicture] = []

    @property
    def palettes(self) -> dict[str, list[str]]:
        """What is shown, by the frame's file name; "" is the frame in grey."""
        return {path.name: list(self._names[path]) for path in self._rows}

    def clear(self) -> None:
        """Show nothing."""
        self._rows, self._names, self.pictures = {}, {}, []
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def add(self, frame: Path, palette: str, file: Path) -> None:
        """Show a frame in a palette; "" is grey."""
        grid = self._row(frame)
        place = len(self._names[frame])
        self._names[frame].append(palette)
        picture = PaintedPicture(file, self._theme)
        words = title(palette.partition(MARK)[2] or palette) if palette else tr("Grey")
        picture.setToolTip(words)
        picture.setAccessibleName(words)
        caption = Elided(words, Qt.TextElideMode.ElideRight)
        dress(caption, "muted")
        grid.addWidget(picture, 1, place)
        grid.addWidget(caption, 2, place)
        self.pictures.append(picture)

    def cannot(self, frame: Path, why: str) -> None:
        """Say why a frame is not shown."""
        self._row(frame).addWidget(label(why, "muted", wrap=True), 1, 0, 1, COLUMNS)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for picture in self.pictures:
            picture.set_theme(theme)

    def _row(self, frame: Path) -> QGridLayout:
        if frame not in self._rows:
            block = QWidget()
            grid = QGridLayout(block)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(3)
            for column in range(COLUMNS):
                grid.setColumnStretch(column, 1)
            grid.addWidget(Elided(frame.name), 0, 0, 1, COLUMNS)
            self._column.addWidget(block)
            self._rows[frame], self._names[frame] = grid, []
        return self._rows[frame]
