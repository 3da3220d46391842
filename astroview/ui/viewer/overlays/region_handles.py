"""The chosen regions over the picture, with the handles that change them."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from astroview.ui.viewer.overlays import outline_paint, region_overlay
from astroview.ui.viewer.paint_layers import Placing

if TYPE_CHECKING:
    from astroview.core.sky.region_files import RegionShape
    from astroview.core.sky.regions.region_edits import Handle

KNOB = 3.5
AWAY = 22.0  # points of the screen between a region and the knob that turns it


class RegionHandles:
    """Paints what is chosen; its knobs lie where `knobs` says."""

    def __init__(self) -> None:
        self.shared: Callable[[Placing], bool] = lambda _: True  # as of `region_overlay.Shapes`
        self.shapes: tuple[RegionShape, ...] = ()
        self.corners: tuple[QPointF, ...] = ()  # of a polygon that is still being drawn
        self._handles: tuple[tuple[Handle, QPointF, QPointF], ...] = ()

    def show(
        self,
        shapes: tuple[RegionShape, ...],
        handles: tuple[tuple[Handle, QPointF, QPointF], ...],
    ) -> None:
        """Take what is chosen, and (handle, its place, the region's middle) of what is changed."""
        self.shapes, self._handles = shapes, handles

    def knobs(self, at: Placing) -> list[tuple[Handle, QPointF]]:
        """The handles and the points of the screen where they are taken."""
        return [
            (handle, _knob(handle, place, middle, at)) for handle, place, middle in self._handles
        ]

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.shared(at):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self.corners) > 1:
            outline = QPainterPath(at.point(self.corners[0]))
            for corner in self.corners[1:]:
                outline.lineTo(at.point(corner))
            outline_paint.stroke(painter, outline, outline_paint.ACCENT, 1.6)
        if not self.shapes:
            return
        transform = outline_paint.scene_to_screen(at)
        painter.setFont(outline_paint.small(painter.font()))
        for shape in self.shapes:
            path = transform.map(region_overlay.path_of(shape))
            wide = shape.width + 1.4
            outline_paint.stroke(painter, path, region_overlay.colour_of(shape), wide, shape.dashed)
            region_overlay.paint_point(painter, shape, at)
            if not shape.outlines:
                ring = QPainterPath()
                ring.addEllipse(at.point(QPointF(*shape.at)), 10, 10)
                outline_paint.stroke(painter, ring, outline_paint.ACCENT, 1.2)
        for (handle, place, _), (_, knob) in zip(self._handles, self.knobs(at), strict=True):
            _paint_knob(painter, handle, at.point(place), knob)


def _knob(handle: Handle, place: QPointF, middle: QPointF, at: Placing) -> QPointF:
    """Where a handle is taken: on its place, or beyond it where it turns the region."""
    there, centre = at.point(place), at.point(middle)
    way = there - centre
    length = hypot(way.x(), way.y())
    if handle.role != "turn" or not length:
        return there
    return there + way * (AWAY / length)


def _paint_knob(painter: QPainter, handle: Handle, place: QPointF, knob: QPointF) -> None:
    path = QPainterPath()
    if handle.role == "turn":
        stem = QPainterPath(place)
        stem.lineTo(knob)
        outline_paint.stroke(painter, stem, outline_paint.ACCENT, 1.0)
        path.addEllipse(knob, KNOB + 1, KNOB + 1)
    else:
        path.addRect(QRectF(-KNOB, -KNOB, 2 * KNOB, 2 * KNOB).translated(knob))
    painter.fillPath(path, outline_paint.PLATE)
    outline_paint.stroke(painter, path, outline_paint.ACCENT, 1.2)
