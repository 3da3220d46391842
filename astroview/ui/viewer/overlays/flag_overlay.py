"""Flagged pixels over the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from astroview.ui.viewer.paint_layers import Placing

COLOUR = (255, 140, 40, 150)  # orange, told from the blue of no data and the red of saturation


class Flags:
    """A picture of flags in scene coordinates."""

    def __init__(self) -> None:
        self.mask: NDArray[np.bool_] | None = None
        self._image: QImage | None = None
        self._scene = QRectF()

    def show(self, mask: NDArray[np.bool_] | None, shape: tuple[int, int]) -> None:
        """Take other flags of a frame of (H, W), or none."""
        self.mask, self._image = mask, None
        if mask is None:
            return
        pixels = np.zeros((*mask.shape, 4), np.uint8)
        pixels[mask] = COLOUR
        height, width = mask.shape
        made = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        self._image = made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        self._scene = QRectF(0, 0, shape[1], shape[0])

    def paint(self, painter: QPainter, at: Placing) -> None:
        if self._image is not None:
            painter.setTransform(at.transform, combine=True)
            painter.drawImage(self._scene, self._image, QRectF(self._image.rect()))
