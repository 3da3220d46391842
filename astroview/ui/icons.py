"""Line icons of one set, tinted to the theme, sharp on every screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
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
    drawing = _drawing(name).replace(DRAWN_IN, colour)
    result = _drawn(QSvgRenderer(QByteArray(drawing.encode())), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, theme: Theme) -> QIcon:
    """An icon with normal, checked and disabled looks."""
    result = QIcon()
    renderer = QSvgRenderer(QByteArray(_drawing(name).encode()))
    for size in SIZES:
        shape = _drawn(renderer, size)  # drawn once, filled three times: the window starts sooner
        result.addPixmap(_filled(shape, theme.text))
        result.addPixmap(_filled(shape, theme.faint), QIcon.Mode.Disabled)
        result.addPixmap(_filled(shape, theme.accent_text), QIcon.Mode.Normal, QIcon.State.On)
    return result


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    result = QPixmap(size, size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


def _filled(shape: QPixmap, colour: str) -> QPixmap:
    result = QPixmap(shape)
    painter = QPainter(result)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(result.rect(), QColor(colour))
    painter.end()
    return result


def app_icon() -> QIcon:
    """The application's own picture."""
    result = QIcon()
    for size in (16, 32, 48, 128, 256):
        result.addPixmap(pixmap("astroview", DRAWN_IN, size))
    return result
