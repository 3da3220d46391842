"""Scale bar (bottom left) and compass (bottom right)."""

from __future__ import annotations

from math import atan2, cos, hypot, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from astroview.core.frame import Frame
from astroview.core.sky.compass import Compass, ScaleBar, compass_at, scale_bar
from astroview.core.sky.sky_map import SkyMap, scale_at
from astroview.ui.i18n.translate import local
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.overlays.pane_sky import PaneSky
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.viewport import Viewport

MARGIN = 18.0
ARM = 30.0  # length of the compass's arrows
BAR_PART = 0.24  # of a pane's width, at most
BAR_HEIGHT = 40.0  # with its words, large ones too


class Furniture:
    """Compass and scale bar of the frame that a pane shows; measured at the middle of the view."""

    def __init__(self, panes: PaneSky) -> None:
        self.on, self._panes = True, panes
        self._frame: Frame | None = None
        self._sky: SkyMap | None = None

    def show(self, frame: Frame | None, sky: SkyMap | None) -> None:
        """Take another frame; without ``sky`` the bar is in pixels and there is no compass."""
        self._frame, self._sky = frame, sky

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.on or self._frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(outline_paint.small(painter.font()))
        bar, compass = self.measured(at)
        area = at.pane.area
        if bar is not None and area.width() > 160 and area.height() > 120:
            _paint_bar(painter, area, bar)
        if compass is not None and area.width() > 220 and area.height() > 160:
            _paint_compass(painter, area, compass, at.view)

    def measured(self, at: Placing) -> tuple[ScaleBar | None, Compass | None]:
        """What a pane shows; lengths in points of the screen."""
        view, most = at.view, at.pane.area.width() * BAR_PART
        sky, times = self._sky, 1.0
        if self._frame is not None:
            sky, times = self._panes.of(at, self._frame, sky)
        scale = scale_at(sky, view.x * times, view.y * times) if sky else None
        per_point = scale * times / view.zoom if scale else None
        if per_point is None and self._panes.resampled(at):
            bar = None  # of the pixels of another frame
        elif per_point is None:
            bar = scale_bar(None, most / view.zoom)
            bar = ScaleBar(bar.text, bar.pixels * view.zoom) if bar else None
        else:
            bar = scale_bar(per_point, most)
        return bar, compass_at(sky, view.x * times, view.y * times) if sky else None


def bar_room(area: QRectF) -> QRectF:
    """Where the scale bar stands in a pane: other words are not to be written there."""
    high, wide = MARGIN + BAR_HEIGHT, 2 * MARGIN + BAR_PART * area.width()
    return QRectF(area.left(), area.bottom() - high, wide, high)


def _paint_bar(painter: QPainter, area: QRectF, bar: ScaleBar) -> None:
    y, left = area.bottom() - MARGIN, area.left() + MARGIN
    path = QPainterPath(QPointF(left, y - 4))
    for point in ((left, y), (left + bar.pixels, y), (left + bar.pixels, y - 4)):
        path.lineTo(*point)
    outline_paint.stroke(painter, path, width=2.0)
    plate = outline_paint.plate_of(painter, local(bar.text))
    plate.moveCenter(QPointF(left + bar.pixels / 2, y - plate.height() / 2 - 7))
    plate.moveLeft(max(plate.left(), area.left() + MARGIN - 4))
    outline_paint.words(painter, plate, local(bar.text))


def _paint_compass(painter: QPainter, area: QRectF, compass: Compass, view: Viewport) -> None:
    middle = QPointF(area.right() - MARGIN - ARM - 14, area.bottom() - MARGIN - ARM - 8)
    for way, letter in ((compass.north, "N"), (compass.east, "E")):
        dx, dy = view.direction(*way)
        length = ARM if letter == "N" else ARM * 0.8
        outline_paint.stroke(painter, _arrow(middle, dx * length, dy * length), width=1.8)
        plate = outline_paint.plate_of(painter, letter)
        plate.moveCenter(middle + QPointF(dx * (length + 13), dy * (length + 13)))
        outline_paint.words(painter, plate, letter)


def _arrow(start: QPointF, dx: float, dy: float) -> QPainterPath:
    tip, turn = start + QPointF(dx, dy), atan2(dy, dx)
    path = QPainterPath(start)
    path.lineTo(tip)
    if hypot(dx, dy) > 8:
        for side in (-2.6, 2.6):
            path.moveTo(tip)
            path.lineTo(tip + QPointF(cos(turn + side), sin(turn + side)) * 7)
    return path
