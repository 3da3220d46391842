"""A compass and a scale bar say of each tile only what is known of its own frame."""

from __future__ import annotations

import numpy as np
import pytest
import waiting
from astropy.wcs import WCS
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.sky_map import sky_map
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.layer import Layer, Look
from astroview.ui.viewer.frames_on_grid import FramesOnGrid
from astroview.ui.viewer.overlays.compass_and_scale import Furniture, bar_room
from astroview.ui.viewer.overlays.pane_sky import PaneSky
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.panes import BEFORE, GRID, Pane
from astroview.ui.viewer.viewport import Viewport


def frame_of(side: int, *, sky: bool) -> Frame:
    wcs = None
    if sky:
        wcs = WCS(naxis=2)
        wcs.wcs.ctype, wcs.wcs.crval = ["RA---TAN", "DEC--TAN"], [10.0, 20.0]
        wcs.wcs.crpix, wcs.wcs.cdelt = [side / 2, side / 2], [-1e-4, 1e-4]
        wcs.wcs.set()
    data = np.ones((side, side), np.float32)
    return Frame("f", data.shape, 1, "linear", ArraySource(data), None, wcs=wcs)


def told(other: Frame, background: Background, app: QApplication) -> tuple[str, bool]:
    """The words of a tile's scale bar, and whether it has a compass, beside a frame with a sky."""
    base, grid = frame_of(50, sky=True), FramesOnGrid(background, app)
    waiting.in_window(lambda: grid.of(base, other, "wcs") is not None)
    laid = grid.of(base, other, "wcs")
    assert laid is not None
    layer = Layer(laid, laid.scale, Look(Stretch("linear", 0, 1)), background)
    shown = Furniture(PaneSky(lambda _: layer))
    shown.show(base, sky_map(base, "icrs"))
    area = QRectF(0, 0, 400, 400)
    bar, compass = shown.measured(Placing(Viewport(25, 25, 8), Pane(area, area, GRID + 1)))
    return bar.text if bar else "", compass is not None


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("side", [200, 640, 1600])
@pytest.mark.parametrize("points", [8, 12, 18])
def test_the_scale_bar_stays_in_its_room(side: int, points: int) -> None:
    """Where labels of the grid are not written."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    shown = Furniture(PaneSky(lambda _: None))
    shown.show(frame_of(50, sky=False), None)
    area = QRectF(0, 0, side, side)
    painter = QPainter(image)
    painter.setFont(QFont(painter.font().family(), points))
    shown.paint(painter, Placing(Viewport(25, 25, 8), Pane(area, area, BEFORE)))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(side, side)
    rows, columns = np.nonzero(pixels != 0xFF808080)
    assert rows.size
    painted = QRectF(columns.min(), rows.min(), np.ptp(columns), np.ptp(rows))
    assert bar_room(area).contains(painted)


def test_a_tile_borrows_no_sky(background: Background, qapp: QApplication) -> None:
    assert told(frame_of(50, sky=True), background, qapp) == ("2″", True)
    assert told(frame_of(50, sky=False), background, qapp) == ("10 px", False)
    assert told(frame_of(64, sky=False), background, qapp) == ("", False)
