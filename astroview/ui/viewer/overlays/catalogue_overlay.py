"""A catalogue's sources over the picture: rings, as many as there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

COLOUR = QColor("#5ecbff")
RADIUS = 6.0
SIDE = 18  # of the ring's picture
REACH = 9.0  # so near a click must be


class Sources:
    """Places of sources in scene coordinates, painted as copies of one small picture."""

    def __init__(self, colour: QColor = COLOUR) -> None:
        self.shared: Callable[[Placing], bool] = lambda _: True  # as of `region_overlay.Shapes`
        self._colour = colour
        self._places: NDArray[np.float64] = np.empty((0, 2))
        self.chosen: int | None = None
        self._ring: QPixmap | None = None
        self._fragments: Any = None

    def __len__(self) -> int:
        return len(self._places)

    def show(self, places: NDArray[np.float64]) -> None:
        """Take other sources."""
        self._places, self.chosen = places, None

    @property
    def places(self) -> NDArray[np.float64]:
        """Places (N, 2) in scene coordinates."""
        return self._places

    @property
    def place_of_chosen(self) -> QPointF | None:
        """Where the chosen source lies, in scene coordinates."""
        return None if self.chosen is None else QPointF(*self._places[self.chosen].tolist())

    def near(self, at: Placing, point: QPointF) -> int | None:
        """The source next to a point of the screen, if any is close."""
        if not len(self._places):
            return None
        x, y = self._on_screen(at)
        distance = np.hypot(x - point.x(), y - point.y())
        best = int(np.argmin(distance))
        return best if distance[best] <= REACH else None

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not len(self._places) or not self.shared(at):
            return
        x, y = self._on_screen(at)
        clip = at.pane.clip
        seen = (x > clip.left() - SIDE) & (x < clip.right() + SIDE)
        seen &= (y > clip.top() - SIDE) & (y < clip.bottom() + SIDE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_rings(painter, x[seen], y[seen], at.ratio)
        if self.chosen is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = QPainterPath()
            middle = QPointF(float(x[self.chosen]), float(y[self.chosen]))
            ring.addEllipse(middle, RADIUS + 3, RADIUS + 3)
            outline_paint.stroke(painter, ring, outline_paint.ACCENT, 2.2)

    def _on_screen(self, at: Placing) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return outline_paint.on_screen(self._places, at)

    def _paint_rings(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64], ratio: float
    ) -> None:
        from pyqtgraph.Qt.internals import PrimitiveArray

        if self._ring is None or self._ring.devicePixelRatio() != ratio:
            self._ring = _ring(ratio, self._colour)
        if self._fragments is None:
            self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)
        self._fragments.resize(len(x))
        if len(x):
            side = SIDE * ratio
            one = self._fragments.ndarray()
            one[:, 0], one[:, 1] = x, y
            one[:, 2:] = (0, 0, side, side, 1 / ratio, 1 / ratio, 0, 1)
            painter.drawPixmapFragments(*self._fragments.drawargs(), self._ring)  # type: ignore[call-arg]


def _ring(ratio: float, colour: QColor) -> QPixmap:
    """One ring with its halo, at the screen's own resolution."""
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    circle = QRectF(SIDE / 2 - RADIUS, SIDE / 2 - RADIUS, 2 * RADIUS, 2 * RADIUS)
    for ink, width in ((outline_paint.HALO, 3.4), (colour, 1.5)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(circle)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
