"""Line icons of one set, tinted to the theme, sharp on every screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from astroview.core import resources
from astroview.ui.theme import Theme

DRAWN_IN = "#808080"  # the stroke colour in the files, replaced by the theme's
SIZES = (16, 20, 24, 32, 40, 48, 64)


@cache
def _drawing(name: str) -> str:
    return resources.icon(name).read_text("utf-8")


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour, ``size`` logical pixels wide."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    drawing = _drawing(name).replace(DRAWN_IN, colour)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(drawing.encode())).render(
        painter, QRectF(0, 0, result.width(), result.height())
    )
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, theme: Theme) -> QIcon:
    """An icon with normal, checked and disabled looks."""
    result = QIcon()
    for size in SIZES:
        result.addPixmap(pixmap(name, theme.text, size))
        result.addPixmap(pixmap(name, theme.faint, size), QIcon.Mode.Disabled)
        result.addPixmap(pixmap(name, theme.accent_text, size), QIcon.Mode.Normal, QIcon.State.On)
    return result


def app_icon() -> QIcon:
    """The application's own picture."""
    result = QIcon()
    for size in (16, 32, 48, 128, 256):
        result.addPixmap(pixmap("astroview", DRAWN_IN, size))
    return result
