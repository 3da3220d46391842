"""Line icons of one set, tinted to the theme, sharp on every screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from astroview.core import resources
from astroview.ui.widgets.theme import Theme

DRAWN_IN = "#808080"  # the stroke colour in the files, replaced by the theme's


@cache
def _drawing(name: str) -> str:
    return resources.icon(name).read_text("utf-8")


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour, ``size`` logical pixels wide."""
    drawing = _drawing(name).replace(DRAWN_IN, colour)
    result = _drawn(QSvgRenderer(QByteArray(drawing.encode())), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, theme: Theme) -> QIcon:
    """An icon with normal, checked and disabled looks, each drawn when it is first shown."""
    looks = theme.text, theme.accent_text, theme.faint
    return QIcon(_Engine(name, *looks))


class _Engine(QIconEngine):
    """Draws at the very size that is asked for: sharp at 125 % too, and nothing at the start."""

    def __init__(self, name: str, normal: str, checked: str, disabled: str) -> None:
        super().__init__()
        self._name, self._normal = name, normal
        self._checked, self._disabled = checked, disabled
        self._drawn: dict[tuple[str, int], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._normal, self._checked, self._disabled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        colour = self._checked if state is QIcon.State.On else self._normal
        colour = self._disabled if mode is QIcon.Mode.Disabled else colour
        side = min(size.width(), size.height())
        if (colour, side) not in self._drawn:
            self._drawn[colour, side] = pixmap(self._name, colour, side)
        return self._drawn[colour, side]

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        drawn = QPixmap(self.pixmap(size * scale, mode, state))
        drawn.setDevicePixelRatio(scale)
        return drawn

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    result = QPixmap(size, size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


def app_icon() -> QIcon:
    """The application's own picture."""
    result = QIcon()
    for size in (16, 32, 48, 128, 256):
        result.addPixmap(pixmap("astroview", DRAWN_IN, size))
    return result


def on_accent(name: str, theme: Theme) -> QIcon:
    """For a button that is filled, and no longer so when it is disabled."""
    made = QIcon(pixmap(name, theme.on_accent, 20, 2))
    made.addPixmap(pixmap(name, theme.faint, 20, 2), QIcon.Mode.Disabled)
    return made
