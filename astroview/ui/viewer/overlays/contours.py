"""Lines of equal value over the picture: the frame's own, or another frame's by the sky."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QPainter, QPainterPath

from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

if TYPE_CHECKING:
    from astroview.core.colour.contour_lines import ContourLine

COLOUR = QColor("#6ad5ff")


class Contours:
    """Polylines in scene coordinates."""

    def __init__(self) -> None:
        self.shared: Callable[[Placing], bool] = lambda _: True  # as of `region_overlay.Shapes`
        self.lines: tuple[ContourLine, ...] = ()
        self._path = QPainterPath()

    def show(self, lines: tuple[ContourLine, ...]) -> None:
        """Take other lines; gaps (NaN) interrupt them."""
        self.lines, self._path = lines, QPainterPath()
        for one in lines:
            for line in one.lines:
                down = False
                for x, y in line:
                    if not np.isfinite(x + y):
                        down = False
                    elif down:
                        self._path.lineTo(x, y)
                    else:
                        self._path.moveTo(x, y)
                        down = True

    def paint(self, painter: QPainter, at: Placing) -> None:
        if self._path.isEmpty() or not self.shared(at):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline_paint.stroke(painter, at.transform.map(self._path), COLOUR, 0.9)
