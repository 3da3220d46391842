"""The colours of a grey frame with the values they stand for, at the right of its picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from astroview.core.colour.band_stretch import BandStretch
from astroview.core.sky.number_text import significant
from astroview.ui.i18n.translate import local
from astroview.ui.render import colour_maps
from astroview.ui.render.layer import Layer
from astroview.ui.render.rendering import Look
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

WIDTH, MARGIN, TALLEST, SHORTEST = 14.0, 18.0, 320.0, 90.0
TICKS = 5
FINE = 4096  # grey levels that a tone is turned round on


class ColourBar:
    """Of the picture that a pane shows, on wish, or where its look has a legend; nothing for
    colour.
    """

    def __init__(self, layer_of: Callable[[Placing], Layer | None]) -> None:
        self.on = False
        self._layer_of = layer_of

    def paint(self, painter: QPainter, at: Placing) -> None:
        layer = self._layer_of(at)
        if layer is None or not (self.on or layer.look.legend):
            return
        if layer.frame.channels != 1 or layer.frame.chroma is not None:
            return
        area = at.pane.clip
        height = min(TALLEST, 0.5 * area.height())
        if height < SHORTEST or area.width() < 200:
            return
        box = QRectF(
            area.right() - MARGIN - WIDTH, area.top() + 0.12 * area.height(), WIDTH, height
        )
        painter.drawImage(box, ramp(layer.look))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(245, 245, 245, 220), 1))
        painter.drawRect(box)
        painter.setFont(outline_paint.small(painter.font()))
        title = " ".join(filter(None, (layer.look.legend, _bracketed(layer))))
        for part, value in ticks(layer.look):
            y = box.bottom() - part * box.height()
            painter.setPen(QPen(QColor(245, 245, 245, 220), 1))
            painter.drawLine(QPointF(box.left() - 4, y), QPointF(box.left(), y))
            self._label(painter, local(significant(value, 4)), box.left() - 7, y)
        if title:
            above = 1.25 * painter.fontMetrics().height()  # the topmost number
            self._label(painter, title, box.right() + 2, box.top() - above)

    def _label(self, painter: QPainter, text: str, right: float, y: float) -> None:
        plate = outline_paint.plate_of(painter, text)
        plate.moveCenter(QPointF(0, y))
        plate.moveRight(right)
        outline_paint.words(painter, plate, text)


def _bracketed(layer: Layer) -> str:
    """The unit, in brackets after a legend."""
    unit = layer.frame.unit
    return f"[{unit}]" if unit and layer.look.legend else unit


def ramp(look: Look) -> QImage:
    """The colours from the brightest level, at the top, to the darkest."""
    colours = colour_maps.table(look.colour_map)
    colours = colours if look.invert else colours[::-1]
    rgb = np.ascontiguousarray(np.repeat(colours[:, None], 2, 1))
    return QImage(rgb.data, 2, len(colours), 6, QImage.Format.Format_RGB888).copy()


def ticks(look: Look, count: int = TICKS) -> list[tuple[float, float]]:
    """(part of the bar from below, the value whose colour stands there)."""
    stretch = look.stretch.bands[0] if isinstance(look.stretch, BandStretch) else look.stretch
    u = np.linspace(0, 1, FINE, dtype=np.float32)
    shown = look.tone.apply(u)
    parts = np.linspace(0, 1, count)
    places = np.array([u[min(int(np.searchsorted(shown, part)), FINE - 1)] for part in parts])
    values = stretch.inverse(places.astype(np.float32))
    return [(float(p), float(v)) for p, v in zip(parts, values, strict=True)]
