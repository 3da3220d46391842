"""Regions, sources, contours and marks lie on tiles of their own sky alone."""

from __future__ import annotations

import numpy as np
import pytest
from astropy.wcs import WCS
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from astroview.core.colour.contour_lines import ContourLine
from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.region_files import shape_of
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.sky_map import sky_map
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.layer import Layer, Look
from astroview.ui.viewer.overlays.catalogue_overlay import Sources
from astroview.ui.viewer.overlays.contours import Contours
from astroview.ui.viewer.overlays.marks import Mark, Marks
from astroview.ui.viewer.overlays.pane_sky import PaneSky
from astroview.ui.viewer.overlays.region_overlay import Shapes
from astroview.ui.viewer.paint_layers import Overlay, Placing
from astroview.ui.viewer.panes import BEFORE, GRID, Pane
from astroview.ui.viewer.viewport import Viewport

SIDE = 200


def frame_at(right_ascension: float | None) -> Frame:
    wcs = None
    if right_ascension is not None:
        wcs = WCS(naxis=2)
        wcs.wcs.ctype, wcs.wcs.crval = ["RA---TAN", "DEC--TAN"], [right_ascension, 20.0]
        wcs.wcs.crpix, wcs.wcs.cdelt = [25, 25], [-1e-4, 1e-4]
        wcs.wcs.set()
    data = np.ones((50, 50), np.float32)
    return Frame("f", data.shape, 1, "linear", ArraySource(data), None, wcs=wcs)


def is_painted(overlay: Overlay, pane: int) -> bool:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    area = QRectF(0, 0, SIDE, SIDE)
    painter = QPainter(image)
    overlay.paint(painter, Placing(Viewport(25, 25, 4), Pane(area, area, pane)))
    painter.end()
    return bool((np.frombuffer(image.constBits(), np.uint32) != 0xFF808080).any())


@pytest.mark.parametrize(
    ("looked_at", "in_the_tile", "lies_there"),
    [(10.0, 10.0, True), (10.0, 40.0, False), (10.0, None, False), (None, 10.0, False),
     (None, None, True)],
)  # fmt: skip
def test_what_is_laid_over_a_frame_lies_on_tiles_of_its_own_sky_alone(
    looked_at: float | None, in_the_tile: float | None, lies_there: bool, background: Background
) -> None:
    frame, other = frame_at(looked_at), frame_at(in_the_tile)
    layer = Layer(other, other.scale, Look(Stretch("linear", 0, 1)), background)
    panes, sky = PaneSky(lambda _: layer), sky_map(frame, "icrs")
    shapes, sources = Shapes(), Sources()
    shapes.show((shape_of(Region("circle", ((25.0, 25.0),), (5.0,)), frame),))
    sources.show(np.array([[25.0, 25.0]]))
    contours, marks = Contours(), Marks()
    contours.show((ContourLine(1.0, (np.array([[20.0, 20.0], [30.0, 30.0]]),)),))
    marks.mark = Mark("line", (QPointF(20, 20), QPointF(30, 30)))
    for overlay in (shapes, sources, contours, marks):
        overlay.shared = lambda at: panes.shared(at, frame, sky)
        assert is_painted(overlay, BEFORE)
        assert is_painted(overlay, GRID + 1) == lies_there
